package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.bank.Telemetry.FinishedSpan;
import io.bridgewatch.drill.bank.Telemetry.Severity;
import io.bridgewatch.drill.bank.Telemetry.SpanKind;
import io.bridgewatch.drill.bank.Telemetry.WrittenLog;
import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** OTLP's export requests in protobuf, grouped by the process that speaks. */
final class OtlpMessages {

  private OtlpMessages() {}

  private record Speaker(String service, Start process) {}

  static byte[] traces(List<FinishedSpan> spans) {
    var request = new Protobuf();
    grouped(spans, span -> new Speaker(span.service(), span.process()))
        .forEach(
            (speaker, own) ->
                request.message(
                    1,
                    resourceSpans -> {
                      resource(resourceSpans, speaker);
                      resourceSpans.message(
                          2,
                          scope -> own.forEach(span -> scope.message(2, one -> span(one, span))));
                    }));
    return request.toBytes();
  }

  static byte[] logs(List<WrittenLog> logs) {
    var request = new Protobuf();
    grouped(logs, log -> new Speaker(log.service(), log.process()))
        .forEach(
            (speaker, own) ->
                request.message(
                    1,
                    resourceLogs -> {
                      resource(resourceLogs, speaker);
                      resourceLogs.message(
                          2, scope -> own.forEach(log -> scope.message(2, one -> log(one, log))));
                    }));
    return request.toBytes();
  }

  private static <T> Map<Speaker, List<T>> grouped(List<T> all, Function<T, Speaker> speaker) {
    var groups = new LinkedHashMap<Speaker, List<T>>();
    for (T one : all) {
      groups.computeIfAbsent(speaker.apply(one), key -> new ArrayList<>()).add(one);
    }
    return groups;
  }

  private static void resource(Protobuf into, Speaker speaker) {
    Start process = speaker.process();
    into.message(
        1,
        resource -> {
          attribute(resource, 1, "service.name", speaker.service());
          attribute(resource, 1, "service.namespace", process.namespace());
          attribute(resource, 1, "service.version", tag(process.image()));
          attribute(resource, 1, "service.instance.id", process.podUid());
          attribute(resource, 1, "k8s.namespace.name", process.namespace());
          attribute(resource, 1, "k8s.pod.name", process.pod());
          attribute(resource, 1, "k8s.pod.uid", process.podUid());
          attribute(resource, 1, "k8s.pod.ip", process.podIp());
          attribute(resource, 1, "k8s.container.name", process.container());
          attribute(resource, 1, "k8s.node.name", process.node());
        });
  }

  private static String tag(String image) {
    int colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? image.substring(colon + 1) : "latest";
  }

  private static void span(Protobuf into, FinishedSpan span) {
    into.identifier(1, span.traceHigh(), span.traceLow()).identifier(2, span.spanId());
    if (span.parentId() != 0) {
      into.identifier(4, span.parentId());
    }
    into.text(5, span.name())
        .number(6, kind(span.kind()))
        .fixed64(7, span.startEpochNanos())
        .fixed64(8, span.endEpochNanos());
    span.attributes().forEach((name, value) -> attribute(into, 9, name, value));
    if (span.isError()) {
      into.message(15, status -> status.text(2, span.statusMessage()).number(3, 2));
    }
  }

  private static int kind(SpanKind kind) {
    return switch (kind) {
      case INTERNAL -> 1;
      case SERVER -> 2;
      case CLIENT -> 3;
      case PRODUCER -> 4;
      case CONSUMER -> 5;
    };
  }

  private static void log(Protobuf into, WrittenLog log) {
    into.fixed64(1, log.epochNanos())
        .number(2, severity(log.severity()))
        .text(3, log.severity().name())
        .message(5, body -> body.bytes(1, log.text().getBytes(StandardCharsets.UTF_8)));
    attribute(into, 6, "logger.name", log.logger());
    if (log.traceLow() != 0) {
      into.identifier(9, log.traceHigh(), log.traceLow()).identifier(10, log.spanId());
    }
    into.fixed64(11, log.epochNanos());
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case INFO -> 9;
      case WARN -> 13;
      case ERROR -> 17;
    };
  }

  private static void attribute(Protobuf into, int field, String name, Object value) {
    into.message(
        field,
        pair ->
            pair.text(1, name)
                .message(
                    2,
                    any -> {
                      switch (value) {
                        case Long number -> any.present(3, number);
                        case Boolean flag -> any.present(2, flag ? 1 : 0);
                        default ->
                            any.bytes(1, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
                      }
                    }));
  }
}
