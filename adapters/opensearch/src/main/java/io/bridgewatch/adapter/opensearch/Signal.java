package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.ports.Retained;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One kind of telemetry in the cluster: how it is written, asked for and forgotten. */
record Signal<T>(
    Retained.Kind kind, DayIndexes indexes, BulkWriter<T> writer, Searches<T> searches) {

  long bytes() {
    return indexes.bytes().values().stream().mapToLong(Long::longValue).sum();
  }

  void forgetBefore(Instant time) {
    var bounded = Nanos.at(Nanos.of(time));
    indexes.deleteWholeBefore(bounded);
    if (!bounded.equals(bounded.truncatedTo(ChronoUnit.DAYS))) {
      indexes.deleteOfDayBefore(bounded);
    }
    indexes.deleteStraysBefore(bounded);
  }

  Retained retained() {
    return new OldDays<>(this);
  }

  /** What retention sees of it: whole days go. */
  private record OldDays<T>(Signal<T> signal) implements Retained {
    @Override
    public Kind kind() {
      return signal.kind;
    }

    @Override
    public long bytes() {
      return signal.bytes();
    }

    @Override
    public boolean isExternal() {
      return true;
    }

    @Override
    public Instant oldest() {
      return signal.searches.oldest().nanos().map(Nanos::at).orElse(Instant.MAX);
    }

    @Override
    public void forgetBefore(Instant time) {
      signal.forgetBefore(Nanos.at(Nanos.of(time)).truncatedTo(ChronoUnit.DAYS));
    }
  }
}
