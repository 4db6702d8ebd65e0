package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.OtlpSignal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The bodies of answers that OTLP's gRPC and HTTP share. */
final class Answers {

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private Answers() {}

  /** An {@code Export…ServiceResponse}; empty where every record was used. */
  static byte[] taken(Outcome.Taken taken) {
    if (taken.rejectedCount() == 0) {
      return new byte[0];
    }
    byte[] partial =
        new ProtobufBytes().number(1, taken.rejectedCount()).text(2, taken.message()).toArray();
    return new ProtobufBytes().bytes(1, partial).toArray();
  }

  static byte[] takenAsJson(OtlpSignal signal, Outcome.Taken taken) {
    String count =
        switch (signal) {
          case METRICS -> "rejectedDataPoints";
          case TRACES -> "rejectedSpans";
          case LOGS -> "rejectedLogRecords";
        };
    String json =
        taken.rejectedCount() == 0
            ? "{}"
            : "{\"partialSuccess\":{\"%s\":\"%d\",\"errorMessage\":%s}}"
                .formatted(count, taken.rejectedCount(), quoted(taken.message()));
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** A {@code google.rpc.Status}. */
  static byte[] status(int code, String message) {
    return new ProtobufBytes().number(1, code).text(2, message).toArray();
  }

  /** A {@code google.rpc.Status} that says when to come again. */
  static byte[] status(int code, String message, Duration comeAgainIn) {
    byte[] delay =
        new ProtobufBytes()
            .number(1, comeAgainIn.toSeconds())
            .number(2, comeAgainIn.toNanosPart())
            .toArray();
    byte[] retryInfo = new ProtobufBytes().bytes(1, delay).toArray();
    byte[] detail = new ProtobufBytes().text(1, RETRY_INFO).bytes(2, retryInfo).toArray();
    return new ProtobufBytes().number(1, code).text(2, message).bytes(3, detail).toArray();
  }

  static byte[] statusAsJson(int code, String message) {
    return "{\"code\":%d,\"message\":%s}"
        .formatted(code, quoted(message))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(' ');
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
