package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is made of counters of machines. */
class MachineSignsTest {

  private static final Attributes NODE = Attributes.of(AttributeNames.NODE, "n1");
  private static final Attributes EXPORTER =
      NODE.with(AttributeNames.POD, "agent-7").with(AttributeNames.NAMESPACE, "infra");
  private static final long STEP = 15_000;
  private static final int SAMPLES = 8;

  private final List<Series> raw = new ArrayList<>();

  @Test
  void theTimeOfAnOperationIsTimeOverOperations() {
    counter("node_disk_reads_completed_total", "device", "sdb", 40);
    counter("node_disk_writes_completed_total", "device", "sdb", 60);
    counter("node_disk_read_time_seconds_total", "device", "sdb", 0.1);
    counter("node_disk_write_time_seconds_total", "device", "sdb", 0.4);
    Series made = only(MachineSign.DISK_OPERATION_DURATION);
    assertThat(made.values()).hasSize(SAMPLES - 1).satisfies(all(0.005));
    assertThat(EntityRef.emitter(made.key().resource()))
        .contains(
            new EntityRef(
                EntityType.DEVICE,
                Attributes.of(AttributeNames.NODE, "n1", AttributeNames.DEVICE, "sdb")));
  }

  @Test
  void aDiskThatDoesNextToNothingHasNoMeanTime() {
    counter("node_disk_reads_completed_total", "device", "sdb", 0.01);
    counter("node_disk_read_time_seconds_total", "device", "sdb", 0.01);
    assertThat(made(MachineSign.DISK_OPERATION_DURATION)).isEmpty();
  }

  @Test
  void aCounterThatBeginsAnewLeavesAHole() {
    add("node_disk_io_time_seconds_total", "device", "sda", t -> t < 4 ? 100 + 3 * t : 3 * (t - 4));
    assertThat(only(MachineSign.DISK_UTILIZATION).values())
        .hasSize(SAMPLES - 2)
        .satisfies(all(0.2));
  }

  @Test
  void whatWasMadeOfIsGoneAndAllElseStays() {
    counter("node_disk_io_time_seconds_total", "device", "sda", 0.1);
    counter("node_cpu_seconds_total", "mode", "user", 0.1);
    counter("http_requests_total", "code", "200", 5);
    assertThat(MachineSigns.made(raw))
        .extracting(series -> series.key().metric())
        .containsExactlyInAnyOrder("http_requests_total", MachineSign.DISK_UTILIZATION.metric());
  }

  @Test
  void twoExportersOfOneMachineTellOnce() {
    counter("node_network_receive_errs_total", "device", "eth0", 2);
    for (Series one : List.copyOf(raw)) {
      raw.add(
          new Series(
              new SeriesKey(
                  NODE.with(AttributeNames.POD, "other-3"),
                  one.key().metric(),
                  "",
                  one.key().kind(),
                  one.key().point()),
              one.times(),
              one.values()));
    }
    assertThat(only(MachineSign.NETWORK_ERRORS).values()).satisfies(all(2));
  }

  @Test
  void samplesOfTwoExportersInOneSeriesAreThinnedOut() {
    var key = key("node_network_receive_errs_total", "device", "eth0", MetricKind.CUMULATIVE);
    var times = new long[2 * SAMPLES];
    var values = new double[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      times[2 * i] = i * STEP;
      times[2 * i + 1] = i * STEP + 200;
      values[2 * i] = 30 * i;
      values[2 * i + 1] = 30 * i + 5; // read later than it says
    }
    raw.add(new Series(key, times, values));
    assertThat(only(MachineSign.NETWORK_ERRORS).values()).hasSize(SAMPLES - 1).satisfies(all(2));
  }

  @Test
  void endsOfPodsNetworksAndLoopsAreNoDevices() {
    for (String card : List.of("lo", "veth1a2b", "cali99", "cni0")) {
      counter("node_network_receive_errs_total", "device", card, 2);
    }
    counter("node_disk_io_time_seconds_total", "device", "loop0", 0.5);
    assertThat(MachineSigns.made(raw)).isEmpty();
  }

  @Test
  void aFileSystemIsOnADisk() {
    for (String device : List.of("/dev/sdb1", "/dev/nvme0n1p2", "/dev/mapper/vg-data", "tmpfs")) {
      gauge("node_filesystem_size_bytes", "device", device, 1000);
      gauge("node_filesystem_avail_bytes", "device", device, 100);
    }
    assertThat(made(MachineSign.FILESYSTEM_UTILIZATION))
        .allSatisfy(series -> assertThat(series.value(0)).isCloseTo(0.9, within(1e-12)))
        .extracting(series -> series.key().resource().getOr(AttributeNames.DEVICE, ""))
        .containsExactlyInAnyOrder("sdb", "nvme0n1", "vg-data");
  }

  @Test
  void aClockThatFallsUnderLoadIsPowerLost() {
    for (String cpu : List.of("0", "1")) {
      idle(cpu, 0.25);
      add(
          "node_cpu_scaling_frequency_hertz",
          "cpu",
          cpu,
          MetricKind.GAUGE,
          t -> t < 4 ? 3e9 : 1.5e9);
    }
    assertThat(only(MachineSign.CPU_UTILIZATION).values()).satisfies(all(0.75));
    var lost = only(MachineSign.CPU_CLOCK_LOSS).values();
    assertThat(lost[0]).isZero();
    assertThat(lost[SAMPLES - 2]).isCloseTo(0.375, within(1e-12));
  }

  @Test
  void aClockThatFallsWithNothingToDoIsNoneLost() {
    idle("0", 1);
    add("node_cpu_scaling_frequency_hertz", "cpu", "0", MetricKind.GAUGE, t -> t < 4 ? 3e9 : 8e8);
    assertThat(only(MachineSign.CPU_CLOCK_LOSS).values()).containsOnly(0.0);
  }

  @Test
  void aTemperatureIsAShareOfItsOwnCriticalOne() {
    sensor("node_hwmon_temp_celsius", "platform_coretemp_0", 90);
    sensor("node_hwmon_temp_crit_celsius", "platform_coretemp_0", 100);
    sensor("node_hwmon_temp_celsius", "i2c_0_jc42_0", 38);
    sensor("node_hwmon_temp_crit_celsius", "i2c_0_jc42_0", 95);
    assertThat(only(MachineSign.CPU_TEMPERATURE).value(0)).isCloseTo(0.9, within(1e-12));
    assertThat(only(MachineSign.TEMPERATURE).value(0)).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void theCollectorsHostMetricsTellTheSame() {
    for (String direction : List.of("read", "write")) {
      add(host("system.disk.operations", "system.device", "sdb", direction), t -> 750 * t);
      add(host("system.disk.operation_time", "system.device", "sdb", direction), t -> 1.5 * t);
    }
    Series made = only(MachineSign.DISK_OPERATION_DURATION);
    assertThat(made.values()).satisfies(all(0.002));
    assertThat(made.key().resource())
        .isEqualTo(Attributes.of(AttributeNames.NODE, "n9", AttributeNames.DEVICE, "sdb"));
  }

  @Test
  void aCardThatTheKubeletKnowsTooIsToldOnce() {
    counter("node_network_receive_errs_total", "device", "eth0", 2);
    var point = Attributes.of("network.interface.name", "eth0", "network.io.direction", "receive");
    add(
        new SeriesKey(NODE, "k8s.node.network.errors", "{error}", MetricKind.CUMULATIVE, point),
        t -> 7 * t * STEP / 1000);
    assertThat(only(MachineSign.NETWORK_ERRORS).values()).satisfies(all(2));
    raw.removeFirst();
    assertThat(only(MachineSign.NETWORK_ERRORS).values()).satisfies(all(7));
  }

  @Test
  void theOrderOfTheSeriesChangesNothing() {
    counter("node_disk_reads_completed_total", "device", "sdb", 40);
    counter("node_disk_writes_completed_total", "device", "sdb", 60);
    counter("node_disk_read_time_seconds_total", "device", "sdb", 0.1);
    counter("node_disk_write_time_seconds_total", "device", "sdb", 0.4);
    idle("0", 0.5);
    idle("1", 0.7);
    var made = MachineSigns.made(raw);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(raw, new Random(seed));
      assertThat(MachineSigns.made(raw)).isEqualTo(made);
    }
  }

  private static Consumer<double[]> all(double wanted) {
    return values -> assertThat(values).usingComparatorWithPrecision(1e-12).containsOnly(wanted);
  }

  private Series only(MachineSign sign) {
    var made = made(sign);
    assertThat(made).as(sign.metric()).hasSize(1);
    return made.getFirst();
  }

  private List<Series> made(MachineSign sign) {
    return MachineSigns.made(raw).stream()
        .filter(series -> series.key().metric().equals(sign.metric()))
        .toList();
  }

  private void counter(String metric, String label, String value, double aSecond) {
    add(metric, label, value, t -> aSecond * t * STEP / 1000);
  }

  private void idle(String cpu, double share) {
    var point = Attributes.of("cpu", cpu, "mode", "idle");
    add(
        new SeriesKey(EXPORTER, "node_cpu_seconds_total", "s", MetricKind.CUMULATIVE, point),
        t -> share * t * STEP / 1000);
  }

  private void gauge(String metric, String label, String value, double level) {
    add(metric, label, value, MetricKind.GAUGE, t -> level);
  }

  private void sensor(String metric, String chip, double level) {
    var point = Attributes.of("chip", chip, "sensor", "temp1");
    add(new SeriesKey(EXPORTER, metric, "Cel", MetricKind.GAUGE, point), t -> level);
  }

  private static SeriesKey host(String metric, String label, String value, String direction) {
    return new SeriesKey(
        Attributes.of(AttributeNames.HOST, "n9"),
        metric,
        "",
        MetricKind.CUMULATIVE,
        Attributes.of(label, value, "disk.io.direction", direction));
  }

  private void add(String metric, String label, String value, LongToDoubleFunction at) {
    add(metric, label, value, MetricKind.CUMULATIVE, at);
  }

  private void add(
      String metric, String label, String value, MetricKind kind, LongToDoubleFunction at) {
    add(key(metric, label, value, kind), at);
  }

  private static SeriesKey key(String metric, String label, String value, MetricKind kind) {
    return new SeriesKey(EXPORTER, metric, "", kind, Attributes.of(label, value));
  }

  private void add(SeriesKey key, LongToDoubleFunction at) {
    var times = new long[SAMPLES];
    var values = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      times[i] = i * STEP;
      values[i] = at.applyAsDouble(i);
    }
    raw.add(new Series(key, times, values));
  }
}
