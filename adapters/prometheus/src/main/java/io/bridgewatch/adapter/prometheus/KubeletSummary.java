package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a kubelet's {@code /stats/summary}: what its node, pods, containers, volumes and network
 * interfaces use, under the names of OpenTelemetry's Kubernetes conventions.
 *
 * <p>With {@code P} for {@code container}, {@code k8s.pod}, {@code k8s.node} or {@code
 * k8s.node.system_container}:
 *
 * <table>
 * <caption>fields to metrics</caption>
 * <tr><td>{@code cpu.usageCoreNanoSeconds, usageNanoCores}</td>
 *     <td>{@code P.cpu.time} (s), {@code P.cpu.usage} ({cpu})</td></tr>
 * <tr><td>{@code memory.availableBytes, usageBytes, workingSetBytes, rssBytes, pageFaults,
 *     majorPageFaults}</td><td>{@code P.memory.available, usage, working_set, rss, page_faults,
 *     major_page_faults}</td></tr>
 * <tr><td>{@code rootfs} of a container, {@code ephemeral-storage} of a pod, {@code fs} of a
 *     node</td><td>{@code P.filesystem.available, capacity, usage} (By) and {@code
 *     P.filesystem.inode.count, free, used}</td></tr>
 * <tr><td>{@code network.interfaces} of a pod or node</td><td>{@code P.network.io, errors} by
 *     {@code network.interface.name} and {@code network.io.direction}</td></tr>
 * <tr><td>{@code volume} of a pod</td><td>{@code k8s.pod.volume.available, capacity, usage} and
 *     {@code k8s.pod.volume.inode.count, free, used} by {@code k8s.volume.name}</td></tr>
 * </table>
 *
 * <p>Each sample has the time at which the kubelet measured. Fields that are absent, as on nodes
 * without swap or limits, make no sample. Not safe for use by several threads.
 */
public final class KubeletSummary {
  private static final double NANO = 1e-9;
  private static final int MOST_BYTES = 32 << 20;

  /** A number of the summary and the metric that it becomes. */
  private record Field(String name, String metric, String unit, MetricKind kind, double scale) {}

  private static final List<Field> CPU =
      List.of(
          new Field("usageCoreNanoSeconds", "cpu.time", "s", MetricKind.CUMULATIVE, NANO),
          new Field("usageNanoCores", "cpu.usage", "{cpu}", MetricKind.GAUGE, NANO));
  private static final List<Field> MEMORY =
      List.of(
          bytes("availableBytes", "memory.available"),
          bytes("usageBytes", "memory.usage"),
          bytes("workingSetBytes", "memory.working_set"),
          bytes("rssBytes", "memory.rss"),
          new Field("pageFaults", "memory.page_faults", "{fault}", MetricKind.CUMULATIVE, 1),
          new Field(
              "majorPageFaults", "memory.major_page_faults", "{fault}", MetricKind.CUMULATIVE, 1));
  private static final List<Field> FILESYSTEM = space("filesystem");
  private static final List<Field> VOLUME = space("volume");
  private static final List<Field> RECEIVED =
      List.of(
          new Field("rxBytes", "network.io", "By", MetricKind.CUMULATIVE, 1),
          new Field("rxErrors", "network.errors", "{error}", MetricKind.CUMULATIVE, 1));
  private static final List<Field> TRANSMITTED =
      List.of(
          new Field("txBytes", "network.io", "By", MetricKind.CUMULATIVE, 1),
          new Field("txErrors", "network.errors", "{error}", MetricKind.CUMULATIVE, 1));

  private final Attributes node;
  private Set<SeriesKey> before = Set.of();
  private SampleBatch.Builder samples = SampleBatch.builder();
  private Set<SeriesKey> seen = new LinkedHashSet<>();
  private RejectionCounts rejected = new RejectionCounts();
  private long scrapeMillis;

  /**
   * @param node what is known of the node, such as its cluster
   */
  public KubeletSummary(Attributes node) {
    this.node = node;
  }

  /**
   * Reads one summary.
   *
   * @param body of which at most 32 MiB are read; not closed
   * @param atMillis the time of samples that say none, since 1970-01-01T00:00Z
   * @throws IOException if the stream does
   */
  public ScrapedPage read(InputStream body, long atMillis) throws IOException {
    samples = SampleBatch.builder();
    seen = new LinkedHashSet<>();
    rejected = new RejectionCounts();
    scrapeMillis = atMillis;
    boolean complete = false;
    try {
      KubernetesObject summary = JsonTree.read(body, MOST_BYTES);
      complete = summary.object("node").isPresent();
      if (complete) {
        readNode(summary.object("node").orElseThrow());
        Attributes onNode = nodeAttributes(summary.object("node").orElseThrow());
        summary.list("pods").forEach(pod -> readPod(onNode, pod));
      } else {
        rejected.add(IntakeReason.NOT_METRICS);
      }
    } catch (JsonTree.InvalidException e) {
      rejected.add(e.reason());
    }
    return new ScrapedPage(
        samples.build(), List.of(), complete ? vanished() : List.of(), complete, rejected.toMap());
  }

  /** The series of the last summary, when the kubelet has gone; after this they count as told. */
  public List<SeriesKey> allGone() {
    var gone = List.copyOf(before);
    before = Set.of();
    return gone;
  }

  private List<SeriesKey> vanished() {
    var vanished = new ArrayList<>(before);
    vanished.removeAll(seen);
    before = seen;
    return vanished;
  }

  private Attributes nodeAttributes(KubernetesObject stats) {
    return stats.text("nodeName").map(name -> node.with(AttributeNames.NODE, name)).orElse(node);
  }

  private void readNode(KubernetesObject stats) {
    Attributes resource = nodeAttributes(stats);
    readUse(stats, "k8s.node.", resource, Attributes.none());
    add(stats.object("fs"), "k8s.node.", FILESYSTEM, resource, Attributes.none());
    readNetwork(stats, "k8s.node.", resource);
    for (KubernetesObject part : stats.list("systemContainers")) {
      named(part.text("name"))
          .ifPresent(
              name ->
                  readUse(
                      part,
                      "k8s.node.system_container.",
                      resource,
                      Attributes.of("k8s.node.system_container.name", name)));
    }
  }

  private void readPod(Attributes onNode, KubernetesObject stats) {
    var name = stats.text("podRef", "name");
    var namespace = stats.text("podRef", "namespace");
    if (name.isEmpty() || namespace.isEmpty()) {
      rejected.add(IntakeReason.ENTRY_INVALID);
      return;
    }
    Attributes pod =
        onNode
            .with(AttributeNames.NAMESPACE, namespace.get())
            .with(AttributeNames.POD, name.get())
            .with(
                stats
                    .text("podRef", "uid")
                    .map(uid -> Attributes.of(AttributeNames.POD_UID, uid))
                    .orElse(Attributes.none()));
    readUse(stats, "k8s.pod.", pod, Attributes.none());
    add(stats.object("ephemeral-storage"), "k8s.pod.", FILESYSTEM, pod, Attributes.none());
    readNetwork(stats, "k8s.pod.", pod);
    for (KubernetesObject volume : stats.list("volume")) {
      named(volume.text("name"))
          .ifPresent(
              volumeName ->
                  add(Optional.of(volume), "k8s.pod.", VOLUME, pod, place(volume, volumeName)));
    }
    for (KubernetesObject part : stats.list("containers")) {
      named(part.text("name"))
          .ifPresent(
              containerName -> {
                Attributes container = pod.with(AttributeNames.CONTAINER, containerName);
                readUse(part, "container.", container, Attributes.none());
                add(part.object("rootfs"), "container.", FILESYSTEM, container, Attributes.none());
              });
    }
  }

  private static Attributes place(KubernetesObject volume, String name) {
    Attributes place = Attributes.of("k8s.volume.name", name);
    return volume
        .text("pvcRef", "name")
        .map(claim -> place.with(AttributeNames.PERSISTENT_VOLUME_CLAIM, claim))
        .orElse(place);
  }

  private Optional<String> named(Optional<String> name) {
    if (name.isEmpty()) {
      rejected.add(IntakeReason.ENTRY_INVALID);
    }
    return name;
  }

  private void readUse(
      KubernetesObject stats, String prefix, Attributes resource, Attributes point) {
    add(stats.object("cpu"), prefix, CPU, resource, point);
    add(stats.object("memory"), prefix, MEMORY, resource, point);
  }

  private void readNetwork(KubernetesObject stats, String prefix, Attributes resource) {
    var time = stats.text("network", "time");
    for (KubernetesObject one : stats.list("network", "interfaces")) {
      named(one.text("name"))
          .ifPresent(
              name -> {
                add(one, time, prefix, RECEIVED, resource, direction(name, "receive"));
                add(one, time, prefix, TRANSMITTED, resource, direction(name, "transmit"));
              });
    }
  }

  private static Attributes direction(String name, String direction) {
    return Attributes.ofSorted("network.interface.name", name, "network.io.direction", direction);
  }

  private void add(
      Optional<KubernetesObject> stats,
      String prefix,
      List<Field> fields,
      Attributes resource,
      Attributes point) {
    stats.ifPresent(found -> add(found, found.text("time"), prefix, fields, resource, point));
  }

  private void add(
      KubernetesObject stats,
      Optional<String> time,
      String prefix,
      List<Field> fields,
      Attributes resource,
      Attributes point) {
    long millis = time.isPresent() ? millis(time.get()) : scrapeMillis;
    for (Field field : fields) {
      var number = stats.number(field.name);
      if (number.isEmpty()) {
        continue;
      }
      var key = new SeriesKey(resource, prefix + field.metric, field.unit, field.kind, point);
      if (!Double.isFinite(number.get())) {
        rejected.add(IntakeReason.VALUE_INVALID);
      } else if (!seen.add(key)) {
        rejected.add(IntakeReason.DUPLICATE_SAMPLE);
      } else {
        samples.add(key, millis, number.get() * field.scale);
      }
    }
  }

  private long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      rejected.add(IntakeReason.TIMESTAMP_INVALID);
      return scrapeMillis;
    }
  }

  private static Field bytes(String name, String metric) {
    return new Field(name, metric, "By", MetricKind.GAUGE, 1);
  }

  private static List<Field> space(String what) {
    return List.of(
        bytes("availableBytes", what + ".available"),
        bytes("capacityBytes", what + ".capacity"),
        bytes("usedBytes", what + ".usage"),
        new Field("inodes", what + ".inode.count", "{inode}", MetricKind.GAUGE, 1),
        new Field("inodesFree", what + ".inode.free", "{inode}", MetricKind.GAUGE, 1),
        new Field("inodesUsed", what + ".inode.used", "{inode}", MetricKind.GAUGE, 1));
  }
}
