package io.bridgewatch.detect;

import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Signal;
import java.util.Locale;

/** What a metric's name and unit say about what it measures and which way is harmful. */
public final class Metrics {

  private Metrics() {}

  /** Which way a metric moves when things get worse. */
  public enum Harm {
    UP,
    DOWN,
    BOTH
  }

  /** The sort of signal a series carries, by OpenTelemetry names, common exporters and units. */
  public static Signal signal(SeriesKey key) {
    if (key.metric().equals(LogPatternSeries.LINES)) {
      return Signal.LOG_PATTERN;
    }
    var ofMachine = MachineSign.of(key.metric());
    if (ofMachine.isPresent()) {
      return ofMachine.get().signal();
    }
    String name = key.metric().toLowerCase(Locale.ROOT);
    if (name.startsWith("scrape_")) {
      return Signal.OTHER; // of who reads the pages, whose own work shows in it
    }
    if (containsAny(name, "success_ratio", "availability", "error", "5xx", "fail", "exception")) {
      return Signal.ERRORS;
    }
    if (containsAny(name, "duration", "latency", "response_time", "rtt", "_p99", "_p95", "_p50")) {
      return Signal.LATENCY;
    }
    if (containsAny(
        name,
        "queue",
        "pool",
        "backlog",
        "inflight",
        "in_flight",
        "saturation",
        "pending",
        "throttl",
        "connections",
        "threads",
        "lag")) {
      return Signal.SATURATION;
    }
    if (name.endsWith("cfs_periods_total")) {
      return Signal.OTHER; // time that went by, however much of it was used
    }
    if (containsAny(name, "cpu")) {
      return Signal.CPU;
    }
    if (containsAny(name, "memory", "heap", "rss", "working_set")) {
      return Signal.MEMORY;
    }
    if (containsAny(
        name,
        "disk",
        "filesystem",
        ".fs.",
        "_fs_",
        "iops",
        "syscall.read",
        "syscall.write",
        "inode",
        "volume")) {
      return Signal.DISK;
    }
    if (containsAny(
        name, "network", "packet", "retrans", "tcp", "dropped", "transmit", "receive")) {
      return Signal.NETWORK;
    }
    if (containsAny(
            name,
            "request.rate",
            "request.count",
            "requests",
            "throughput",
            "qps",
            "rps",
            "messages")
        || key.unit().contains("request")) {
      return Signal.TRAFFIC;
    }
    return Signal.OTHER;
  }

  /** Which way of moving hurts. */
  public static Harm harm(SeriesKey key) {
    if (MachineSign.of(key.metric()).isPresent()) {
      return Harm.UP;
    }
    String name = key.metric().toLowerCase(Locale.ROOT);
    if (containsAny(
        name, "success", "availability", "available", "hit_ratio", "uptime", "ready", "free")) {
      return Harm.DOWN;
    }
    return switch (signal(key)) {
      case ERRORS, LATENCY, SATURATION, CPU, MEMORY -> Harm.UP;
      case TRAFFIC,
          NETWORK,
          DISK,
          OTHER,
          LOG_PATTERN,
          CALL_PATTERN,
          EDGE,
          OBJECT_STATE,
          CHANGE,
          SILENCE ->
          Harm.BOTH;
    };
  }

  private static boolean containsAny(String name, String... parts) {
    for (String part : parts) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
