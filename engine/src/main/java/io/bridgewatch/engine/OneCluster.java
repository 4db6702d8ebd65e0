package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import java.util.HashMap;
import java.util.Map;

/**
 * A recording is of one cluster, and its objects do not name it. So what telemetry and changes say
 * of it is taken away: a pod is then one thing, whoever tells of it.
 */
final class OneCluster {

  private final Map<Attributes, Attributes> known = new HashMap<>();

  private OneCluster() {}

  /** The same recording, in which nothing names its cluster. */
  static Bundle of(Bundle bundle) {
    var one = new OneCluster();
    return new Bundle(
        bundle.name(),
        bundle.window(),
        bundle.reportedAt(),
        bundle.symptom(),
        bundle.series().stream().map(one::without).toList(),
        bundle.spans().stream().map(one::without).toList(),
        bundle.logs().stream().map(one::without).toList(),
        bundle.objects(),
        bundle.watch(),
        bundle.changes().stream().map(one::without).toList(),
        bundle.calls().stream()
            .map(call -> new Call(one.without(call.caller()), one.without(call.callee())))
            .toList(),
        bundle.rejections());
  }

  private Attributes without(Attributes attributes) {
    return attributes.has(AttributeNames.CLUSTER)
        ? known.computeIfAbsent(attributes, one -> one.without(AttributeNames.CLUSTER))
        : attributes;
  }

  private Series without(Series series) {
    SeriesKey key = series.key();
    Attributes resource = without(key.resource());
    return resource.equals(key.resource())
        ? series
        : new Series(
            new SeriesKey(resource, key.metric(), key.unit(), key.kind(), key.point()),
            series.times(),
            series.values());
  }

  private Span without(Span span) {
    Attributes resource = without(span.resource());
    return resource.equals(span.resource())
        ? span
        : new Span(
            span.traceId(),
            span.spanId(),
            span.parentSpanId(),
            span.name(),
            span.kind(),
            span.startNanos(),
            span.endNanos(),
            span.failed(),
            resource,
            span.attributes());
  }

  private LogRecord without(LogRecord record) {
    Attributes resource = without(record.resource());
    return resource.equals(record.resource())
        ? record
        : new LogRecord(
            record.epochNanos(),
            record.severity(),
            record.body(),
            record.traceId(),
            record.spanId(),
            resource,
            record.attributes());
  }

  private Change without(Change change) {
    return new Change(
        change.time(),
        change.kind(),
        without(change.entity()),
        change.author(),
        change.summary(),
        change.diff(),
        change.files());
  }
}
