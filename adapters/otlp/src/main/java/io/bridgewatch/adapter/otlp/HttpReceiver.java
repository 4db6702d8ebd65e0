package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.OtlpSignal;
import io.bridgewatch.telemetry.UnreadableMessageException;
import io.bridgewatch.telemetry.UnreadableMessageException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what to answer to posts, as OTLP/HTTP, Zipkin and Jaeger want it: 200 or 202 where the
 * message was taken, 400 where it cannot be read, 413 where it is too large, 415 where its format
 * is not read here, 429 and 503 where the sender should come again.
 */
final class HttpReceiver {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final int INVALID_ARGUMENT = 3;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNAVAILABLE = 14;

  /** Where nothing better is known. */
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);

  private final TelemetryReceiver receiver;

  HttpReceiver(TelemetryReceiver receiver) {
    this.receiver = receiver;
  }

  HttpAnswer answer(TelemetryRoute route, HttpMessage message) {
    String type = mediaType(message.contentType());
    return switch (route) {
      case OTLP_METRICS -> otlp(OtlpSignal.METRICS, type, message);
      case OTLP_TRACES -> otlp(OtlpSignal.TRACES, type, message);
      case OTLP_LOGS -> otlp(OtlpSignal.LOGS, type, message);
      case ZIPKIN ->
          foreign(
              type.isEmpty() || type.equals(JSON)
                  ? outcome(message, receiver::zipkin)
                  : unsupported(type, JSON));
      case JAEGER_THRIFT ->
          foreign(
              type.equals("application/x-thrift")
                      || type.equals("application/vnd.apache.thrift.binary")
                  ? outcome(message, receiver::jaegerThrift)
                  : unsupported(type, "application/vnd.apache.thrift.binary"));
    };
  }

  private HttpAnswer otlp(OtlpSignal signal, String type, HttpMessage message) {
    return switch (type) {
      case PROTOBUF ->
          protobufAnswer(outcome(message, body -> receiver.otlpProtobuf(signal, body)));
      case JSON -> jsonAnswer(signal, outcome(message, body -> receiver.otlpJson(signal, body)));
      default -> jsonAnswer(signal, unsupported(type, PROTOBUF + " or " + JSON));
    };
  }

  private interface Reading {
    Outcome read(byte[] body);
  }

  private Outcome outcome(HttpMessage message, Reading reading) {
    try {
      return reading.read(unpacked(message));
    } catch (UnreadableMessageException e) {
      return receiver.unreadable(e);
    }
  }

  private byte[] unpacked(HttpMessage message) throws UnreadableMessageException {
    String encoding = message.contentEncoding().strip().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> message.body();
      case "gzip" -> Gzip.unpacked(message.body(), receiver.settings().limits().maxMessageBytes());
      default ->
          throw new UnreadableMessageException(
              Reason.UNSUPPORTED,
              "cannot unpack a body as " + encoding + "; wanted gzip or none",
              null);
    };
  }

  private Outcome unsupported(String type, String wanted) {
    return receiver.unreadable(
        new UnreadableMessageException(
            Reason.UNSUPPORTED,
            "cannot read a body of type \"" + type + "\"; wanted " + wanted,
            null));
  }

  private static HttpAnswer protobufAnswer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Taken taken -> answer(200, PROTOBUF, Answers.taken(taken));
      case Outcome.Unreadable unreadable ->
          answer(
              status(unreadable), PROTOBUF, Answers.status(INVALID_ARGUMENT, unreadable.message()));
      case Outcome.Busy busy ->
          later(429, PROTOBUF, Answers.status(RESOURCE_EXHAUSTED, full()), busy.comeAgainIn());
      case Outcome.Closed closed ->
          later(503, PROTOBUF, Answers.status(UNAVAILABLE, closed.why()), COME_AGAIN);
    };
  }

  private static HttpAnswer jsonAnswer(OtlpSignal signal, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Taken taken -> answer(200, JSON, Answers.takenAsJson(signal, taken));
      case Outcome.Unreadable unreadable ->
          answer(
              status(unreadable),
              JSON,
              Answers.statusAsJson(INVALID_ARGUMENT, unreadable.message()));
      case Outcome.Busy busy ->
          later(429, JSON, Answers.statusAsJson(RESOURCE_EXHAUSTED, full()), busy.comeAgainIn());
      case Outcome.Closed closed ->
          later(503, JSON, Answers.statusAsJson(UNAVAILABLE, closed.why()), COME_AGAIN);
    };
  }

  /** Zipkin and Jaeger have no words for records that are not used: a line of text tells. */
  private static HttpAnswer foreign(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Taken taken ->
          taken.rejectedCount() == 0
              ? answer(202, "", new byte[0])
              : answer(202, TEXT, text(taken.message()));
      case Outcome.Unreadable unreadable ->
          answer(status(unreadable), TEXT, text(unreadable.message()));
      case Outcome.Busy busy -> later(429, TEXT, text(full()), busy.comeAgainIn());
      case Outcome.Closed closed -> later(503, TEXT, text(closed.why()), COME_AGAIN);
    };
  }

  private static int status(Outcome.Unreadable unreadable) {
    return switch (unreadable.reason()) {
      case BROKEN -> 400;
      case TOO_LARGE -> 413;
      case UNSUPPORTED -> 415;
    };
  }

  static String full() {
    return "cannot take more telemetry at present: the queue is full; come again later";
  }

  private static byte[] text(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static HttpAnswer answer(int status, String type, byte[] body) {
    return new HttpAnswer(status, type, body, Optional.empty());
  }

  private static HttpAnswer later(int status, String type, byte[] body, Duration comeAgainIn) {
    return new HttpAnswer(status, type, body, Optional.of(comeAgainIn));
  }

  /** The type without its parameters, in lower case. */
  private static String mediaType(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
