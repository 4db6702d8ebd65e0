package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.UnreadableMessageException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads OTLP export requests, as protobuf or as JSON: both give the same values. Safe for use by
 * several threads.
 *
 * <p>Older requests with {@code instrumentationLibrary…} instead of {@code scope…} are read in
 * JSON; JSON names may be in camel or snake case. Unknown fields are skipped.
 */
public final class OtlpReader {

  private final TelemetryLimits limits;
  private final Json json;

  public OtlpReader(TelemetryLimits limits) {
    this.limits = limits;
    this.json = new Json(limits.maxDepth(), limits.maxMessageBytes());
  }

  /** Reads an {@code Export…ServiceRequest} in protobuf. */
  public TelemetryMessage protobuf(OtlpSignal signal, byte[] message)
      throws UnreadableMessageException {
    limits.checkSize(message.length);
    var wire = new Wire(message, limits.maxDepth());
    try {
      return switch (signal) {
        case METRICS -> new MetricsProtobuf(limits).read(wire);
        case TRACES -> new TracesProtobuf(limits).read(wire);
        case LOGS -> new LogsProtobuf(limits).read(wire);
      };
    } catch (ShapeException e) {
      throw broken(signal, "protobuf", e.getMessage(), e);
    }
  }

  /** Reads an {@code Export…ServiceRequest} in proto3 JSON. */
  public TelemetryMessage json(OtlpSignal signal, byte[] message)
      throws UnreadableMessageException {
    limits.checkSize(message.length);
    try (JsonParser parser = json.parser(message, 0, message.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ShapeException("wanted an object, saw " + parser.currentToken());
      }
      var read = json(signal, parser);
      if (parser.nextToken() != null) {
        throw new ShapeException("more follows after the object");
      }
      return read;
    } catch (JacksonException e) {
      throw broken(signal, "JSON", e.getOriginalMessage(), e);
    } catch (ShapeException e) {
      throw broken(signal, "JSON", e.getMessage(), e);
    }
  }

  /**
   * Reads an {@code Export…ServiceRequest} with the parser on its first token, and leaves it on the
   * last one.
   *
   * @throws ShapeException if it is JSON of another shape
   * @throws JacksonException if it is no JSON
   */
  public TelemetryMessage json(OtlpSignal signal, JsonParser parser) {
    return switch (signal) {
      case METRICS -> new MetricsJson(limits).read(parser);
      case TRACES -> new TracesJson(limits).read(parser);
      case LOGS -> new LogsJson(limits).read(parser);
    };
  }

  private static UnreadableMessageException broken(
      OtlpSignal signal, String format, @Nullable String what, Exception cause) {
    return new UnreadableMessageException(
        Reason.BROKEN, "cannot read a request of " + signal + " as " + format + ": " + what, cause);
  }
}
