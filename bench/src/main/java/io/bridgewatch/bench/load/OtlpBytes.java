package io.bridgewatch.bench.load;

import io.bridgewatch.bench.fuzz.WireBytes;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** Requests of OTLP in protobuf, grouped by resource as a collector sends them. */
final class OtlpBytes {

  private static final int ERROR = 2;

  private OtlpBytes() {}

  static byte[] logs(List<LogRecord> lines) {
    return request(lines, LogRecord::resource, OtlpBytes::line);
  }

  static byte[] spans(List<Span> spans) {
    return request(spans, Span::resource, OtlpBytes::span);
  }

  /** Logs and traces nest alike: a resource, a scope, and the records. */
  private static <T> byte[] request(
      List<T> records, Function<T, Attributes> resource, Function<T, WireBytes> written) {
    var byResource = new LinkedHashMap<Attributes, List<T>>();
    for (T one : records) {
      byResource.computeIfAbsent(resource.apply(one), some -> new ArrayList<>()).add(one);
    }
    var request = new WireBytes();
    byResource.forEach(
        (attributes, some) -> {
          var scope = new WireBytes();
          some.forEach(one -> scope.message(2, written.apply(one)));
          request.message(
              1,
              new WireBytes()
                  .message(1, attributes(new WireBytes(), 1, attributes))
                  .message(2, scope));
        });
    return request.toArray();
  }

  private static WireBytes line(LogRecord line) {
    var bytes =
        new WireBytes()
            .fixed(1, line.epochNanos())
            .number(2, number(line.severity()))
            .message(5, new WireBytes().text(1, line.body()));
    attributes(bytes, 6, line.attributes());
    if (!line.traceId().isEmpty()) {
      bytes.bytes(9, id(line.traceId())).bytes(10, id(line.spanId()));
    }
    return bytes;
  }

  /** The first of the four numbers that a severity has. */
  private static int number(Severity severity) {
    return severity == Severity.UNSPECIFIED ? 0 : 4 * severity.ordinal() - 3;
  }

  private static WireBytes span(Span span) {
    var bytes = new WireBytes().bytes(1, id(span.traceId())).bytes(2, id(span.spanId()));
    if (!span.parentSpanId().isEmpty()) {
      bytes.bytes(4, id(span.parentSpanId()));
    }
    bytes
        .text(5, span.name())
        .number(6, span.kind().ordinal())
        .fixed(7, span.startNanos())
        .fixed(8, span.endNanos());
    attributes(bytes, 9, span.attributes());
    return span.failed() ? bytes.message(15, new WireBytes().number(3, ERROR)) : bytes;
  }

  private static byte[] id(String hexadecimal) {
    return HexFormat.of().parseHex(hexadecimal);
  }

  private static WireBytes attributes(WireBytes bytes, int field, Attributes attributes) {
    attributes
        .asMap()
        .forEach(
            (name, value) ->
                bytes.message(
                    field,
                    new WireBytes().text(1, name).message(2, new WireBytes().text(1, value))));
    return bytes;
  }
}
