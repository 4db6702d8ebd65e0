package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.bank.BankProcess;
import io.bridgewatch.drill.cluster.RunningContainer;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.runtime.ContainerProcess.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a kubelet tells of its containers: cadvisor's page, the shorter one of resources, and how
 * probes ended.
 */
final class ContainerPages {

  private ContainerPages() {}

  /** A container with what its cgroup counts, read once for all families. */
  private record Measured(RunningContainer container, Usage usage) {

    String[] labels() {
      return new String[] {
        "container", container.container(),
        "id", cgroup(),
        "image", container.image(),
        "name", plainId(),
        "namespace", container.namespace(),
        "pod", container.pod()
      };
    }

    String cgroup() {
      return "/kubepods/burstable/pod%s/%s".formatted(container.podUid(), plainId());
    }

    double cpuLimitCores() {
      return container.process() instanceof BankProcess own ? own.start().cpuLimitCores() : 0;
    }

    long memoryLimitBytes() {
      return container.process() instanceof BankProcess own ? own.start().memoryLimitBytes() : 0;
    }

    private String plainId() {
      String id = container.containerId();
      return id.substring(id.indexOf("//") + 2);
    }
  }

  static String cadvisor(
      List<RunningContainer> containers, Machine machine, Instant now, double upSeconds) {
    var page = new Exposition();
    List<Measured> measured = measured(containers);
    long at = now.toEpochMilli();
    counter(page, "container_cpu_usage_seconds_total", "Cumulative cpu time consumed in seconds.");
    page.timed(machine.cpu().busyNanos() / 1e9, at, root("cpu", "total"));
    each(page, measured, at, usage -> usage.cpuNanos() / 1e9, "cpu", "total");
    counter(
        page, "container_cpu_cfs_periods_total", "Number of elapsed enforcement period intervals.");
    each(page, limited(measured), at, Usage::periods);
    counter(
        page, "container_cpu_cfs_throttled_periods_total", "Number of throttled period intervals.");
    each(page, limited(measured), at, Usage::throttledPeriods);
    counter(
        page,
        "container_cpu_cfs_throttled_seconds_total",
        "Total time duration the container has been throttled.");
    each(page, limited(measured), at, usage -> usage.throttledNanos() / 1e9);
    gauge(page, "container_memory_working_set_bytes", "Current working set in bytes.");
    page.timed(Math.rint(machine.memory().usedBytes()), at, root());
    each(page, measured, at, Usage::workingSetBytes);
    gauge(page, "container_memory_rss", "Size of RSS in bytes.");
    each(page, measured, at, Usage::rssBytes);
    gauge(
        page,
        "container_memory_usage_bytes",
        "Current memory usage in bytes, including all memory regardless of when it was accessed");
    each(page, measured, at, Usage::workingSetBytes);
    gauge(page, "container_processes", "Number of processes running inside the container.");
    each(page, measured, at, Usage::processes);
    gauge(page, "container_file_descriptors", "Number of open file descriptors for the container.");
    each(page, measured, at, Usage::fileDescriptors);
    counter(
        page,
        "container_oom_events_total",
        "Count of out of memory events observed for the container");
    page.timed(machine.memory().kills(), at, root());
    limits(page, measured, at);
    disks(page, measured, machine, at);
    network(page, measured, machine, at);
    gauge(
        page,
        "container_start_time_seconds",
        "Start time of the container since unix epoch in seconds.");
    page.timed(Math.rint(now.getEpochSecond() - upSeconds), at, root());
    for (Measured one : measured) {
      page.timed(one.container().startedAt().getEpochSecond(), at, one.labels());
    }
    return page.text();
  }

  private static void limits(Exposition page, List<Measured> measured, long at) {
    gauge(page, "container_spec_memory_limit_bytes", "Memory limit for the container.");
    for (Measured one : measured) {
      page.timed(one.memoryLimitBytes(), at, one.labels());
    }
    gauge(page, "container_spec_cpu_quota", "CPU quota of the container.");
    for (Measured one : limited(measured)) {
      page.timed(Math.rint(one.cpuLimitCores() * 100_000), at, one.labels());
    }
    gauge(page, "container_spec_cpu_period", "CPU period of the container.");
    for (Measured one : limited(measured)) {
      page.timed(100_000, at, one.labels());
    }
  }

  private static void disks(Exposition page, List<Measured> measured, Machine machine, long at) {
    String device = "/dev/" + machine.rootDisk().name();
    gauge(
        page,
        "container_fs_usage_bytes",
        "Number of bytes that are consumed by the container on this filesystem.");
    page.timed(Math.rint(machine.rootDisk().usedBytes()), at, root("device", device));
    each(page, measured, at, Usage::fsUsedBytes, "device", device);
    gauge(
        page,
        "container_fs_limit_bytes",
        "Number of bytes that can be consumed by the container on this filesystem.");
    page.timed(machine.rootDisk().capacityBytes(), at, root("device", device));
    counter(page, "container_fs_reads_bytes_total", "Cumulative count of bytes read");
    each(page, measured, at, Usage::fsReadBytes, "device", device);
    counter(page, "container_fs_writes_bytes_total", "Cumulative count of bytes written");
    each(page, measured, at, Usage::fsWriteBytes, "device", device);
  }

  private static void network(Exposition page, List<Measured> measured, Machine machine, long at) {
    String nic = machine.nic().name();
    counter(page, "container_network_receive_bytes_total", "Cumulative count of bytes received");
    page.timed(Math.rint(machine.nic().receivedBytes()), at, root("interface", nic));
    eachPod(page, measured, at, Usage::networkReceivedBytes);
    counter(
        page, "container_network_transmit_bytes_total", "Cumulative count of bytes transmitted");
    page.timed(Math.rint(machine.nic().sentBytes()), at, root("interface", nic));
    eachPod(page, measured, at, Usage::networkSentBytes);
    counter(
        page,
        "container_network_receive_errors_total",
        "Cumulative count of errors encountered while receiving");
    page.timed(machine.nic().receiveErrors(), at, root("interface", nic));
    eachPod(page, measured, at, Usage::networkReceiveErrors);
    counter(
        page,
        "container_network_receive_packets_dropped_total",
        "Cumulative count of packets dropped while receiving");
    page.timed(machine.nic().receiveDrops(), at, root("interface", nic));
  }

  static String resource(List<RunningContainer> containers, Machine machine, Instant now) {
    var page = new Exposition();
    List<Measured> measured = measured(containers);
    long at = now.toEpochMilli();
    counter(
        page,
        "container_cpu_usage_seconds_total",
        "[STABLE] Cumulative cpu time consumed by the container in core-seconds");
    eachShort(page, measured, at, usage -> usage.cpuNanos() / 1e9);
    gauge(
        page,
        "container_memory_working_set_bytes",
        "[STABLE] Current working set of the container in bytes");
    eachShort(page, measured, at, Usage::workingSetBytes);
    gauge(
        page,
        "container_start_time_seconds",
        "[STABLE] Start time of the container since unix epoch in seconds");
    for (Measured one : measured) {
      page.sample(one.container().startedAt().toEpochMilli() / 1e3, shortLabels(one));
    }
    counter(
        page,
        "node_cpu_usage_seconds_total",
        "[STABLE] Cumulative cpu time consumed by the node in core-seconds");
    page.timed(machine.cpu().busyNanos() / 1e9, at);
    gauge(
        page, "node_memory_working_set_bytes", "[STABLE] Current working set of the node in bytes");
    page.timed(Math.rint(machine.memory().usedBytes()), at);
    counter(
        page,
        "pod_cpu_usage_seconds_total",
        "[STABLE] Cumulative cpu time consumed by the pod in core-seconds");
    pods(measured, usage -> usage.cpuNanos() / 1e9)
        .forEach((one, sum) -> page.timed(sum, at, "namespace", one.namespace(), "pod", one.pod()));
    gauge(page, "pod_memory_working_set_bytes", "[STABLE] Current working set of the pod in bytes");
    pods(measured, Usage::workingSetBytes)
        .forEach((one, sum) -> page.timed(sum, at, "namespace", one.namespace(), "pod", one.pod()));
    gauge(
        page,
        "resource_scrape_error",
        "[STABLE] 1 if there was an error while getting container metrics, 0 otherwise");
    page.sample(0);
    return page.text();
  }

  private record PodName(String namespace, String pod) {}

  private static Map<PodName, Double> pods(List<Measured> measured, ToDoubleFunction<Usage> value) {
    var sums = new LinkedHashMap<PodName, Double>();
    for (Measured one : measured) {
      sums.merge(
          new PodName(one.container().namespace(), one.container().pod()),
          value.applyAsDouble(one.usage()),
          Double::sum);
    }
    return sums;
  }

  static String probes(List<RunningContainer> containers) {
    var page = new Exposition();
    counter(
        page,
        "prober_probe_total",
        "[BETA] Cumulative number of a liveness, readiness or startup probe for a container by result.");
    for (RunningContainer container : containers) {
      for (RunningContainer.ProbeCount probe : container.probes()) {
        probe(page, container, probe.kind(), "successful", probe.successful());
        probe(page, container, probe.kind(), "failed", probe.failed());
      }
    }
    return page.text();
  }

  private static void probe(
      Exposition page, RunningContainer container, String kind, String result, long count) {
    page.sample(
        count,
        "container",
        container.container(),
        "namespace",
        container.namespace(),
        "pod",
        container.pod(),
        "pod_uid",
        container.podUid(),
        "probe_type",
        kind,
        "result",
        result);
  }

  // Helpers

  private static List<Measured> measured(List<RunningContainer> containers) {
    return containers.stream().map(one -> new Measured(one, one.process().usage())).toList();
  }

  private static List<Measured> limited(List<Measured> measured) {
    return measured.stream().filter(one -> one.cpuLimitCores() > 0).toList();
  }

  private static void counter(Exposition page, String name, String help) {
    page.counter(name, help);
  }

  private static void gauge(Exposition page, String name, String help) {
    page.gauge(name, help);
  }

  private static void each(
      Exposition page,
      List<Measured> measured,
      long at,
      ToDoubleFunction<Usage> value,
      String... more) {
    for (Measured one : measured) {
      page.timed(value.applyAsDouble(one.usage()), at, joined(one.labels(), more));
    }
  }

  private static void eachShort(
      Exposition page, List<Measured> measured, long at, ToDoubleFunction<Usage> value) {
    for (Measured one : measured) {
      page.timed(value.applyAsDouble(one.usage()), at, shortLabels(one));
    }
  }

  /** Network belongs to a pod; cadvisor tells it of the sandbox. */
  private static void eachPod(
      Exposition page, List<Measured> measured, long at, ToDoubleFunction<Usage> value) {
    pods(measured, value)
        .forEach(
            (pod, sum) ->
                page.timed(
                    sum,
                    at,
                    "container",
                    "",
                    "image",
                    "registry.k8s.io/pause:3.10",
                    "interface",
                    "eth0",
                    "namespace",
                    pod.namespace(),
                    "pod",
                    pod.pod()));
  }

  private static String[] shortLabels(Measured one) {
    return new String[] {
      "container", one.container().container(),
      "namespace", one.container().namespace(),
      "pod", one.container().pod()
    };
  }

  private static String[] root(String... more) {
    return joined(
        new String[] {
          "container", "", "id", "/", "image", "", "name", "", "namespace", "", "pod", ""
        },
        more);
  }

  private static String[] joined(String[] one, String... other) {
    var both = new String[one.length + other.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
