package io.bridgewatch.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a message as OTLP's JSON: ids in hexadecimal, enums as numbers, long integers quoted. */
final class OtlpJsonWriter {

  private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

  private OtlpJsonWriter() {}

  static String json(Message message) {
    return message.getAllFields().entrySet().stream()
        .map(
            field ->
                "\""
                    + field.getKey().getJsonName()
                    + "\":"
                    + json(field.getKey(), field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String json(FieldDescriptor field, Object value) {
    return switch (value) {
      case List<?> list ->
          list.stream().map(one -> json(field, one)).collect(Collectors.joining(",", "[", "]"));
      case Message message -> json(message);
      case EnumValueDescriptor one -> String.valueOf(one.getNumber());
      case ByteString bytes ->
          '"'
              + (IDS.contains(field.getJsonName())
                  ? HexFormat.of().formatHex(bytes.toByteArray())
                  : Base64.getEncoder().encodeToString(bytes.toByteArray()))
              + '"';
      case String text ->
          '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
      case Long number -> "\"" + number + "\"";
      case Double number -> Double.isFinite(number) ? number.toString() : "\"" + number + "\"";
      default -> value.toString();
    };
  }
}
