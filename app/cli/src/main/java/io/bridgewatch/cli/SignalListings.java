package io.bridgewatch.cli;

import static io.bridgewatch.cli.Listing.column;
import static io.bridgewatch.cli.Listing.field;

import io.bridgewatch.cli.Listing.Column;
import io.bridgewatch.cli.Listing.Source;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What tables show of metrics, log lines and traces. */
final class SignalListings {

  private static final Listing LOGS =
      new Listing(
          "logs",
          List.of("log"),
          Source.LOGS,
          "",
          List.of(
              plain("time", "TIME", "时间", false, "time"),
              plain("severity", "LEVEL", "级别", false, "severity"),
              resource("namespace", "NAMESPACE", "命名空间", false, "k8s.namespace.name"),
              resource("pod", "POD", "POD", false, "k8s.pod.name"),
              resource("service", "SERVICE", "服务", true, "service.name"),
              plain("traceId", "TRACE", "调用链", true, "traceId"),
              plain("body", "LINE", "日志", false, "body")));

  private static final Listing TRACES =
      new Listing(
          "traces",
          List.of("trace"),
          Source.TRACES,
          "",
          List.of(
              column("start", "TIME", "时间", false, (row, view) -> view.time(field(row, "start"))),
              plain("service", "SERVICE", "服务", false, "service"),
              plain("name", "OPERATION", "操作", false, "name"),
              millis("durationMillis", "TOOK", "耗时"),
              failed(),
              plain("kind", "KIND", "种类", true, "kind"),
              plain("traceId", "TRACE", "调用链", false, "traceId")));

  private static final Listing TRACE =
      new Listing(
          "traces",
          List.of(),
          Source.TRACE,
          "",
          List.of(
              millis("offsetMillis", "AT", "起始"),
              millis("durationMillis", "TOOK", "耗时"),
              millis("ownMillis", "ITSELF", "自身"),
              failed(),
              plain("service", "SERVICE", "服务", false, "service"),
              plain("spanId", "SPAN", "SPAN", true, "spanId"),
              column(
                  "name",
                  "OPERATION",
                  "操作",
                  false,
                  (row, view) ->
                      (view.exact() ? "" : "· ".repeat(row.path("depth").asInt(0)))
                          + field(row, "name"))));

  private static final Listing METRICS =
      new Listing(
          "metrics",
          List.of("metric"),
          Source.METRICS,
          "",
          List.of(
              plain("name", "METRIC", "指标", false, "name"),
              plain("unit", "UNIT", "单位", false, "unit"),
              plain("kind", "KIND", "种类", false, "kind"),
              plain("series", "SERIES", "序列数", false, "series")));

  private static final Listing SERIES =
      new Listing(
          "metrics",
          List.of(),
          Source.SERIES,
          "",
          List.of(
              column("attributes", "SERIES", "序列", false, (row, view) -> attributes(row)),
              number("newest", "NEWEST", "最新"),
              number("average", "AVERAGE", "平均"),
              number("minimum", "MINIMUM", "最小"),
              number("maximum", "MAXIMUM", "最大"),
              plain("unit", "UNIT", "单位", false, "unit")));

  private SignalListings() {}

  static List<Listing> all() {
    return List.of(LOGS, TRACES, METRICS);
  }

  /** What is listed of one of them, where one is named. */
  static Listing one(Listing listing) {
    return switch (listing.source()) {
      case TRACES -> TRACE;
      case METRICS -> SERIES;
      case CLUSTERS,
          ENTITIES,
          HAPPENINGS,
          POOLS,
          TEAMS,
          SCALING,
          PLANS,
          LEARNED,
          LOGS,
          TRACE,
          SERIES ->
          listing;
    };
  }

  private static Column plain(String key, String en, String zh, boolean wide, String field) {
    return column(key, en, zh, wide, (row, view) -> field(row, field));
  }

  private static Column resource(String key, String en, String zh, boolean wide, String name) {
    return column(key, en, zh, wide, (row, view) -> field(row.path("resource"), name));
  }

  private static Column failed() {
    return column(
        "failed",
        "FAILED",
        "失败",
        false,
        (row, view) ->
            view.exact() ? field(row, "failed") : row.path("failed").asBoolean(false) ? "✗" : "");
  }

  private static Column millis(String key, String en, String zh) {
    return column(
        key,
        en,
        zh,
        false,
        (row, view) -> view.exact() ? field(row, key) : took(row.path(key).asDouble(0)));
  }

  private static String took(double millis) {
    return millis < 1
        ? Math.round(millis * 1000) + " µs"
        : millis < 10_000
            ? String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis)
            : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  private static Column number(String key, String en, String zh) {
    return column(
        key,
        en,
        zh,
        false,
        (row, view) -> {
          if (view.exact() || !row.path(key).isNumber()) {
            return field(row, key);
          }
          double value = row.path(key).asDouble();
          return value == Math.rint(value) && Math.abs(value) < 1e15
              ? Long.toString((long) value)
              : String.format(Locale.ROOT, "%.4g", value);
        });
  }

  private static String attributes(JsonNode row) {
    return row.path("attributes")
        .propertyStream()
        .map(one -> one.getKey() + "=" + one.getValue().asString())
        .collect(Collectors.joining(" "));
  }
}
