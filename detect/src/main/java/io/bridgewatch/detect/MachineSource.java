package io.bridgewatch.detect;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a metric of an exporter tells of the machine that it runs on: the tables of the exporters'
 * names, all in one place.
 *
 * <p>Known are the node exporter, exporters of SMART, the host metrics of OpenTelemetry's
 * collector, and what a kubelet's summary tells of the node's cards.
 *
 * @param quantity what it measures
 * @param family exporters of one family measure the same once; the first that is there counts
 * @param part labels that tell which device or sensor, the first that is there counts; empty where
 *     it is the machine
 * @param label that must have one of these values for the series to count; empty where all do
 */
record MachineSource(
    Quantity quantity, Family family, List<String> part, String label, Set<String> values) {

  /** What is measured, in seconds, bytes or plain counts. */
  enum Quantity {
    DISK_OPERATIONS,
    DISK_OPERATION_SECONDS,
    DISK_BUSY_SECONDS,
    DISK_WAITED_SECONDS,
    DISK_ERRORS,
    DISK_BAD_SECTORS,
    DISK_STALLED_SECONDS,
    FILESYSTEM_BYTES,
    FILESYSTEM_FREE_BYTES,
    FILESYSTEM_READ_ONLY,
    NETWORK_RECEIVED_BYTES,
    NETWORK_SENT_BYTES,
    NETWORK_BYTES_PER_SECOND,
    NETWORK_ERRORS,
    NETWORK_DROPPED,
    NETWORK_RETRANSMITTED,
    CONNECTIONS,
    CONNECTIONS_MOST,
    CONNECTIONS_DROPPED,
    CPU_IDLE_SECONDS,
    CPU_STALLED_SECONDS,
    CPU_HERTZ,
    CPU_MOST_HERTZ,
    CPU_THROTTLES,
    CELSIUS,
    CRITICAL_CELSIUS,
    MEMORY_BYTES,
    MEMORY_FREE_BYTES,
    MEMORY_STALLED_SECONDS,
    MEMORY_FAULTS,
    MEMORY_KILLS,
    MEMORY_ERRORS_CORRECTED,
    MEMORY_ERRORS_UNCORRECTED
  }

  /** Best first. */
  enum Family {
    NODE_EXPORTER,
    SMART,
    HOST_METRICS,
    KUBELET
  }

  private static final Map<String, List<MachineSource>> BY_METRIC = new HashMap<>();

  private static final List<String> DEVICE =
      List.of("system.device", "device", "network.interface.name", "disk");
  private static final List<String> MACHINE = List.of();
  private static final List<String> SENSOR = List.of("chip", "sensor");

  static {
    disks();
    filesystems();
    network();
    processors();
    memory();
    hostMetrics();
    kubelets();
  }

  private static void disks() {
    exporter(Quantity.DISK_OPERATIONS, DEVICE, "node_disk_reads_completed_total");
    exporter(Quantity.DISK_OPERATIONS, DEVICE, "node_disk_writes_completed_total");
    exporter(Quantity.DISK_OPERATION_SECONDS, DEVICE, "node_disk_read_time_seconds_total");
    exporter(Quantity.DISK_OPERATION_SECONDS, DEVICE, "node_disk_write_time_seconds_total");
    exporter(Quantity.DISK_BUSY_SECONDS, DEVICE, "node_disk_io_time_seconds_total");
    exporter(Quantity.DISK_WAITED_SECONDS, DEVICE, "node_disk_io_time_weighted_seconds_total");
    exporter(Quantity.DISK_STALLED_SECONDS, MACHINE, "node_pressure_io_waiting_seconds_total");
    smart(Quantity.DISK_ERRORS, "smartctl_device_media_errors");
    smart(Quantity.DISK_BAD_SECTORS, "smartctl_device_pending_sectors");
    smart(Quantity.DISK_BAD_SECTORS, "smartctl_device_reallocated_sectors");
    smart(Quantity.DISK_BAD_SECTORS, "smartmon_current_pending_sector_raw_value");
    smart(Quantity.DISK_BAD_SECTORS, "smartmon_reallocated_sector_ct_raw_value");
    smart(Quantity.DISK_BAD_SECTORS, "smartmon_offline_uncorrectable_raw_value");
    add(
        "smartctl_device_attribute",
        new MachineSource(
            Quantity.DISK_BAD_SECTORS,
            Family.SMART,
            DEVICE,
            "attribute_name",
            Set.of("Current_Pending_Sector", "Reallocated_Sector_Ct", "Offline_Uncorrectable")));
  }

  private static void filesystems() {
    exporter(Quantity.FILESYSTEM_BYTES, DEVICE, "node_filesystem_size_bytes");
    exporter(Quantity.FILESYSTEM_FREE_BYTES, DEVICE, "node_filesystem_avail_bytes");
    exporter(Quantity.FILESYSTEM_READ_ONLY, DEVICE, "node_filesystem_readonly");
  }

  private static void network() {
    exporter(Quantity.NETWORK_RECEIVED_BYTES, DEVICE, "node_network_receive_bytes_total");
    exporter(Quantity.NETWORK_SENT_BYTES, DEVICE, "node_network_transmit_bytes_total");
    exporter(Quantity.NETWORK_BYTES_PER_SECOND, DEVICE, "node_network_speed_bytes");
    exporter(Quantity.NETWORK_ERRORS, DEVICE, "node_network_receive_errs_total");
    exporter(Quantity.NETWORK_ERRORS, DEVICE, "node_network_transmit_errs_total");
    exporter(Quantity.NETWORK_DROPPED, DEVICE, "node_network_receive_drop_total");
    exporter(Quantity.NETWORK_DROPPED, DEVICE, "node_network_transmit_drop_total");
    exporter(Quantity.NETWORK_RETRANSMITTED, MACHINE, "node_netstat_Tcp_RetransSegs");
    exporter(Quantity.CONNECTIONS, MACHINE, "node_nf_conntrack_entries");
    exporter(Quantity.CONNECTIONS_MOST, MACHINE, "node_nf_conntrack_entries_limit");
    exporter(Quantity.CONNECTIONS_DROPPED, MACHINE, "node_nf_conntrack_stat_drop");
  }

  private static void processors() {
    add(
        "node_cpu_seconds_total",
        new MachineSource(
            Quantity.CPU_IDLE_SECONDS,
            Family.NODE_EXPORTER,
            List.of("cpu"),
            "mode",
            Set.of("idle", "iowait")));
    exporter(Quantity.CPU_STALLED_SECONDS, MACHINE, "node_pressure_cpu_waiting_seconds_total");
    exporter(Quantity.CPU_HERTZ, List.of("cpu"), "node_cpu_scaling_frequency_hertz");
    exporter(Quantity.CPU_MOST_HERTZ, List.of("cpu"), "node_cpu_scaling_frequency_max_hertz");
    exporter(Quantity.CPU_THROTTLES, MACHINE, "node_cpu_package_throttles_total");
    exporter(Quantity.CPU_THROTTLES, MACHINE, "node_cpu_core_throttles_total");
    exporter(Quantity.CELSIUS, SENSOR, "node_hwmon_temp_celsius");
    exporter(Quantity.CRITICAL_CELSIUS, SENSOR, "node_hwmon_temp_crit_celsius");
  }

  private static void memory() {
    exporter(Quantity.MEMORY_BYTES, MACHINE, "node_memory_MemTotal_bytes");
    exporter(Quantity.MEMORY_FREE_BYTES, MACHINE, "node_memory_MemAvailable_bytes");
    exporter(
        Quantity.MEMORY_STALLED_SECONDS, MACHINE, "node_pressure_memory_waiting_seconds_total");
    exporter(Quantity.MEMORY_FAULTS, MACHINE, "node_vmstat_pgmajfault");
    exporter(Quantity.MEMORY_KILLS, MACHINE, "node_vmstat_oom_kill");
    exporter(Quantity.MEMORY_ERRORS_CORRECTED, MACHINE, "node_edac_correctable_errors_total");
    exporter(Quantity.MEMORY_ERRORS_UNCORRECTED, MACHINE, "node_edac_uncorrectable_errors_total");
  }

  private static void hostMetrics() {
    host(Quantity.DISK_OPERATIONS, DEVICE, "system.disk.operations");
    host(Quantity.DISK_OPERATION_SECONDS, DEVICE, "system.disk.operation_time");
    host(Quantity.DISK_BUSY_SECONDS, DEVICE, "system.disk.io_time");
    host(Quantity.DISK_WAITED_SECONDS, DEVICE, "system.disk.weighted_io_time");
    host(Quantity.NETWORK_ERRORS, DEVICE, "system.network.errors");
    host(Quantity.NETWORK_DROPPED, DEVICE, "system.network.dropped");
    host(Quantity.NETWORK_DROPPED, DEVICE, "system.network.packet.dropped");
    host(Quantity.CONNECTIONS, MACHINE, "system.network.conntrack.count");
    host(Quantity.CONNECTIONS_MOST, MACHINE, "system.network.conntrack.max");
    hostState(Quantity.CPU_IDLE_SECONDS, "system.cpu.time", "idle", "wait");
    add(
        "system.paging.faults",
        new MachineSource(
            Quantity.MEMORY_FAULTS, Family.HOST_METRICS, MACHINE, "type", Set.of("major")));
  }

  private static void kubelets() {
    add("k8s.node.network.errors", plain(Quantity.NETWORK_ERRORS, Family.KUBELET, DEVICE));
  }

  private static void exporter(Quantity quantity, List<String> part, String metric) {
    add(metric, plain(quantity, Family.NODE_EXPORTER, part));
  }

  private static void smart(Quantity quantity, String metric) {
    add(metric, plain(quantity, Family.SMART, DEVICE));
  }

  private static void host(Quantity quantity, List<String> part, String metric) {
    add(metric, plain(quantity, Family.HOST_METRICS, part));
  }

  private static void hostState(Quantity quantity, String metric, String... states) {
    for (String label : List.of("state", "cpu.mode")) {
      add(
          metric,
          new MachineSource(
              quantity,
              Family.HOST_METRICS,
              List.of("cpu", "cpu.logical_number"),
              label,
              Set.of(states)));
    }
  }

  private static MachineSource plain(Quantity quantity, Family family, List<String> part) {
    return new MachineSource(quantity, family, part, "", Set.of());
  }

  private static void add(String metric, MachineSource source) {
    BY_METRIC.merge(
        metric,
        List.of(source),
        (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
  }

  /** Whether metrics of that name tell of a machine. */
  static boolean isOne(String metric) {
    return BY_METRIC.containsKey(metric);
  }

  /** What series of that metric have to be like; empty where all are of use. */
  static Optional<AttributeMatch> needed(String metric) {
    var sources = BY_METRIC.getOrDefault(metric, List.of());
    return sources.size() == 1 && !sources.getFirst().label.isEmpty()
        ? Optional.of(new AttributeMatch.OneOf(sources.getFirst().label, sources.getFirst().values))
        : Optional.empty();
  }

  /** What that series tells; empty if nothing of a machine. */
  static Optional<MachineSource> of(SeriesKey key) {
    return BY_METRIC.getOrDefault(key.metric(), List.of()).stream()
        .filter(source -> source.takes(key))
        .findFirst();
  }

  private boolean takes(SeriesKey key) {
    return label.isEmpty() || values.contains(key.point().getOr(label, ""));
  }

  /** Which device, CPU or sensor the series is about; empty where it is the machine. */
  String partOf(SeriesKey key) {
    if (part.equals(SENSOR)) {
      return key.point().getOr("chip", "") + "/" + key.point().getOr("sensor", "");
    }
    for (String name : part) {
      var value = key.point().get(name);
      if (value.isPresent()) {
        return value.get();
      }
    }
    return "";
  }
}
