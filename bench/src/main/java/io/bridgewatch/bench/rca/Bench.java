package io.bridgewatch.bench.rca;

import io.bridgewatch.adapter.bundle.BundleException;
import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.SituationReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs an engine over labelled sets. Each bundle is imported once and diagnosed on both tracks. */
final class Bench {

  /** What is measured. */
  interface Engine {
    SituationReport diagnose(Bundle bundle);
  }

  /** One case on one track. */
  private record Run(Outcome outcome, int nSigmaRank) {}

  private final Engine engine;
  private final int threads;

  Bench(Engine engine, int threads) {
    this.engine = engine;
    this.threads = threads;
  }

  /** One result a track, in the order of {@link Track}. */
  List<SetResult> run(LabelledSet set) throws InterruptedException {
    var runs = new ArrayList<Map<Track, Run>>();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      var pending = new ArrayList<Future<Map<Track, Run>>>();
      for (LabelledSet.Case labelled : set.cases()) {
        pending.add(executor.submit(() -> bothTracks(labelled)));
      }
      for (Future<Map<Track, Run>> one : pending) {
        runs.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot score set " + set.name(), e.getCause());
    }
    var results = new ArrayList<SetResult>();
    for (Track track : Track.values()) {
      var ofTrack = runs.stream().map(run -> Objects.requireNonNull(run.get(track))).toList();
      var ranks = ofTrack.stream().filter(r -> !r.outcome.isClean()).map(Run::nSigmaRank).toList();
      results.add(
          SetResult.of(set.name(), track, ofTrack.stream().map(Run::outcome).toList(), ranks));
    }
    return results;
  }

  private Map<Track, Run> bothTracks(LabelledSet.Case labelled) {
    var runs = new EnumMap<Track, Run>(Track.class);
    long start = System.nanoTime();
    try {
      Bundle bundle = IncidentBundles.read(labelled.bundle());
      long importNanos = System.nanoTime() - start;
      Kinship kinship = Kinship.of(bundle);
      for (Track track : Track.values()) {
        runs.put(
            track, run(labelled, labelled.truth().hinted(bundle, track), kinship, importNanos));
      }
    } catch (BundleException e) {
      for (Track track : Track.values()) {
        runs.put(track, new Run(Outcome.failed(labelled, String.valueOf(e.getMessage())), 0));
      }
    }
    return runs;
  }

  private Run run(LabelledSet.Case labelled, Bundle hinted, Kinship kinship, long importNanos) {
    Outcome outcome = outcome(labelled, hinted, kinship, importNanos);
    int nSigmaRank = outcome.isClean() ? 0 : outcome.hitRank(NSigma.ranked(hinted, kinship));
    return new Run(outcome, nSigmaRank);
  }

  /** A bug of the engine costs its case and is told; the others go on. */
  private Outcome outcome(
      LabelledSet.Case labelled, Bundle hinted, Kinship kinship, long importNanos) {
    long start = System.nanoTime();
    try {
      SituationReport report = engine.diagnose(hinted);
      return Outcome.of(
          labelled,
          report,
          kinship,
          kinship.candidates().size(),
          importNanos,
          System.nanoTime() - start);
    } catch (RuntimeException e) {
      return Outcome.failed(labelled, told(e));
    }
  }

  /** What was thrown and the innermost places it came through. */
  private static String told(RuntimeException thrown) {
    return Stream.concat(
            Stream.of(thrown.toString()),
            Arrays.stream(thrown.getStackTrace()).limit(6).map(frame -> "at " + frame))
        .collect(Collectors.joining("\n  "));
  }
}
