package io.bridgewatch.drillrun;

import io.bridgewatch.drill.world.Drill;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ./bw drill run} was asked for.
 *
 * @param suite {@code all}, {@code faults}, {@code harmless}, a layer, or names of drills,
 *     separated by commas
 * @param seeds of the worlds, at least one
 * @param jobs drills at a time
 * @param before scorecard to compare with
 */
record DrillOptions(
    String suite, List<Long> seeds, Path out, Pace pace, int jobs, Optional<Path> before) {

  static final String USAGE =
      """
      usage: bw drill run [options]
        --suite=NAME       all, faults, harmless, a layer (business, workload, container, network,
                           node, hardware) or names of drills with commas; all unless given
        --seed=N           of the world, may stand several times; 1 unless given
        --minutes=N        simulated, from the fault on; 15 unless given
        --warm-up=N        simulated minutes before it; 30 unless given
        --jobs=N           drills at a time; 1 unless given
        --out=FOLDER       where drill-SUITE.json, .md and .txt (what was told) go (drill-some with several
                           names); bench/results unless given
        --compare=FILE     an earlier scorecard (JSON): tells what changed
      """;

  DrillOptions {
    seeds = List.copyOf(seeds);
  }

  /** The message says what is wrong with an option. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static DrillOptions parse(List<String> arguments) throws UsageException {
    var rest = new ArrayDeque<>(arguments);
    var suite = "all";
    var seeds = new ArrayList<Long>();
    var out = Path.of("bench", "results");
    var minutes = Pace.USUAL.watched();
    var warmUp = Pace.USUAL.warmUp();
    int jobs = 1;
    Optional<Path> before = Optional.empty();
    while (!rest.isEmpty()) {
      String option = rest.remove();
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? next(name, rest) : option.substring(equals + 1);
      switch (name) {
        case "--suite" -> suite = value;
        case "--seed" -> seeds.add((long) number(name, value, 0));
        case "--minutes" -> minutes = Duration.ofMinutes(number(name, value, 1));
        case "--warm-up" -> warmUp = Duration.ofMinutes(number(name, value, 1));
        case "--jobs" -> jobs = number(name, value, 1);
        case "--out" -> out = Path.of(value);
        case "--compare" -> before = Optional.of(Path.of(value));
        default -> throw new UsageException("there is no option " + name);
      }
    }
    return new DrillOptions(
        suite,
        seeds.isEmpty() ? List.of(1L) : seeds.stream().distinct().toList(),
        out,
        new Pace(Pace.USUAL.settled(), warmUp, minutes, Pace.USUAL.step()),
        jobs,
        before);
  }

  private static String next(String name, ArrayDeque<String> rest) throws UsageException {
    if (rest.isEmpty()) {
      throw new UsageException(name + " needs a value");
    }
    return rest.remove();
  }

  private static int number(String name, String value, int least) throws UsageException {
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException("%s is %s, wanted a number from %d on".formatted(name, value, least));
  }

  /** The files of the scorecard, without their endings. */
  String file() {
    return "drill-" + (suite.contains(",") ? "some" : suite);
  }

  /** Those of the suite, in the order in which it names them and otherwise the library's. */
  List<Drill> chosen(List<Drill> all) throws UsageException {
    var chosen = new LinkedHashSet<Drill>();
    for (String name : suite.split(",")) {
      var named = all.stream().filter(drill -> isOf(drill, name)).toList();
      if (named.isEmpty()) {
        throw new UsageException(
            "there is no suite and no drill named %s; drills are %s"
                .formatted(name, String.join(", ", all.stream().map(Drill::name).toList())));
      }
      chosen.addAll(named);
    }
    return List.copyOf(chosen);
  }

  private static boolean isOf(Drill drill, String name) {
    return switch (name) {
      case "all" -> true;
      case "faults" -> !drill.isHarmless();
      case "harmless" -> drill.isHarmless();
      default ->
          drill.name().equals(name)
              || drill.layer().filter(layer -> layer.id().equals(name)).isPresent();
    };
  }
}
