package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.fault.Symptom.Declined;
import io.bridgewatch.drill.fault.Symptom.Ended;
import io.bridgewatch.drill.fault.Symptom.Falls;
import io.bridgewatch.drill.fault.Symptom.Felt;
import io.bridgewatch.drill.fault.Symptom.NodeNotReady;
import io.bridgewatch.drill.fault.Symptom.Rises;
import io.bridgewatch.drill.fault.Symptom.Status;
import io.bridgewatch.drill.fault.Symptom.Waiting;
import io.bridgewatch.drill.fault.Symptom.Warning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For each kind of trouble: how it shows, and how people would cure it. */
public final class FaultGuide {

  private static final Map<String, Page> PAGES = pages();

  private FaultGuide() {}

  /**
   * @param shows all of it within five minutes; never empty
   * @param cure in English, as a command
   */
  public record Page(List<Symptom> shows, String cure, String chineseCure) {
    public Page {
      shows = List.copyOf(shows);
    }
  }

  /** Absent for what is harmless: nothing shows, and nothing is to be cured. */
  public static Optional<Page> of(FaultKind kind) {
    return Optional.ofNullable(PAGES.get(kind.id()));
  }

  private static Map<String, Page> pages() {
    var pages = new LinkedHashMap<String, Page>();
    pages.put("release-errors", page("roll the release back", "回滚版本", new Felt()));
    pages.put("release-slow", page("roll the release back", "回滚版本", new Felt()));
    pages.put(
        "release-leak", page("roll the release back", "回滚版本", new Felt(), new Ended("Error")));
    pages.put("setting-wrong", page("take the setting back", "恢复原配置", new Felt()));
    pages.put("sql-slow", page("create the index again", "重建索引", new Felt()));
    pages.put("table-locked", page("end the session that holds the lock", "终止持锁会话", new Felt()));
    pages.put("retry-storm", page("take the setting back", "恢复原配置", new Felt()));
    pages.put(
        "cache-stampede",
        page("let the cache keep again; it fills with what is asked", "恢复缓存，随访问逐步回填", new Felt()));
    pages.put("dependency-down", page("the outside system answers again", "外部系统恢复", new Felt()));
    pages.put(
        "business-failures", page("correct the rule that declines", "修正拒绝规则", new Declined()));
    pages.put("certificate-expired", page("renew the certificate", "续签证书", new Felt()));
    pages.put(
        "poison-message",
        page(
            "let the consumer skip or digest the message",
            "使消费者跳过或能处理该消息",
            new Rises("kafka_consumergroup_lag", 20),
            new Rises("kafka_consumer_failed_attempts_total", 20)));
    pages.put(
        "gc-storm",
        page(
            "bound the cache and allocate as before",
            "限制缓存并恢复分配速率",
            new Felt(),
            new Rises("jvm_gc_duration_seconds_sum", 5)));
    pages.put(
        "heap-leak",
        page(
            "free what is held; the next process starts empty",
            "释放泄漏，新进程从空堆开始",
            new Ended("Error")));
    pages.put(
        "threads-exhausted",
        page(
            "give threads back; the restarted process has all",
            "归还线程，重启后线程池恢复",
            new Warning("Unhealthy"),
            new Ended("Error")));
    pages.put(
        "connections-exhausted", page("give connections back and restart", "归还连接并重启", new Felt()));
    pages.put(
        "deadlock",
        page(
            "order the locks; the restarted process is free",
            "统一加锁顺序，重启后解除",
            new Warning("Unhealthy"),
            new Ended("Error")));
    pages.put(
        "oom-killed",
        page(
            "stop the leak; the next process starts small",
            "停止堆外泄漏，新进程从小开始",
            new Ended("OOMKilled")));
    pages.put("cpu-throttled", page("put the limit back", "恢复 CPU 限额", new Felt()));
    pages.put("crash-loop", page("roll the release back", "回滚版本", new Waiting("CrashLoopBackOff")));
    pages.put("image-pull", page("roll the release back", "回滚版本", new Waiting("ImagePullBackOff")));
    pages.put(
        "probe-wrong",
        page("correct the probe's answer", "修正探针应答", new Felt(), new Warning("Unhealthy")));
    pages.put(
        "files-exhausted",
        page(
            "close the files; the next process has none open",
            "关闭文件，新进程无遗留",
            new Warning("Unhealthy"),
            new Ended("Error")));
    pages.put(
        "disk-full",
        page("stop the writing; eviction frees the room", "停止写入，驱逐后空间释放", new Warning("Evicted")));
    pages.put("clock-skewed", page("set the clock", "校准时钟", new Felt()));
    pages.put(
        "quota-exceeded",
        page("put the quota back", "恢复配额", new Warning("FailedCreate", "exceeded quota")));
    pages.put(
        "unschedulable", page("put the request back", "恢复资源请求", new Warning("FailedScheduling")));
    pages.put(
        "drain-blocked",
        page(
            "let the budget allow one, or stop the drain",
            "放宽 PDB 或停止排空",
            new Status("policy/v1", "PodDisruptionBudget", "/status/disruptionsAllowed", "0")));
    pages.put(
        "hpa-misconfigured", page("let the autoscaler scale again", "恢复 HPA 上下限", new Felt()));
    pages.put("selector-wrong", page("correct the selector", "修正选择器", new Felt()));
    pages.put("port-wrong", page("correct the port", "修正端口", new Felt()));
    pages.put(
        "config-missing",
        page(
            "create the configuration map again",
            "重建 ConfigMap",
            new Waiting("CreateContainerConfigError")));
    pages.put(
        "webhook-timeout",
        page(
            "delete the webhook's configuration, or bring the webhook back",
            "删除 Webhook 配置或恢复其服务",
            new Warning("FailedCreate", "context deadline exceeded")));
    pages.put("dns-down", page("scale the resolver out again", "恢复 DNS 副本", new Felt()));
    pages.put("pod-loss", page("mend the pod's path", "修复该 Pod 的网络路径", new Felt()));
    pages.put("zone-latency", page("mend the line", "修复链路", new Felt()));
    pages.put(
        "bandwidth",
        page(
            "stop the copy",
            "停止备份传输",
            new Felt(),
            new Rises("node_network_transmit_bytes_total", 10)));
    pages.put("dns-slow", page("mend the resolver", "修复 DNS", new Felt()));
    pages.put(
        "conntrack-full",
        page(
            "end what fills the table, or enlarge it",
            "清理连接来源或扩大连接跟踪表",
            new Felt(),
            new Rises("node_nf_conntrack_entries", 10),
            new Rises("node_nf_conntrack_stat_drop", 10)));
    pages.put(
        "mtu-wrong",
        page(
            "set the packet size back",
            "恢复 MTU",
            new Felt(),
            new Falls("node_network_mtu_bytes", 0.9)));
    pages.put("zone-partition", page("mend the line", "修复链路", new Felt()));
    pages.put(
        "memory-pressure",
        page(
            "end the process",
            "结束占用进程",
            new Felt(),
            new Rises("node_pressure_memory_waiting_seconds_total", 10)));
    pages.put("kubelet-down", page("start the kubelet", "启动 kubelet", new NodeNotReady()));
    pages.put(
        "noisy-neighbour",
        page("end the process", "结束占用进程", new Felt(), new Rises("node_load1", 3)));
    pages.put(
        "disk-slow",
        page(
            "replace the disk",
            "更换磁盘",
            new Felt(),
            new Rises("node_disk_io_time_seconds_total", 10),
            new Rises("node_disk_io_time_weighted_seconds_total", 10),
            new Rises("node_disk_read_time_seconds_total", 10)));
    pages.put(
        "disk-failing",
        page(
            "replace the disk",
            "更换磁盘",
            new Felt(),
            new Rises("smartctl_device_media_errors", 5),
            new Rises("smartctl_device_pending_sectors", 10)));
    pages.put(
        "memory-errors",
        page(
            "replace the memory module",
            "更换内存条",
            new Rises("node_edac_correctable_errors_total", 100)));
    pages.put(
        "nic-errors",
        page(
            "replace the card or its cable",
            "更换网卡或线缆",
            new Felt(),
            new Rises("node_network_receive_errs_total", 20)));
    pages.put(
        "thermal-throttle",
        page(
            "clean or replace the cooling",
            "清理或更换散热",
            new Felt(),
            new Rises("node_cpu_package_throttles_total", 5),
            new Falls("node_cpu_scaling_frequency_hertz", 0.8)));
    pages.put(
        "power-cap",
        page(
            "lift the limit",
            "取消功耗上限",
            new Felt(),
            new Falls("node_cpu_scaling_frequency_hertz", 0.8)));
    pages.put("node-lost", page("power the node on", "重新上电", new NodeNotReady()));
    pages.put("surge", page("scale out, or let the wave pass", "扩容或等待回落", new Felt()));
    pages.put(
        "hot-key",
        page("spread the account's bookings, or let the wave pass", "分散热点账户入账或等待回落", new Felt()));
    pages.put("crawler", page("keep the crawler out", "拦截爬虫", new Felt()));
    return Map.copyOf(pages);
  }

  private static Page page(String cure, String chineseCure, Symptom... shows) {
    return new Page(List.of(shows), cure, chineseCure);
  }
}
