package io.bridgewatch.telemetry;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The records of a request of logs. */
final class LogsMessage implements TelemetryMessage {

  /** A log record as it is being read. */
  static final class Draft {
    long time = Json.UNREADABLE;
    long observed = Json.UNREADABLE;
    int severityNumber;
    String severityText = "";
    String body = "";
    String traceId = "";
    String spanId = "";
    Map<String, String> attributes = Map.of();

    /** When it was written; when it was collected, where that is all that is known. */
    private long best() {
      return time != Json.UNREADABLE && time != 0 ? time : observed;
    }
  }

  /** The log records of one resource. */
  static final class Group {
    Map<String, String> resource = Map.of();
    final List<Draft> records = new ArrayList<>();
  }

  final List<Group> groups = new ArrayList<>();
  private final TelemetryLimits limits;
  private final Room room;

  LogsMessage(TelemetryLimits limits) {
    this.limits = limits;
    this.room = new Room(limits);
  }

  Room room() {
    return room;
  }

  @Override
  public <X extends Exception> void deliver(TimeRange times, Pool pool, TelemetrySink<X> sink)
      throws X {
    for (Group group : groups) {
      Attributes resource = pool.attributes(group.resource);
      Optional<Rejection> ofResource = limits.flaw(resource);
      for (Draft draft : group.records) {
        Attributes attributes = pool.attributes(draft.attributes);
        var flaw = flaw(draft, times).or(() -> ofResource).or(() -> limits.flaw(attributes));
        if (flaw.isPresent()) {
          sink.reject(flaw.get(), 1);
        } else {
          sink.log(record(draft, resource, attributes, pool));
        }
      }
    }
    room.tell(sink);
  }

  private Optional<Rejection> flaw(Draft draft, TimeRange times) {
    long time = draft.best();
    if (time == Json.UNREADABLE || time == 0) {
      return Optional.of(Rejection.TIME_MISSING);
    }
    if (!times.hasNanos(time)) {
      return Optional.of(Rejection.TIME_OUTSIDE_RANGE);
    }
    boolean tooLong =
        draft.body.length() > limits.maxBodyLength()
            || limits.isTooLong(draft.traceId)
            || limits.isTooLong(draft.spanId);
    return tooLong ? Optional.of(Rejection.TEXT_TOO_LONG) : Optional.empty();
  }

  private static LogRecord record(
      Draft draft, Attributes resource, Attributes attributes, Pool pool) {
    return new LogRecord(
        draft.best(),
        draft.severityNumber > 0
            ? Severity.ofNumber(draft.severityNumber)
            : severityNamed(draft.severityText),
        draft.body,
        pool.string(draft.traceId),
        draft.spanId,
        resource,
        attributes);
  }

  /** The severity that a source's own word means; unspecified if it is none we know. */
  static Severity severityNamed(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRACE" -> Severity.TRACE;
      case "DEBUG" -> Severity.DEBUG;
      case "INFO", "INFORMATION", "NOTICE" -> Severity.INFO;
      case "WARN", "WARNING" -> Severity.WARN;
      case "ERROR", "ERR", "SEVERE" -> Severity.ERROR;
      case "FATAL", "CRITICAL", "ALERT", "EMERGENCY", "PANIC" -> Severity.FATAL;
      default -> Severity.UNSPECIFIED;
    };
  }
}
