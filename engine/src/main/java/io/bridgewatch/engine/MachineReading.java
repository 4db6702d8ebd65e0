package io.bridgewatch.engine;

import io.bridgewatch.detect.MachineSigns;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryTooWideException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what exporters tell of machines, and makes signs of it. */
final class MachineReading {

  /** Series that one diagnosis reads: some 60 of a machine with 8 processors. */
  private static final int MOST_SERIES = 100_000;

  private final MetricStore store;
  private final List<AttributeMatch> matches;
  private final Window window;

  MachineReading(MetricStore store, List<AttributeMatch> matches, Window window) {
    this.store = store;
    this.matches = matches;
    this.window = window;
  }

  /**
   * The signs of all machines.
   *
   * @param leftOut what was not read because a limit was reached is counted here
   */
  List<Series> signs(List<MetricStore.Metric> metrics, Map<String, Long> leftOut) {
    var found = new ArrayList<Series>();
    for (MetricStore.Metric metric : metrics) {
      if (!MachineSigns.isSource(metric.name())) {
        continue;
      }
      var all = new ArrayList<>(matches);
      MachineSigns.needed(metric.name()).ifPresent(all::add);
      try {
        found.addAll(
            store.select(
                new MetricSelector(Optional.of(metric.name()), all),
                window.from(),
                window.to(),
                Math.max(0, MOST_SERIES - found.size())));
      } catch (QueryTooWideException e) {
        leftOut.merge("series of " + metric.name(), metric.series(), Long::sum);
      }
    }
    return MachineSigns.made(found).stream()
        .filter(sign -> !MachineSigns.isSource(sign.key().metric()))
        .toList();
  }
}
