package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.telemetry.Histograms;
import io.bridgewatch.telemetry.Pool;
import io.bridgewatch.telemetry.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was read of one bundle so far. Becomes a {@link Bundle} at the end, or is dropped whole. */
final class Intake {

  private record SpanId(String traceId, String spanId) {}

  private final Manifest manifest;
  private final ImportLimits limits;
  private final TimeRange telemetryTimes;
  private final TimeRange changeTimes;
  private final Pool pool = new Pool();
  private final Rejections rejections = new Rejections();
  private final SeriesTable series = new SeriesTable();
  private final HistogramTable histograms = new HistogramTable();
  private final List<Span> spans = new ArrayList<>();
  private final Set<SpanId> spanIds = new HashSet<>();
  private final List<LogRecord> logs = new ArrayList<>();
  private final List<KubernetesObject> objects = new ArrayList<>();
  private final List<WatchEvent> watch = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private long samples;
  private long heldBuckets;

  Intake(Manifest manifest, ImportLimits limits) {
    this.manifest = manifest;
    this.limits = limits;
    Duration margin = limits.timeMargin();
    this.telemetryTimes = TimeRange.around(manifest.window(), margin, margin);
    this.changeTimes = TimeRange.around(manifest.window(), limits.changeHistory(), margin);
  }

  Pool pool() {
    return pool;
  }

  /** When samples, spans, log records and watch events may lie. */
  TimeRange telemetryTimes() {
    return telemetryTimes;
  }

  void reject(Place place, RejectionReason reason) {
    reject(place, reason.id(), 1);
  }

  void reject(Place place, String reason, long count) {
    rejections.add(place.file(), place.line(), reason, count);
  }

  void sample(SeriesKey key, long epochMillis, double value, Place place) throws BundleException {
    within(++samples, limits.maxSamples(), "samples", place);
    series.add(key, epochMillis, value, place);
  }

  void histogram(Histograms.Key key, Histograms.Point point, Place place) throws BundleException {
    heldBuckets += point.shape().counts().length;
    within(samples + heldBuckets, limits.maxSamples(), "samples", place);
    histograms.add(key, point, place);
  }

  void span(Span span, Place place) throws BundleException {
    if (!spanIds.add(new SpanId(span.traceId(), span.spanId()))) {
      reject(place, RejectionReason.DUPLICATE_SPAN);
      return;
    }
    within(spans.size() + 1, limits.maxRecords(), "spans", place);
    spans.add(span);
  }

  void log(LogRecord record, Place place) throws BundleException {
    within(logs.size() + 1, limits.maxRecords(), "log records", place);
    logs.add(record);
  }

  void object(KubernetesObject object, Place place) throws BundleException {
    if (object.kind().isEmpty() || object.name().isEmpty()) {
      reject(place, RejectionReason.INCOMPLETE);
      return;
    }
    within(objects.size() + 1, limits.maxRecords(), "Kubernetes objects", place);
    objects.add(object);
  }

  void watchEvent(WatchEvent event, Place place) throws BundleException {
    if (event.object().kind().isEmpty() || event.object().name().isEmpty()) {
      reject(place, RejectionReason.INCOMPLETE);
    } else if (isInside(telemetryTimes, event.time(), place)) {
      within(watch.size() + 1, limits.maxRecords(), "watch events", place);
      watch.add(event);
    }
  }

  void change(Change change, Place place) throws BundleException {
    if (isInside(changeTimes, change.time(), place)) {
      within(changes.size() + 1, limits.maxRecords(), "changes", place);
      changes.add(change);
    }
  }

  void call(Call call, Place place) throws BundleException {
    if (call.caller().isEmpty() || call.callee().isEmpty()) {
      reject(place, RejectionReason.INCOMPLETE);
      return;
    }
    within(calls.size() + 1, limits.maxRecords(), "calls", place);
    calls.add(call);
  }

  private boolean isInside(TimeRange range, Instant time, Place place) {
    if (!range.has(time)) {
      reject(place, RejectionReason.TIME_OUTSIDE_RANGE);
      return false;
    }
    return true;
  }

  private static void within(long count, long limit, String what, Place place)
      throws BundleException {
    if (count > limit) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          place.file(),
          place.line(),
          "cannot import more than "
              + limit
              + " "
              + what
              + ", reached at "
              + place.file()
              + ":"
              + place.line()
              + "; narrow the window of the bundle or raise the limit",
          null);
    }
  }

  /** Everything that was kept, each kind in order of time, series in order of their keys. */
  Bundle finish() throws BundleException {
    histograms.drain(pool, this);
    spans.sort(
        Comparator.comparingLong(Span::startNanos)
            .thenComparing(Span::traceId)
            .thenComparing(Span::spanId));
    logs.sort(Comparator.comparingLong(LogRecord::epochNanos));
    watch.sort(Comparator.comparing(WatchEvent::time));
    changes.sort(Comparator.comparing(Change::time));
    var settled = series.toList(rejections);
    return new Bundle(
        manifest.name(),
        manifest.window(),
        manifest.reportedAt(),
        manifest.symptom(),
        settled,
        spans,
        logs,
        objects,
        watch,
        changes,
        calls,
        rejections.toList());
  }
}
