package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.bank.BankProcess;
import io.bridgewatch.drill.cluster.RunningContainer;
import io.bridgewatch.drill.machine.Disk;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.runtime.ContainerProcess.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A kubelet's {@code /stats/summary}. */
final class SummaryPage {

  private static final JsonMapper JSON = JsonMapper.shared();

  private SummaryPage() {}

  static String of(
      String node, List<RunningContainer> containers, Machine machine, Instant now, Instant boot) {
    ObjectNode page = JSON.createObjectNode();
    ObjectNode top = page.putObject("node").put("nodeName", node);
    top.put("startTime", boot.toString());
    cpu(top, now, (long) machine.cpu().busyNanos());
    top.putObject("memory")
        .put("time", now.toString())
        .put("availableBytes", (long) machine.memory().availableBytes())
        .put("usageBytes", (long) machine.memory().usedBytes())
        .put("workingSetBytes", (long) machine.memory().usedBytes())
        .put("majorPageFaults", machine.memory().majorFaults());
    var network = top.putObject("network").put("time", now.toString());
    network.put("name", machine.nic().name());
    traffic(
        network,
        (long) machine.nic().receivedBytes(),
        machine.nic().receiveErrors(),
        (long) machine.nic().sentBytes(),
        0);
    filesystem(top.putObject("fs"), machine.rootDisk(), now, (long) machine.rootDisk().usedBytes());
    var pods = page.putArray("pods");
    byPod(containers).values().forEach(own -> pods.add(pod(own, machine, now)));
    return JSON.writeValueAsString(page);
  }

  private static Map<String, List<RunningContainer>> byPod(List<RunningContainer> containers) {
    var pods = new LinkedHashMap<String, List<RunningContainer>>();
    for (RunningContainer one : containers) {
      pods.computeIfAbsent(one.podUid(), uid -> new ArrayList<>()).add(one);
    }
    return pods;
  }

  private static ObjectNode pod(List<RunningContainer> containers, Machine machine, Instant now) {
    RunningContainer first = containers.getFirst();
    ObjectNode pod = JSON.createObjectNode();
    pod.putObject("podRef")
        .put("name", first.pod())
        .put("namespace", first.namespace())
        .put("uid", first.podUid());
    pod.put("startTime", first.startedAt().toString());
    var list = pod.putArray("containers");
    long cpu = 0;
    long memory = 0;
    long disk = 0;
    long received = 0;
    long sent = 0;
    int processes = 0;
    for (RunningContainer one : containers) {
      Usage usage = one.process().usage();
      ObjectNode container = list.addObject().put("name", one.container());
      container.put("startTime", one.startedAt().toString());
      cpu(container, now, usage.cpuNanos());
      memory(
          container,
          now,
          usage.workingSetBytes(),
          usage.rssBytes(),
          one.process() instanceof BankProcess own ? own.start().memoryLimitBytes() : 0);
      filesystem(container.putObject("rootfs"), machine.rootDisk(), now, usage.fsUsedBytes());
      cpu += usage.cpuNanos();
      memory += usage.workingSetBytes();
      disk += usage.fsUsedBytes();
      received += usage.networkReceivedBytes();
      sent += usage.networkSentBytes();
      processes += usage.processes();
    }
    cpu(pod, now, cpu);
    memory(pod, now, memory, memory, 0);
    var network = pod.putObject("network").put("time", now.toString()).put("name", "eth0");
    traffic(network, received, 0, sent, 0);
    filesystem(pod.putObject("ephemeral-storage"), machine.rootDisk(), now, disk);
    pod.putObject("process_stats").put("process_count", processes);
    return pod;
  }

  private static void cpu(ObjectNode into, Instant now, long nanos) {
    into.putObject("cpu").put("time", now.toString()).put("usageCoreNanoSeconds", nanos);
  }

  private static void memory(
      ObjectNode into, Instant now, long workingSet, long resident, long limit) {
    ObjectNode memory = into.putObject("memory").put("time", now.toString());
    if (limit > 0) {
      memory.put("availableBytes", Math.max(0, limit - workingSet));
    }
    memory
        .put("usageBytes", workingSet)
        .put("workingSetBytes", workingSet)
        .put("rssBytes", resident);
  }

  private static void traffic(
      ObjectNode into, long received, long receiveErrors, long sent, long sendErrors) {
    into.put("rxBytes", received)
        .put("rxErrors", receiveErrors)
        .put("txBytes", sent)
        .put("txErrors", sendErrors);
  }

  private static void filesystem(ObjectNode into, Disk disk, Instant now, long used) {
    into.put("time", now.toString())
        .put("availableBytes", (long) Math.max(0, disk.capacityBytes() - disk.usedBytes()))
        .put("capacityBytes", disk.capacityBytes())
        .put("usedBytes", used);
  }
}
