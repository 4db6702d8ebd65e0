package io.bridgewatch.kubernetes.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server counts of the requests that it answers, as its {@code /metrics} page tells it:
 * the real server's names and labels, for what is counted here. Times are real ones. Safe for any
 * thread.
 */
final class RequestMetrics {
  private static final double[] BOUNDS_SECONDS = {
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45,
    60
  };

  private final Instant started;
  private final Map<String, Map<Integer, Long>> codes = new TreeMap<>();
  private final Map<String, Times> times = new TreeMap<>();
  private final Map<String, Integer> watches = new TreeMap<>();
  private int reading;
  private int writing;

  RequestMetrics(Instant started) {
    this.started = started;
  }

  private static final class Times {
    private final long[] counts = new long[BOUNDS_SECONDS.length + 1];
    private double sumSeconds;
  }

  synchronized void began(Call call) {
    count(call, 1);
  }

  /**
   * @param status 0 when the connection was lost before one was sent, which is not counted
   */
  synchronized void answered(Call call, int status, Duration took) {
    count(call, -1);
    if (status == 0) {
      return;
    }
    var labels = labels(call, true);
    codes.computeIfAbsent(labels, key -> new TreeMap<>()).merge(status, 1L, Long::sum);
    var seconds = took.toNanos() / 1e9;
    var bucket = 0;
    while (bucket < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[bucket]) {
      bucket++;
    }
    var all = times.computeIfAbsent(labels, key -> new Times());
    all.counts[bucket]++;
    all.sumSeconds += seconds;
  }

  private void count(Call call, int change) {
    switch (call.verb()) {
      case "watch" -> watches.merge(labels(call, false), change, Integer::sum);
      case "get", "list" -> reading += change;
      default -> writing += change;
    }
  }

  private static String labels(Call call, boolean withDryRun) {
    return "component=\"apiserver\",%sgroup=\"%s\",resource=\"%s\",scope=\"%s\",subresource=\"%s\",verb=\"%s\",version=\"%s\""
        .formatted(
            withDryRun ? "dry_run=\"\"," : "",
            call.kind().group(),
            call.kind().plural(),
            scope(call),
            call.subresource(),
            verb(call.verb()),
            call.kind().version());
  }

  private static String scope(Call call) {
    if (!call.at().name().isEmpty()) {
      return "resource";
    }
    return call.at().namespace().isEmpty() ? "cluster" : "namespace";
  }

  private static String verb(String verb) {
    return switch (verb) {
      case "create" -> "POST";
      case "update" -> "PUT";
      default -> verb.toUpperCase(Locale.ROOT);
    };
  }

  /** The page, in the text format of Prometheus. */
  synchronized String page(Map<String, Integer> objects) {
    var page = new StringBuilder(1 << 14);
    family(
        page,
        "apiserver_current_inflight_requests",
        "gauge",
        "[STABLE] Maximal number of currently used inflight request limit of this apiserver per request kind in last second.");
    sample(page, "apiserver_current_inflight_requests", "request_kind=\"mutating\"", writing);
    sample(page, "apiserver_current_inflight_requests", "request_kind=\"readOnly\"", reading);
    family(
        page,
        "apiserver_longrunning_requests",
        "gauge",
        "[STABLE] Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component. Not all requests are tracked this way.");
    watches.forEach(
        (labels, count) -> sample(page, "apiserver_longrunning_requests", labels, count));
    requestTimes(page);
    family(
        page,
        "apiserver_request_total",
        "counter",
        "[STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.");
    codes.forEach(
        (labels, byCode) ->
            byCode.forEach(
                (code, count) ->
                    sample(
                        page,
                        "apiserver_request_total",
                        "code=\"%d\",%s".formatted(code, labels),
                        count)));
    family(
        page,
        "apiserver_resource_objects",
        "gauge",
        "[ALPHA] Number of stored objects at the time of last check split by kind.");
    objects.forEach(
        (resource, count) -> sample(page, "apiserver_resource_objects", resource, count));
    family(
        page,
        "process_start_time_seconds",
        "gauge",
        "Start time of the process since unix epoch in seconds.");
    page.append("process_start_time_seconds ").append(started.toEpochMilli() / 1e3).append('\n');
    return page.toString();
  }

  private void requestTimes(StringBuilder page) {
    var name = "apiserver_request_duration_seconds";
    family(
        page,
        name,
        "histogram",
        "[STABLE] Response latency distribution in seconds for each verb, dry run value, group, version, resource, scope, subresource and component.");
    times.forEach(
        (labels, all) -> {
          var below = 0L;
          for (var i = 0; i < all.counts.length; i++) {
            below += all.counts[i];
            var bound = i < BOUNDS_SECONDS.length ? plain(BOUNDS_SECONDS[i]) : "+Inf";
            sample(page, name + "_bucket", "%s,le=\"%s\"".formatted(labels, bound), below);
          }
          sample(page, name + "_sum", labels, all.sumSeconds);
          sample(page, name + "_count", labels, below);
        });
  }

  private static void family(StringBuilder page, String name, String type, String help) {
    page.append("# HELP ").append(name).append(' ').append(help).append('\n');
    page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void sample(StringBuilder page, String name, String labels, double value) {
    page.append(name).append('{').append(labels).append("} ").append(plain(value)).append('\n');
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
