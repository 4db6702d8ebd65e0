package io.bridgewatch.adapter.report;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people call a series: {@code p99 request latency} rather than its metric name. */
final class MetricNames {

  /** A well-known metric in both languages. */
  private record Name(String en, String zh) {
    String in(Language language) {
      return language.pick(en, zh);
    }
  }

  private static final String DIRECTION = "network.io.direction";

  /** Attributes that a name already says. */
  private static final Set<String> SAID =
      Set.of(
          AttributeNames.QUANTILE,
          AttributeNames.STATISTIC,
          AttributeNames.PEER_SERVICE,
          DIRECTION);

  private static final Map<String, Name> WELL_KNOWN =
      Map.ofEntries(
          name("http.server.request.duration", "request latency", "请求延迟"),
          name("http.client.request.duration", "latency of outgoing calls", "对外调用延迟"),
          name("rpc.server.duration", "request latency", "请求延迟"),
          name("rpc.client.duration", "latency of outgoing calls", "对外调用延迟"),
          name("http.server.request.rate", "request rate", "请求速率"),
          name("http.server.request.count", "requests", "请求数"),
          name("http.server.request.success_ratio", "share of successful requests", "请求成功率"),
          name("http.server.request.error_ratio", "share of failed requests", "请求失败率"),
          name("http.server.active_requests", "requests in flight", "处理中的请求数"),
          name("container.cpu.usage", "CPU usage", "CPU 用量"),
          name("container.cpu.time", "CPU time", "CPU 时间"),
          name("container.cpu.throttled", "CPU throttling", "CPU 限流"),
          name("container.cpu.throttled.time", "CPU throttling", "CPU 限流时间"),
          name("container.cpu_limit_utilization", "CPU usage of its limit", "CPU 用量占限额的比例"),
          name("container.memory.usage", "memory usage", "内存用量"),
          name("container.memory.working_set", "working set memory", "工作集内存"),
          name("container.memory.rss", "resident memory", "常驻内存"),
          name("container.memory_limit_utilization", "memory usage of its limit", "内存用量占限额的比例"),
          name("container.disk.io", "disk traffic", "磁盘读写量"),
          name("container.network.io", "network traffic", "网络流量"),
          name("container.filesystem.usage", "file system usage", "文件系统用量"),
          name("container.syscall.read", "read system calls", "read 系统调用数"),
          name("container.syscall.write", "write system calls", "write 系统调用数"),
          name("k8s.container.restarts", "container restarts", "容器重启次数"),
          name("k8s.container.restart_count", "container restarts", "容器重启次数"),
          name("k8s.pod.cpu.usage", "CPU usage", "CPU 用量"),
          name("k8s.pod.cpu_limit_utilization", "CPU usage of its limit", "CPU 用量占限额的比例"),
          name("k8s.pod.memory.usage", "memory usage", "内存用量"),
          name("k8s.pod.memory.working_set", "working set memory", "工作集内存"),
          name("k8s.pod.memory_limit_utilization", "memory usage of its limit", "内存用量占限额的比例"),
          name("k8s.pod.network.io", "network traffic", "网络流量"),
          name("k8s.pod.network.errors", "network errors", "网络错误数"),
          name("k8s.pod.filesystem.usage", "file system usage", "文件系统用量"),
          name("k8s.node.cpu.usage", "CPU usage", "CPU 用量"),
          name("k8s.node.cpu.utilization", "CPU utilization", "CPU 使用率"),
          name("k8s.node.memory.usage", "memory usage", "内存用量"),
          name("k8s.node.memory.utilization", "memory utilization", "内存使用率"),
          name("k8s.node.network.io", "network traffic", "网络流量"),
          name("k8s.node.network.errors", "network errors", "网络错误数"),
          name("k8s.node.filesystem.usage", "file system usage", "文件系统用量"),
          name("system.cpu.utilization", "CPU utilization", "CPU 使用率"),
          name("system.memory.utilization", "memory utilization", "内存使用率"),
          name("system.memory.usage", "memory usage", "内存用量"),
          name("system.disk.io", "disk traffic", "磁盘读写量"),
          name("system.disk.operation_time", "disk operation time", "磁盘操作耗时"),
          name("system.filesystem.utilization", "file system utilization", "文件系统使用率"),
          name("system.network.io", "network traffic", "网络流量"),
          name("system.network.errors", "network errors", "网络错误数"),
          name("system.network.dropped", "dropped packets", "丢弃的数据包"),
          name("jvm.memory.used", "JVM memory usage", "JVM 内存用量"),
          name("jvm.gc.duration", "garbage collection time", "垃圾回收耗时"),
          name("jvm.thread.count", "JVM threads", "JVM 线程数"),
          name("jvm.cpu.recent_utilization", "JVM CPU utilization", "JVM CPU 使用率"),
          name("machine.disk.operation.duration", "mean time of a disk operation", "磁盘单次操作平均耗时"),
          name("machine.disk.utilization", "disk utilization", "磁盘繁忙率"),
          name("machine.disk.queue.length", "disk queue length", "磁盘队列长度"),
          name("machine.hardware.disk.errors", "media errors of the disk", "磁盘介质错误"),
          name("machine.hardware.disk.bad_sectors", "bad sectors of the disk", "磁盘坏扇区数"),
          name("machine.disk.pressure", "share of time waiting for disks", "等待磁盘的时间比例（PSI）"),
          name("machine.filesystem.utilization", "file system utilization", "文件系统使用率"),
          name("machine.filesystem.read_only", "file system read-only", "文件系统只读"),
          name("machine.network.errors", "errors of the network card", "网卡错误数"),
          name("machine.network.dropped", "packets dropped by the network card", "网卡丢弃的数据包"),
          name("machine.network.utilization", "utilization of the network card", "网卡带宽使用率"),
          name("machine.network.retransmitted", "retransmitted TCP segments", "TCP 重传段数"),
          name(
              "machine.network.connection.utilization",
              "utilization of the connection table",
              "连接跟踪表使用率"),
          name(
              "machine.network.connection.dropped",
              "packets dropped by connection tracking",
              "连接跟踪丢弃的数据包"),
          name("machine.cpu.utilization", "CPU utilization", "CPU 使用率"),
          name("machine.cpu.pressure", "share of time waiting for a CPU", "等待 CPU 的时间比例（PSI）"),
          name("machine.hardware.cpu.throttles", "CPU throttling by the package", "CPU 过热降频次数"),
          name(
              "machine.hardware.cpu.clock_loss",
              "share of computing power lost to a lower clock",
              "CPU 降频损失的算力比例"),
          name(
              "machine.hardware.cpu.temperature.utilization",
              "CPU temperature, share of critical",
              "CPU 温度占临界温度的比例"),
          name(
              "machine.hardware.temperature.utilization",
              "temperature, share of critical",
              "温度占临界温度的比例"),
          name("machine.memory.utilization", "memory utilization", "内存使用率"),
          name("machine.memory.pressure", "share of time waiting for memory", "等待内存的时间比例（PSI）"),
          name("machine.paging.faults", "major page faults", "主缺页次数"),
          name("machine.memory.kills", "processes killed for lack of memory", "因内存不足被终止的进程数"),
          name(
              "machine.hardware.memory.errors.corrected",
              "corrected memory errors",
              "可纠正内存错误（ECC）"),
          name(
              "machine.hardware.memory.errors.uncorrected",
              "uncorrected memory errors",
              "不可纠正内存错误（ECC）"),
          name("db.client.operation.duration", "database call latency", "数据库调用延迟"),
          name("db.client.connection.count", "database connections", "数据库连接数"),
          name(
              "db.client.connection.pending_requests",
              "requests waiting for a database connection",
              "等待数据库连接的请求数"),
          name("db.client.connection.wait_time", "wait for a database connection", "等待数据库连接的时间"));

  private MetricNames() {}

  private static Map.Entry<String, Name> name(String metric, String en, String zh) {
    return Map.entry(metric, new Name(en, zh));
  }

  /** The name of a series with what its point attributes say; the raw metric where not known. */
  static String of(SeriesKey series, Language language) {
    Attributes point = series.point();
    var known = Optional.ofNullable(WELL_KNOWN.get(series.metric()));
    var name = new StringBuilder(known.map(found -> found.in(language)).orElse(series.metric()));
    statistic(point, language).ifPresent(statistic -> name.insert(0, statistic + " "));
    point.get(DIRECTION).ifPresent(direction -> name.append(direction(direction, language)));
    point
        .get(AttributeNames.PEER_SERVICE)
        .ifPresent(peer -> name.append(peer(series.metric(), peer, language)));
    List<String> others = new ArrayList<>();
    point
        .asMap()
        .forEach(
            (attribute, value) -> {
              if (!SAID.contains(attribute)) {
                others.add(attribute + "=" + value);
              }
            });
    if (!others.isEmpty()) {
      String said = String.join(", ", others);
      name.append(language.pick(" [" + said + "]", "（" + said + "）"));
    }
    return name.toString();
  }

  /** The name of something that reports: of a well-known metric its own, else as it is. */
  static String of(String metric, Language language) {
    return Optional.ofNullable(WELL_KNOWN.get(metric))
        .map(found -> found.in(language))
        .orElse(metric);
  }

  /** Whether a dimensionless series is a share of a whole, to be read in percent. */
  static boolean share(SeriesKey series) {
    String name = series.metric().toLowerCase(Locale.ROOT);
    return series.unit().equals("1")
        && (name.contains("ratio")
            || MachineSign.of(series.metric()).filter(MachineSign::isShare).isPresent()
            || name.contains("utilization")
            || name.contains("utilisation")
            || name.contains("percent")
            || name.contains("share"));
  }

  private static Optional<String> statistic(Attributes point, Language language) {
    Optional<String> quantile = point.get(AttributeNames.QUANTILE).flatMap(MetricNames::percentile);
    if (quantile.isPresent()) {
      return quantile;
    }
    return point
        .get(AttributeNames.STATISTIC)
        .map(
            statistic ->
                switch (statistic.toLowerCase(Locale.ROOT)) {
                  case "mean", "avg", "average" -> language.pick("mean", "平均");
                  case "max", "maximum" -> language.pick("highest", "最大");
                  case "min", "minimum" -> language.pick("lowest", "最小");
                  case "sum" -> language.pick("total", "总");
                  default -> statistic;
                });
  }

  /** {@code 0.99} as {@code p99}; empty if it is no number from 0 to 1. */
  private static Optional<String> percentile(String quantile) {
    try {
      double share = Double.parseDouble(quantile);
      return share >= 0 && share <= 1
          ? Optional.of("p" + Quantity.number(share * 100, Language.EN))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of(quantile);
    }
  }

  private static String direction(String direction, Language language) {
    return switch (direction) {
      case "receive" -> language.pick(" received", "（接收）");
      case "transmit" -> language.pick(" sent", "（发送）");
      case "read" -> language.pick(" read", "（读）");
      case "write" -> language.pick(" written", "（写）");
      default -> " [" + direction + "]";
    };
  }

  private static String peer(String metric, String peer, Language language) {
    return metric.contains(".server.")
        ? language.pick(" for calls from " + peer, "（来自 " + peer + " 的调用）")
        : language.pick(" to " + peer, "（调用 " + peer + "）");
  }
}
