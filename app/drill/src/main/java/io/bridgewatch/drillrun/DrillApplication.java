package io.bridgewatch.drillrun;

import io.bridgewatch.drill.score.Comparison;
import io.bridgewatch.drill.score.Scorecard;
import io.bridgewatch.drill.score.ScorecardJson;
import io.bridgewatch.drill.score.ScorecardTable;
import io.bridgewatch.drill.world.DrillLibrary;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Drills the watch and scores it: {@code ./bw drill run}.
 *
 * <p>The table goes to standard output, progress to standard error. Exit codes: 0 if all drills
 * were run, 1 if one could not be, 2 for a wrong option.
 */
public final class DrillApplication {

  /** A Monday morning: every run sees the same calendar, whenever it is run. */
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private DrillApplication() {}

  public static void main(String[] arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    var library = ServiceLoader.load(DrillLibrary.class).findFirst();
    var version = Optional.ofNullable(System.getProperty("bridgewatch.build")).orElse("dev");
    int code = run(List.of(arguments), library, version, InstantSource.system(), out, err);
    System.exit(code);
  }

  static int run(
      List<String> arguments,
      Optional<DrillLibrary> library,
      String version,
      InstantSource clock,
      PrintStream out,
      PrintStream err)
      throws InterruptedException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(DrillOptions.USAGE);
      return 0;
    }
    try {
      var options = DrillOptions.parse(arguments);
      if (library.isEmpty()) {
        err.println("there is no world to drill in: no DrillLibrary is on the class path");
        return FAILED;
      }
      var drills = options.chosen(library.get().drills());
      var before = options.before().map(ScorecardJson::read);
      var exercises = new ExerciseRun(library.get(), options.pace(), START);
      var card = new SuiteRun(exercises, options, version, clock, err).run(drills);
      if (card.isEmpty()) {
        return FAILED;
      }
      out.print(ScorecardTable.write(card.get()));
      before.ifPresent(earlier -> tell(Comparison.of(earlier, card.get()), out));
      err.println("written: %s, %s".formatted(SuiteRun.json(options), SuiteRun.table(options)));
      return isWhole(card.get(), drills.size() * options.seeds().size()) ? 0 : FAILED;
    } catch (DrillOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(DrillOptions.USAGE);
      return WRONG_USAGE;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      err.println("--compare: " + e.getMessage());
      return WRONG_USAGE;
    } catch (IOException e) {
      err.println("cannot write the scorecard: " + e.getMessage());
      return FAILED;
    }
  }

  private static boolean isWhole(Scorecard card, int wanted) {
    return card.runs().size() == wanted;
  }

  private static void tell(Comparison comparison, PrintStream out) {
    out.println(
        "Against %s, over %d runs that both have:"
            .formatted(comparison.before(), comparison.runs()));
    out.println();
    comparison
        .differences()
        .forEach((name, difference) -> out.println("- %s %+.3f".formatted(name, difference)));
    list("detected now", comparison.found(), out);
    list("missed now", comparison.lost(), out);
    list("cause named first now", comparison.righter(), out);
    list("cause no longer named first", comparison.wronger(), out);
  }

  private static void list(String what, List<String> runs, PrintStream out) {
    if (!runs.isEmpty()) {
      out.println("- %s: %s".formatted(what, String.join(", ", runs)));
    }
  }
}
