package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.machine.Disk;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.machine.Nic;
import io.bridgewatch.drill.machine.Sensors;
import java.time.Instant;

/**
 * What a node exporter tells of its machine: CPU, memory, disks, network, and the sensors of hwmon,
 * EDAC, RAPL, NVMe and SMART.
 */
final class NodeExporterPage {

  private NodeExporterPage() {}

  static String of(Machine machine, Instant now, double upSeconds) {
    var page = new Exposition();
    system(page, machine, now, upSeconds);
    memory(page, machine);
    disks(page, machine);
    network(page, machine);
    sensors(page, machine);
    return page.text();
  }

  private static void system(Exposition page, Machine machine, Instant now, double upSeconds) {
    int cores = machine.cpu().cores();
    double busy = machine.cpu().busyNanos() / 1e9;
    page.counter("node_cpu_seconds_total", "Seconds the CPUs spent in each mode.");
    for (int core = 0; core < cores; core++) {
      double share = busy / cores;
      String name = Integer.toString(core);
      page.sample(Math.max(0, upSeconds - share), "cpu", name, "mode", "idle");
      page.sample(0.82 * share, "cpu", name, "mode", "user");
      page.sample(0.18 * share, "cpu", name, "mode", "system");
    }
    page.gauge("node_cpu_scaling_frequency_hertz", "Current scaled CPU thread frequency in hertz.");
    for (int core = 0; core < cores; core++) {
      page.sample(Math.rint(2.9e9 * machine.cpu().speed()), "cpu", Integer.toString(core));
    }
    page.counter(
            "node_cpu_package_throttles_total",
            "Number of times this CPU package has been throttled.")
        .sample(machine.sensors().throttleEvents(), "package", "0");
    page.gauge("node_load1", "1m load average.").sample(machine.load1());
    page.gauge("node_boot_time_seconds", "Node boot time, in unixtime.")
        .sample(Math.rint(now.getEpochSecond() - upSeconds));
    page.gauge("node_time_seconds", "System time in seconds since epoch (1970).")
        .sample(now.toEpochMilli() / 1e3);
    page.gauge("node_nf_conntrack_entries", "Number of currently allocated flow entries.")
        .sample(Math.rint(machine.conntrack().entries()));
    page.gauge("node_nf_conntrack_entries_limit", "Maximum size of connection tracking table.")
        .sample(machine.conntrack().maximum().value());
    page.counter(
            "node_nf_conntrack_stat_drop", "Number of packets dropped due to conntrack failure.")
        .sample(machine.conntrack().drops());
  }

  private static void memory(Exposition page, Machine machine) {
    page.gauge("node_memory_MemTotal_bytes", "Memory information field MemTotal_bytes.")
        .sample(machine.memory().totalBytes());
    page.gauge("node_memory_MemAvailable_bytes", "Memory information field MemAvailable_bytes.")
        .sample(Math.rint(machine.memory().availableBytes()));
    page.counter("node_vmstat_oom_kill", "/proc/vmstat information field oom_kill.")
        .sample(machine.memory().kills());
    page.counter("node_vmstat_pgmajfault", "/proc/vmstat information field pgmajfault.")
        .sample(machine.memory().majorFaults());
    page.counter(
            "node_pressure_memory_waiting_seconds_total",
            "Total time in seconds that processes have waited for memory")
        .sample(machine.memory().stalledNanos() / 1e9);
  }

  private static void disks(Exposition page, Machine machine) {
    page.counter(
        "node_disk_reads_completed_total", "The total number of reads completed successfully.");
    machine.disks().forEach(disk -> page.sample(disk.reads(), "device", disk.name()));
    page.counter(
        "node_disk_writes_completed_total", "The total number of writes completed successfully.");
    machine.disks().forEach(disk -> page.sample(disk.writes(), "device", disk.name()));
    page.counter("node_disk_read_bytes_total", "The total number of bytes read successfully.");
    machine.disks().forEach(disk -> page.sample(disk.readBytes(), "device", disk.name()));
    page.counter(
        "node_disk_written_bytes_total", "The total number of bytes written successfully.");
    machine.disks().forEach(disk -> page.sample(disk.writtenBytes(), "device", disk.name()));
    page.counter(
        "node_disk_read_time_seconds_total", "The total number of seconds spent by all reads.");
    machine.disks().forEach(disk -> page.sample(disk.readNanos() / 1e9, "device", disk.name()));
    page.counter(
        "node_disk_write_time_seconds_total",
        "This is the total number of seconds spent by all writes.");
    machine.disks().forEach(disk -> page.sample(disk.writeNanos() / 1e9, "device", disk.name()));
    page.counter("node_disk_io_time_seconds_total", "Total seconds spent doing I/Os.");
    machine.disks().forEach(disk -> page.sample(disk.busyNanos() / 1e9, "device", disk.name()));
    page.counter(
        "node_disk_io_time_weighted_seconds_total", "The weighted # of seconds spent doing I/Os.");
    machine.disks().forEach(disk -> page.sample(disk.waitedNanos() / 1e9, "device", disk.name()));
    page.gauge("node_filesystem_size_bytes", "Filesystem size in bytes.");
    machine.disks().forEach(disk -> page.sample(disk.capacityBytes(), filesystem(disk, machine)));
    page.gauge(
        "node_filesystem_avail_bytes", "Filesystem space available to non-root users in bytes.");
    machine
        .disks()
        .forEach(
            disk ->
                page.sample(
                    Math.rint(Math.max(0, disk.capacityBytes() - disk.usedBytes())),
                    filesystem(disk, machine)));
    page.gauge(
        "smartctl_device_media_errors",
        "Contains the number of occurrences where the controller detected an unrecovered data integrity error.");
    machine.disks().forEach(disk -> page.sample(disk.mediaErrors(), "device", disk.name()));
    page.gauge("smartctl_device_reallocated_sectors", "Raw value of SMART attribute 5.");
    machine.disks().forEach(disk -> page.sample(disk.reallocatedSectors(), "device", disk.name()));
    page.gauge("smartctl_device_pending_sectors", "Raw value of SMART attribute 197.");
    machine
        .disks()
        .forEach(disk -> page.sample(disk.pendingSectors().value(), "device", disk.name()));
    page.gauge("smartctl_device_temperature_celsius", "Device temperature celsius.");
    machine
        .disks()
        .forEach(
            disk -> page.sample(tenths(machine.sensors().diskCelsius()), "device", disk.name()));
  }

  private static String[] filesystem(Disk disk, Machine machine) {
    return new String[] {
      "device",
      "/dev/" + disk.name(),
      "fstype",
      "ext4",
      "mountpoint",
      disk == machine.rootDisk() ? "/" : "/var/lib/volumes/" + disk.name()
    };
  }

  private static void network(Exposition page, Machine machine) {
    Nic nic = machine.nic();
    page.counter("node_network_receive_bytes_total", "Network device statistic receive_bytes.")
        .sample(Math.rint(nic.receivedBytes()), "device", nic.name());
    page.counter("node_network_transmit_bytes_total", "Network device statistic transmit_bytes.")
        .sample(Math.rint(nic.sentBytes()), "device", nic.name());
    page.counter("node_network_receive_packets_total", "Network device statistic receive_packets.")
        .sample(nic.receivedPackets(), "device", nic.name());
    page.counter(
            "node_network_transmit_packets_total", "Network device statistic transmit_packets.")
        .sample(nic.sentPackets(), "device", nic.name());
    page.counter("node_network_receive_errs_total", "Network device statistic receive_errs.")
        .sample(nic.receiveErrors(), "device", nic.name());
    page.counter("node_network_receive_drop_total", "Network device statistic receive_drop.")
        .sample(nic.receiveDrops(), "device", nic.name());
    page.gauge("node_network_speed_bytes", "Network device property: speed_bytes")
        .sample(nic.speedBitsPerSecond() / 8, "device", nic.name());
    page.gauge("node_network_mtu_bytes", "Network device property: mtu_bytes")
        .sample(nic.mtu().value(), "device", nic.name());
    page.counter("node_netstat_Tcp_RetransSegs", "Statistic TcpRetransSegs.")
        .sample(machine.retransmits());
  }

  private static void sensors(Exposition page, Machine machine) {
    Sensors sensors = machine.sensors();
    page.gauge("node_hwmon_temp_celsius", "Hardware monitor for temperature (input)")
        .sample(tenths(sensors.packageCelsius()), "chip", "platform_coretemp_0", "sensor", "temp1")
        .sample(tenths(sensors.memoryCelsius()), "chip", "i2c_0_jc42_0", "sensor", "temp1")
        .sample(tenths(sensors.diskCelsius()), "chip", "nvme_nvme0", "sensor", "temp1");
    page.gauge("node_hwmon_temp_crit_celsius", "Hardware monitor for temperature (crit)")
        .sample(100, "chip", "platform_coretemp_0", "sensor", "temp1")
        .sample(95, "chip", "i2c_0_jc42_0", "sensor", "temp1")
        .sample(84, "chip", "nvme_nvme0", "sensor", "temp1");
    page.gauge("node_hwmon_fan_rpm", "Hardware monitor for fan revolutions per minute (input)")
        .sample(Math.rint(sensors.fanRpm()), "chip", "platform_nct6775_656", "sensor", "fan1");
    page.counter("node_rapl_package_joules_total", "Current RAPL package value in joules")
        .sample(sensors.packageJoules(), "index", "0", "path", "/sys/class/powercap/intel-rapl:0");
    page.counter("node_rapl_dram_joules_total", "Current RAPL dram value in joules")
        .sample(sensors.memoryJoules(), "index", "0", "path", "/sys/class/powercap/intel-rapl:0:0");
    page.counter("node_edac_correctable_errors_total", "Total correctable memory errors.")
        .sample(sensors.correctableErrors(), "controller", "0");
    page.counter("node_edac_uncorrectable_errors_total", "Total uncorrectable memory errors.")
        .sample(sensors.uncorrectableErrors(), "controller", "0");
  }

  /** As sensors tell. */
  private static double tenths(double value) {
    return Math.rint(value * 10) / 10;
  }
}
