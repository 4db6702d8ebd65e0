package io.bridgewatch.drillrun;

import io.bridgewatch.drill.score.Account;
import io.bridgewatch.drill.score.RunScore;
import io.bridgewatch.drill.score.Scorecard;
import io.bridgewatch.drill.score.ScorecardJson;
import io.bridgewatch.drill.score.ScorecardTable;
import io.bridgewatch.drill.score.Scoring;
import io.bridgewatch.drill.world.Drill;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/**
 * Runs drills, some at a time, and keeps the scorecard of those that are done: whenever one ends
 * the files are written anew, so that who stops it half way has what was scored until then.
 */
final class SuiteRun {

  private final ExerciseRun exercises;
  private final DrillOptions options;
  private final String version;
  private final InstantSource clock;
  private final PrintStream progress;

  SuiteRun(
      ExerciseRun exercises,
      DrillOptions options,
      String version,
      InstantSource clock,
      PrintStream progress) {
    this.exercises = exercises;
    this.options = options;
    this.version = version;
    this.clock = clock;
    this.progress = progress;
  }

  private record Task(Drill drill, long seed) {
    @Override
    public String toString() {
      return drill.name() + "#" + seed;
    }
  }

  private record Ended(Task task, Optional<ExerciseRun.Result> result, String failure) {}

  /**
   * @return the scorecard of all that could be run; empty if nothing could
   * @throws IOException if the scorecard cannot be written
   */
  Optional<Scorecard> run(List<Drill> drills) throws IOException, InterruptedException {
    var tasks = new ArrayList<Task>();
    for (long seed : options.seeds()) {
      drills.forEach(drill -> tasks.add(new Task(drill, seed)));
    }
    var scores = new ArrayList<RunScore>();
    var accounts = new StringBuilder();
    Optional<Scorecard> card = Optional.empty();
    var threads = Executors.newFixedThreadPool(options.jobs());
    try {
      var done = new ExecutorCompletionService<Ended>(threads);
      tasks.forEach(task -> done.submit(() -> run(task)));
      for (int i = 1; i <= tasks.size(); i++) {
        Ended ended = done.take().get();
        if (ended.result().isPresent()) {
          var exercise = ended.result().get().exercise();
          scores.add(Scoring.score(exercise));
          accounts.append(Account.of(exercise));
          card = Optional.of(card(scores));
          write(card.get(), accounts.toString());
        }
        progress.println("%d/%d %s".formatted(i, tasks.size(), line(ended, scores)));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a drill failed in a way that none should", e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return card;
  }

  private Ended run(Task task) throws InterruptedException {
    try {
      return new Ended(task, Optional.of(exercises.run(task.drill(), task.seed())), "");
    } catch (IOException | RuntimeException e) {
      return new Ended(task, Optional.empty(), e.toString());
    }
  }

  private static String line(Ended ended, List<RunScore> scores) {
    if (ended.result().isEmpty()) {
      return "%s could not be run: %s".formatted(ended.task(), ended.failure());
    }
    var result = ended.result().get();
    var score = scores.getLast();
    double speed = (double) result.simulated().toNanos() / Math.max(1, result.took().toNanos());
    var text =
        score
            .outcome()
            .map(
                outcome ->
                    outcome
                        .detectedAfterSeconds()
                        .map(
                            after ->
                                "detected after %.0f s, right cause at rank %s"
                                    .formatted(
                                        after, outcome.rank().map(String::valueOf).orElse("–")))
                        .orElse("missed"))
            .orElse("nothing wrong");
    return String.format(
        Locale.ROOT,
        "%s: %s, %d false; %d s, %.1f times real time%s",
        ended.task(),
        text,
        score.falseIncidents(),
        result.took().toSeconds(),
        speed,
        result.hurried() == 0
            ? ""
            : "; NOT SOUND: the hub did not come to rest %d times".formatted(result.hurried()));
  }

  private Scorecard card(List<RunScore> scores) {
    return Scorecard.of(
        version,
        options.suite(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        scores);
  }

  private void write(Scorecard card, String accounts) throws IOException {
    Files.createDirectories(options.out());
    replace(json(options), ScorecardJson.write(card));
    replace(table(options), ScorecardTable.write(card));
    replace(accounts(options), accounts);
  }

  /** Never half a file, however this process ends. */
  private static void replace(Path file, String text) throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  static Path json(DrillOptions options) {
    return options.out().resolve(options.file() + ".json");
  }

  static Path accounts(DrillOptions options) {
    return options.out().resolve(options.file() + ".txt");
  }

  static Path table(DrillOptions options) {
    return options.out().resolve(options.file() + ".md");
  }
}
