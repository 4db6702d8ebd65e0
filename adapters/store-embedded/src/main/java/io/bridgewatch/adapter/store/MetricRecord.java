package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of the log while it is made: the series that the log does not know yet, then samples,
 * each told by how it differs from the one before. Guarded by the store's lock.
 */
final class MetricRecord {

  private final ByteSink definitions = new ByteSink(1 << 12);
  private final ByteSink body = new ByteSink(1 << 16);
  private final ByteSink record = new ByteSink(1 << 16);
  private final List<MetricSeries> defined = new ArrayList<>();
  private int count;
  private int id;
  private long time;

  /** Begins a new one. */
  void clear() {
    definitions.clear();
    body.clear();
    defined.clear();
    count = 0;
    id = 0;
    time = 0;
  }

  /**
   * @param segment of the log to which the record will go
   */
  void add(MetricSeries series, long when, long bits, long segment) {
    if (!series.isDefined) {
      define(series);
    }
    if (series.id != id + 1 || when != time) { // not the next of the same scrape
      body.octet(ByteSink.OTHER).signed(series.id - id).signed(when - time);
    }
    id = series.id;
    time = when;
    body.value(series.loggedSegment == segment ? series.loggedBits : 0, bits);
    series.loggedSegment = segment;
    series.loggedBits = bits;
    series.newestLogged = Math.max(series.newestLogged, when);
    count++;
  }

  private void define(MetricSeries series) {
    byte[] key = SeriesKeys.encode(series.key);
    definitions.unsigned(series.id).unsigned(key.length).raw(key);
    series.isDefined = true;
    defined.add(series);
  }

  /**
   * Returns the place in the log that the disk must have.
   *
   * @throws StoreException if it cannot be written; then the log knows none of its series
   */
  long write(MetricLog log, long number) {
    record.clear();
    record.unsigned(number).unsigned(defined.size()).raw(definitions);
    record.unsigned(count).raw(body);
    try {
      return log.write(record);
    } catch (StoreException e) {
      defined.forEach(series -> series.isDefined = false);
      throw e;
    }
  }
}
