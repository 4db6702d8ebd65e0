package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.UnreadableMessageException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads spans in the formats of Zipkin and Jaeger. Safe for use by several threads.
 *
 * <p>Trace ids are brought to 32 digits, as OTLP has them, by zeros in front. A service's name
 * becomes {@code service.name} of the resource, Jaeger's other process tags its further attributes.
 * A span has failed where a tag {@code error} says anything but {@code false}, or {@code
 * otel.status_code} says {@code ERROR}. Annotations, logs and links are skipped.
 */
public final class ForeignTraceReader {

  private final TelemetryLimits limits;
  private final Json json;

  public ForeignTraceReader(TelemetryLimits limits) {
    this.limits = limits;
    this.json = new Json(limits.maxDepth(), limits.maxMessageBytes());
  }

  /** Reads a list of Zipkin v2 spans in JSON, as posted to {@code /api/v2/spans}. */
  public TelemetryMessage zipkin(byte[] message) throws UnreadableMessageException {
    limits.checkSize(message.length);
    try (JsonParser parser = json.parser(message, 0, message.length)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new ShapeException("wanted a list of spans, saw " + parser.currentToken());
      }
      var read = new ZipkinJson(limits).read(parser);
      if (parser.nextToken() != null) {
        throw new ShapeException("more follows after the list");
      }
      return read;
    } catch (JacksonException e) {
      throw broken("Zipkin spans as JSON", e.getOriginalMessage(), e);
    } catch (ShapeException e) {
      throw broken("Zipkin spans as JSON", e.getMessage(), e);
    }
  }

  /** Reads a Jaeger {@code Batch} in Thrift's binary form, as posted to {@code /api/traces}. */
  public TelemetryMessage jaegerThrift(byte[] message) throws UnreadableMessageException {
    limits.checkSize(message.length);
    try {
      return new JaegerThrift(limits).read(new Thrift(message, limits.maxDepth()));
    } catch (ShapeException e) {
      throw broken("a Jaeger batch as Thrift", e.getMessage(), e);
    }
  }

  /** Reads a {@code PostSpansRequest} of {@code jaeger.api_v2.CollectorService}. */
  public TelemetryMessage jaegerProtobuf(byte[] message) throws UnreadableMessageException {
    limits.checkSize(message.length);
    try {
      return new JaegerProtobuf(limits).read(new Wire(message, limits.maxDepth()));
    } catch (ShapeException e) {
      throw broken("Jaeger spans as protobuf", e.getMessage(), e);
    }
  }

  private static UnreadableMessageException broken(
      String what, @Nullable String why, Exception cause) {
    return new UnreadableMessageException(Reason.BROKEN, "cannot read " + what + ": " + why, cause);
  }
}
