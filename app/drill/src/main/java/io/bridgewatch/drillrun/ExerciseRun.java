package io.bridgewatch.drillrun;

import io.bridgewatch.drill.score.Exercise;
import io.bridgewatch.drill.score.Telling;
import io.bridgewatch.drill.world.Drill;
import io.bridgewatch.drill.world.DrillLibrary;
import io.bridgewatch.drill.world.DrillWorld;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Runs one drill in a fresh world under a fresh hub. */
final class ExerciseRun {

  /** The hub tells something at most every half a minute, so that nothing told is missed. */
  private static final Duration READ_EVERY = Duration.ofSeconds(10);

  private final DrillLibrary library;
  private final Pace pace;
  private final Instant start;

  /**
   * @param start when worlds begin, by their own clock
   */
  ExerciseRun(DrillLibrary library, Pace pace, Instant start) {
    this.library = library;
    this.pace = pace;
    this.start = start;
  }

  /**
   * @param hurried how often time went on before the hub had come to rest; zero for a sound run
   * @param simulated time that passed under the watch, and the real time that it took
   */
  record Result(Exercise exercise, int hurried, Duration simulated, Duration took) {}

  /**
   * @throws IOException if the hub cannot be started, or does not answer
   */
  Result run(Drill drill, long seed) throws IOException, InterruptedException {
    long began = System.nanoTime();
    var folder = Files.createTempDirectory("bridgewatch-drill");
    Instant since = start.plus(pace.settled());
    try (var world = settled(seed, since);
        var watched = WatchedWorld.start(world, since, folder)) {
      var tellings = new ArrayList<Telling>();
      watched.awaitWatched(pace.step());
      var begin = watched.now().plus(pace.warmUp());
      pass(watched, begin, tellings);
      world.inject(drill.name());
      var end = begin.plus(pace.watched());
      pass(watched, end, tellings);
      var exercise =
          new Exercise(drill.name(), seed, begin, watched.now(), world.truth(), tellings);
      return new Result(
          exercise,
          watched.hurried(),
          Duration.between(since, watched.now()),
          Duration.ofNanos(System.nanoTime() - began));
    } finally {
      delete(folder);
    }
  }

  private DrillWorld settled(long seed, Instant until) throws InterruptedException {
    DrillWorld world = library.world(seed, start);
    world.advance(until);
    return world;
  }

  private void pass(WatchedWorld watched, Instant until, ArrayList<Telling> tellings)
      throws IOException, InterruptedException {
    Instant read = watched.now();
    while (watched.now().isBefore(until)) {
      watched.step(pace.step());
      if (!watched.now().isBefore(read.plus(READ_EVERY))) {
        read = watched.now();
        tellings.addAll(watched.news());
      }
    }
    tellings.addAll(watched.news());
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
