package io.bridgewatch.testkit;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes bundles as folders in the format {@code bridgewatch.incident-bundle/v1}: metrics, traces,
 * logs and calls, one series, span or record a line. What else a bundle holds is left out.
 */
public final class BundleFolder {

  private BundleFolder() {}

  /** Writes the bundle to that folder, which is made, and returns it. */
  public static Path write(Bundle bundle, Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder, "bundle.json", List.of(manifest(bundle)));
    write(folder, "metrics.jsonl", bundle.series().stream().map(BundleFolder::series).toList());
    write(folder, "traces.jsonl", bundle.spans().stream().map(BundleFolder::span).toList());
    write(folder, "logs.jsonl", bundle.logs().stream().map(BundleFolder::log).toList());
    write(folder, "calls.jsonl", bundle.calls().stream().map(BundleFolder::call).toList());
    return folder;
  }

  /** Writes the bundle to that folder and its right answer beside it. */
  public static Path write(SyntheticIncident incident, Path folder) throws IOException {
    Path truth = folder.resolveSibling(folder.getFileName() + ".truth.json");
    String causes =
        incident
            .guilty()
            .map(guilty -> "{\"entity\":" + plain(guilty) + ",\"kind\":\"made-up\"}")
            .orElse("");
    String onset =
        incident.onset().map(at -> "\"onset\":" + quoted(at.toString()) + ",").orElse("");
    write(incident.bundle(), folder);
    Files.writeString(
        truth,
        "{" + onset + "\"causes\":[" + causes + "],\"clean\":" + causes.isEmpty() + "}\n",
        StandardCharsets.UTF_8);
    return folder;
  }

  private static void write(Path folder, String name, List<String> lines) throws IOException {
    if (!lines.isEmpty()) {
      Files.writeString(
          folder.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }
  }

  private static String manifest(Bundle bundle) {
    String reported =
        bundle.reportedAt().map(at -> ",\"reportedAt\":" + quoted(at.toString())).orElse("");
    String symptom =
        bundle
            .symptom()
            .map(
                hint ->
                    ",\"symptom\":{\"entity\":"
                        + plain(hint.entity())
                        + ",\"metric\":"
                        + quoted(hint.metric())
                        + "}")
            .orElse("");
    return "{\"format\":\"bridgewatch.incident-bundle/v1\",\"name\":"
        + quoted(bundle.name())
        + ",\"window\":{\"from\":"
        + quoted(bundle.window().from().toString())
        + ",\"to\":"
        + quoted(bundle.window().to().toString())
        + "}"
        + reported
        + symptom
        + "}";
  }

  private static String series(Series series) {
    var points = new StringBuilder();
    for (int i = 0; i < series.size(); i++) {
      points
          .append(i == 0 ? "" : ",")
          .append("{\"timeUnixNano\":\"")
          .append(series.time(i) * 1_000_000)
          .append("\",\"asDouble\":")
          .append(series.value(i))
          .append(",\"attributes\":")
          .append(attributes(series.key().point()))
          .append('}');
    }
    String data =
        switch (series.key().kind()) {
          case GAUGE -> "\"gauge\":{\"dataPoints\":[" + points + "]}";
          case DELTA, CUMULATIVE ->
              "\"sum\":{\"aggregationTemporality\":"
                  + (series.key().kind() == MetricKind.DELTA ? 1 : 2)
                  + ",\"isMonotonic\":true,\"dataPoints\":["
                  + points
                  + "]}";
        };
    return "{\"resourceMetrics\":[{\"resource\":"
        + resource(series.key().resource())
        + ",\"scopeMetrics\":[{\"metrics\":[{\"name\":"
        + quoted(series.key().metric())
        + ",\"unit\":"
        + quoted(series.key().unit())
        + ","
        + data
        + "}]}]}]}";
  }

  private static String span(Span span) {
    return "{\"resourceSpans\":[{\"resource\":"
        + resource(span.resource())
        + ",\"scopeSpans\":[{\"spans\":[{\"traceId\":"
        + quoted(span.traceId())
        + ",\"spanId\":"
        + quoted(span.spanId())
        + ",\"parentSpanId\":"
        + quoted(span.parentSpanId())
        + ",\"name\":"
        + quoted(span.name())
        + ",\"kind\":"
        + span.kind().ordinal()
        + ",\"startTimeUnixNano\":\""
        + span.startNanos()
        + "\",\"endTimeUnixNano\":\""
        + span.endNanos()
        + "\",\"status\":{\"code\":"
        + (span.failed() ? 2 : 0)
        + "},\"attributes\":"
        + attributes(span.attributes())
        + "}]}]}]}";
  }

  private static String log(LogRecord record) {
    int severity =
        record.severity() == Severity.UNSPECIFIED ? 0 : record.severity().ordinal() * 4 - 3;
    return "{\"resourceLogs\":[{\"resource\":"
        + resource(record.resource())
        + ",\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\""
        + record.epochNanos()
        + "\",\"severityNumber\":"
        + severity
        + ",\"body\":{\"stringValue\":"
        + quoted(record.body())
        + "},\"traceId\":"
        + quoted(record.traceId())
        + ",\"spanId\":"
        + quoted(record.spanId())
        + ",\"attributes\":"
        + attributes(record.attributes())
        + "}]}]}]}";
  }

  private static String call(Call call) {
    return "{\"caller\":" + plain(call.caller()) + ",\"callee\":" + plain(call.callee()) + "}";
  }

  private static String resource(Attributes attributes) {
    return "{\"attributes\":" + attributes(attributes) + "}";
  }

  private static String attributes(Attributes attributes) {
    return attributes.asMap().entrySet().stream()
        .map(
            entry ->
                "{\"key\":"
                    + quoted(entry.getKey())
                    + ",\"value\":{\"stringValue\":"
                    + quoted(entry.getValue())
                    + "}}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String plain(Attributes attributes) {
    return attributes.asMap().entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
