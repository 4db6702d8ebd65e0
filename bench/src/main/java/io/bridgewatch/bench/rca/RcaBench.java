package io.bridgewatch.bench.rca;

import io.bridgewatch.engine.BundleDiagnosis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores root cause analysis on labelled bundles: {@code ./bw bench rca --data DIR}.
 *
 * <p>Exit code 0 if all went well, 1 if a floor was not held or a case failed, 2 if nothing could
 * be measured.
 */
public final class RcaBench {

  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;

  private final Bench.Engine engine;
  private final PrintStream out;
  private final PrintStream err;

  RcaBench(Bench.Engine engine, PrintStream out, PrintStream err) {
    this.engine = engine;
    this.out = out;
    this.err = err;
  }

  /** Runs the benchmark on the product's engine. */
  public static void main(String[] arguments) throws InterruptedException {
    var bench = new RcaBench(new BundleDiagnosis()::diagnose, System.out, System.err);
    System.exit(bench.run(arguments));
  }

  int run(String... arguments) throws InterruptedException {
    try {
      return run(Options.parse(arguments));
    } catch (Options.UsageException e) {
      err.println(e.getMessage());
      err.print(Options.USAGE);
      return NOTHING;
    } catch (IOException e) {
      err.println(e.getMessage());
      return NOTHING;
    }
  }

  private int run(Options options) throws IOException, InterruptedException {
    if (!Files.isDirectory(options.data())) {
      err.println(
          "cannot score: there is no folder "
              + options.data()
              + "; --data wants a folder of labelled bundles");
      return NOTHING;
    }
    Optional<Floors> floors = Optional.empty();
    if (options.floors().isPresent()) {
      floors = Optional.of(Floors.read(options.floors().get())); // before an hour is spent
    }
    var results = new ArrayList<SetResult>();
    for (Path folder : chosen(options)) {
      LabelledSet set = LabelledSet.read(folder);
      err.println("running " + set.name() + ", " + set.cases().size() + " cases");
      results.addAll(new Bench(engine, options.threads()).run(set));
    }
    if (results.isEmpty()) {
      err.println("cannot score: no set of labelled bundles was found in " + options.data());
      return NOTHING;
    }
    write(options, results);
    return verdict(floors, results);
  }

  private List<Path> chosen(Options options) throws IOException {
    var chosen = new ArrayList<Path>();
    var missing = new ArrayList<>(options.sets());
    for (Path folder : LabelledSet.foldersIn(options.data())) {
      Path last = folder.toAbsolutePath().normalize().getFileName();
      String name = last == null ? "" : last.toString();
      if (options.sets().isEmpty() || options.sets().contains(name)) {
        missing.remove(name);
        if (LabelledSet.isSet(folder)) {
          chosen.add(folder);
        } else {
          err.println("skipping " + name + ": it holds no bundles with truths beside them");
        }
      }
    }
    missing.forEach(name -> err.println("skipping " + name + ": not in " + options.data()));
    return chosen;
  }

  private void write(Options options, List<SetResult> results) throws IOException {
    for (Track track : Track.values()) {
      var ofTrack = results.stream().filter(result -> result.track() == track).toList();
      String markdown = ResultTables.markdown(track, ofTrack, options.label());
      out.println(markdown);
      if (options.out().isPresent()) {
        Path folder = options.out().get();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("rca-" + track.id() + ".md"), markdown);
        Files.writeString(
            folder.resolve("rca-" + track.id() + ".json"),
            ResultTables.json(track, ofTrack, options.label()));
      }
    }
    if (options.cases().isPresent()) {
      Files.writeString(options.cases().get(), ResultTables.csv(results));
    }
  }

  private int verdict(Optional<Floors> floors, List<SetResult> results) {
    int code = OK;
    for (SetResult result : results) {
      for (Outcome outcome : result.outcomes()) {
        if (!outcome.error().isEmpty()) {
          err.println(result.set() + " " + outcome.name() + " failed: " + outcome.error());
          code = BELOW;
        }
      }
    }
    if (floors.isPresent()) {
      var notRun = new ArrayList<String>();
      var broken = floors.get().broken(results, notRun);
      notRun.forEach(set -> err.println("floor of " + set + " not looked at: it was not run"));
      broken.forEach(sentence -> err.println("below the floor: " + sentence));
      if (!broken.isEmpty()) {
        code = BELOW;
      }
    }
    return code;
  }
}
