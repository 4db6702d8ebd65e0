package io.bridgewatch.adapter.bundle;

import io.bridgewatch.telemetry.HistogramSeries;
import io.bridgewatch.telemetry.Histograms.Key;
import io.bridgewatch.telemetry.Histograms.Point;
import io.bridgewatch.telemetry.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the points of histograms, in whatever order they come. */
final class HistogramTable {

  private record Placed(Point point, Place place) {}

  private final Map<Key, List<Placed>> points = new HashMap<>();

  void add(Key key, Point point, Place place) {
    points.computeIfAbsent(key, k -> new ArrayList<>()).add(new Placed(point, place));
  }

  /** Hands out all series and forgets the histograms. */
  void drain(Pool pool, Intake intake) throws BundleException {
    for (var stream : points.entrySet()) {
      var inOrder = inOrder(stream.getValue(), intake);
      var series = new HistogramSeries(stream.getKey(), inOrder.getFirst().point.delta(), pool);
      for (Placed placed : inOrder) {
        series.add(placed.point, new IntakeSink(intake, placed.place));
      }
    }
    points.clear();
  }

  private static List<Placed> inOrder(List<Placed> unordered, Intake intake) {
    var sorted = new ArrayList<>(unordered);
    sorted.sort(Comparator.comparingLong(placed -> placed.point.epochMillis()));
    var kept = new ArrayList<Placed>(sorted.size());
    for (Placed placed : sorted) {
      if (!kept.isEmpty() && kept.getLast().point.epochMillis() == placed.point.epochMillis()) {
        intake.reject(placed.place, RejectionReason.DUPLICATE_SAMPLE);
        kept.removeLast();
      }
      kept.add(placed);
    }
    return kept;
  }
}
