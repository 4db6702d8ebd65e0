package io.bridgewatch.scale;

import java.util.Arrays;
import java.util.Optional;

/** The operating point at each look of a controller over a load. */
final class PointTable {

  private final int syncSeconds;
  private final OperatingPoint[] points;

  private PointTable(int syncSeconds, OperatingPoint[] points) {
    this.syncSeconds = syncSeconds;
    this.points = points;
  }

  static PointTable of(OperatingPoint always) {
    return new PointTable(1, new OperatingPoint[] {always});
  }

  static PointTable of(
      OperatingPoints points, Optional<DayKinds> kinds, LoadTrace load, int syncSeconds) {
    if (points.ofKinds().isEmpty() || kinds.isEmpty()) {
      return of(points.usual());
    }
    var each = new OperatingPoint[(int) (load.duration().toSeconds() / syncSeconds) + 1];
    Arrays.setAll(
        each, look -> points.at(load.start().plusSeconds((long) look * syncSeconds), kinds));
    return new PointTable(syncSeconds, each);
  }

  /**
   * @param second since the load's start; after its end the last look counts
   */
  OperatingPoint at(long second) {
    return points[(int) Math.min(second / syncSeconds, points.length - 1)];
  }
}
