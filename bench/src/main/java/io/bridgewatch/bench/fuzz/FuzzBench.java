package io.bridgewatch.bench.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Feeds millions of mutated inputs to what reads from the network: {@code ./bw bench fuzz}. */
public final class FuzzBench {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int NOTHING = 2;

  private FuzzBench() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  private static int run(PrintStream out, PrintStream err, String... arguments)
      throws InterruptedException {
    try {
      var options = FuzzOptions.parse(arguments);
      var targets = FuzzTargets.all().stream().filter(it -> options.wants(it.name())).toList();
      if (targets.isEmpty()) {
        err.println("no target's name contains " + options.only());
        return NOTHING;
      }
      long each = Math.ceilDiv(options.inputs(), targets.size());
      var outcomes = new ArrayList<FuzzOutcome>();
      for (FuzzTarget target : targets) {
        var outcome = new FuzzRun(target, FuzzBounds.DEFAULT, options.seed()).run(each);
        outcomes.add(outcome);
        err.printf(
            Locale.ROOT,
            "%s: %d inputs in %.0f s, %d failed%n",
            target.name(),
            outcome.inputs(),
            outcome.seconds(),
            outcome.failed());
        outcome.failures().forEach(err::println);
      }
      var table = markdown(options, outcomes);
      out.println(table);
      Files.createDirectories(options.results());
      Files.writeString(options.results().resolve("fuzz.md"), table);
      return outcomes.stream().allMatch(outcome -> outcome.failed() == 0) ? OK : FAILED;
    } catch (FuzzOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(FuzzOptions.USAGE);
      return NOTHING;
    } catch (IOException e) {
      err.println("cannot write results: " + e.getMessage());
      return NOTHING;
    }
  }

  static String markdown(FuzzOptions options, List<FuzzOutcome> outcomes) {
    var text = new StringBuilder();
    text.append("# Mutated inputs\n\n");
    text.append(
        "`./bw bench fuzz --inputs %d --seed %d`: each input is made of a valid one by one to eight"
            .formatted(options.inputs(), options.seed()));
    text.append(" changes. Failed: it threw, took more than ");
    text.append(FuzzBounds.DEFAULT.cpu().toSeconds()).append(" s of processor time or allocated");
    text.append(" more than ").append(FuzzBounds.DEFAULT.allocatedBytes() >> 20);
    text.append(" MiB.\n\n");
    text.append("| target | inputs | failed | nothing rejected | inputs/s | slowest, ms |");
    text.append(" most allocated, KiB |\n|---|---:|---:|---:|---:|---:|---:|\n");
    for (FuzzOutcome outcome : outcomes) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %,.0f | %.1f | %,d |%n",
              outcome.target(),
              outcome.inputs(),
              outcome.failed(),
              outcome.clean(),
              outcome.inputs() / outcome.seconds(),
              outcome.cpuMillisMost(),
              outcome.allocatedBytesMost() >> 10));
    }
    text.append("\nRejected, by reason:\n\n| target | reasons |\n|---|---|\n");
    for (FuzzOutcome outcome : outcomes) {
      var reasons =
          outcome.rejections().entrySet().stream()
              .map(it -> String.format(Locale.ROOT, "%s %,d", it.getKey(), it.getValue()))
              .collect(Collectors.joining(", "));
      text.append("| ").append(outcome.target()).append(" | ").append(reasons).append(" |\n");
    }
    return text.toString();
  }
}
