package io.bridgewatch.detect;

import io.bridgewatch.detect.MachineSource.Family;
import io.bridgewatch.detect.MachineSource.Quantity;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes {@link MachineSign}s of what exporters count: the time of an operation of the time and the
 * number of all operations, a utilisation of the time without work, and so on.
 *
 * <ol>
 *   <li>Series that tell of a machine are grouped by the machine and by who measured. Samples less
 *       than {@link #NEAREST_MILLIS} apart, as of two exporters on one machine, are thinned out.
 *   <li>Each sign is computed from samples of the same moment, so that a page that was missed makes
 *       a hole and never a wrong number.
 *   <li>Disks and network cards are devices of the machine, what their file systems show is theirs;
 *       loops, virtual cards and file systems in memory are passed over.
 *   <li>Where several exporters measure the same, one of them counts.
 * </ol>
 *
 * <p>A machine is named by {@code k8s.node.name}, else {@code host.name}; series that name none
 * stay as they are. The same series give the same signs, whatever their order.
 */
public final class MachineSigns {

  static final long NEAREST_MILLIS = 4_000;

  /** Operations a second below which a mean says nothing. */
  private static final double LEAST_OPERATIONS = 0.5;

  private static final List<String> PROCESSORS =
      List.of("coretemp", "k10temp", "zenpower", "cpu", "pkg", "package");

  /** Who measured: the resource tells two exporters apart. */
  private record Origin(Family family, Attributes resource) {}

  private final Attributes machine;
  private final Map<Quantity, Map<String, List<Series>>> byQuantity;
  private final long[] times;
  private final Map<SeriesKey, Series> signs;

  private MachineSigns(
      Attributes machine,
      Map<Quantity, Map<String, List<Series>>> byQuantity,
      long[] times,
      Map<SeriesKey, Series> signs) {
    this.machine = machine;
    this.byQuantity = byQuantity;
    this.times = times;
    this.signs = signs;
  }

  /** Whether signs of machines are made of metrics of that name. */
  public static boolean isSource(String metric) {
    return MachineSource.isOne(metric);
  }

  /** What series of that metric have to be like to be of use, so that no others are read. */
  public static Optional<AttributeMatch> needed(String metric) {
    return MachineSource.needed(metric);
  }

  /** All series, with the signs in place of what they are made of. */
  public static List<Series> made(List<Series> series) {
    var rest = new ArrayList<Series>(series.size());
    var origins =
        new TreeMap<Origin, List<Series>>(
            Comparator.comparing(Origin::family).thenComparing(Origin::resource));
    for (Series one : series) {
      if (!MachineSource.isOne(one.key().metric()) || machine(one.key().resource()).isEmpty()) {
        rest.add(one);
        continue;
      }
      MachineSource.of(one.key())
          .map(source -> new Origin(source.family(), one.key().resource()))
          .ifPresent(origin -> origins.computeIfAbsent(origin, k -> new ArrayList<>()).add(one));
    }
    if (origins.isEmpty()) {
      return series;
    }
    var signs = new LinkedHashMap<SeriesKey, Series>();
    origins.forEach(
        (origin, measured) ->
            new MachineSigns(
                    machine(origin.resource).orElseThrow(),
                    byQuantity(measured),
                    times(measured),
                    signs)
                .make());
    rest.addAll(signs.values());
    return List.copyOf(rest);
  }

  private static Optional<Attributes> machine(Attributes resource) {
    Attributes cluster =
        resource
            .get(AttributeNames.CLUSTER)
            .map(name -> Attributes.of(AttributeNames.CLUSTER, name))
            .orElse(Attributes.none());
    return resource
        .get(AttributeNames.NODE)
        .or(() -> resource.get(AttributeNames.HOST))
        .map(node -> cluster.with(AttributeNames.NODE, node));
  }

  private static Map<Quantity, Map<String, List<Series>>> byQuantity(List<Series> measured) {
    var sorted = new ArrayList<>(measured);
    sorted.sort(Comparator.comparing(Series::key));
    var byQuantity = new EnumMap<Quantity, Map<String, List<Series>>>(Quantity.class);
    for (Series one : sorted) {
      MachineSource source = MachineSource.of(one.key()).orElseThrow();
      part(source, one.key())
          .ifPresent(
              part ->
                  byQuantity
                      .computeIfAbsent(source.quantity(), k -> new TreeMap<>())
                      .computeIfAbsent(part, k -> new ArrayList<>())
                      .add(one));
    }
    return byQuantity;
  }

  /** What the series is about; empty if that is nothing to be watched. */
  private static Optional<String> part(MachineSource source, SeriesKey key) {
    String name = source.partOf(key);
    return switch (source.quantity()) {
      case DISK_OPERATIONS,
          DISK_OPERATION_SECONDS,
          DISK_BUSY_SECONDS,
          DISK_WAITED_SECONDS,
          DISK_ERRORS,
          DISK_BAD_SECTORS ->
          Devices.disk(name);
      case FILESYSTEM_BYTES, FILESYSTEM_FREE_BYTES, FILESYSTEM_READ_ONLY ->
          Devices.below(key).map(disk -> disk + " " + key.point().getOr("mountpoint", ""));
      case NETWORK_RECEIVED_BYTES,
          NETWORK_SENT_BYTES,
          NETWORK_BYTES_PER_SECOND,
          NETWORK_ERRORS,
          NETWORK_DROPPED ->
          Devices.card(name);
      case DISK_STALLED_SECONDS,
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
          MEMORY_ERRORS_UNCORRECTED ->
          Optional.of(name);
    };
  }

  private static long[] times(List<Series> measured) {
    var all = new TreeSet<Long>();
    for (Series one : measured) {
      for (long time : one.times()) {
        all.add(time);
      }
    }
    var kept = new ArrayList<Long>();
    for (long time : all) {
      if (kept.isEmpty() || time - kept.getLast() >= NEAREST_MILLIS) {
        kept.add(time);
      }
    }
    return kept.stream().mapToLong(Long::longValue).toArray();
  }

  private void make() {
    disks();
    filesystems();
    network();
    processors();
    temperatures();
    memory();
  }

  private void disks() {
    for (String disk : parts(Quantity.DISK_OPERATIONS)) {
      device(
          MachineSign.DISK_OPERATION_DURATION,
          disk,
          rates(Quantity.DISK_OPERATION_SECONDS, disk)
              .over(rates(Quantity.DISK_OPERATIONS, disk), LEAST_OPERATIONS));
    }
    for (String disk : parts(Quantity.DISK_BUSY_SECONDS)) {
      device(
          MachineSign.DISK_UTILIZATION,
          disk,
          rates(Quantity.DISK_BUSY_SECONDS, disk).each(MachineSigns::share));
    }
    ratesOfDevices(MachineSign.DISK_QUEUE_LENGTH, Quantity.DISK_WAITED_SECONDS);
    ratesOfDevices(MachineSign.DISK_ERRORS, Quantity.DISK_ERRORS);
    for (String disk : parts(Quantity.DISK_BAD_SECTORS)) {
      device(MachineSign.DISK_BAD_SECTORS, disk, sum(Quantity.DISK_BAD_SECTORS, disk));
    }
    ofMachine(
        MachineSign.DISK_PRESSURE, rates(Quantity.DISK_STALLED_SECONDS).each(MachineSigns::share));
  }

  private void filesystems() {
    for (String part : parts(Quantity.FILESYSTEM_BYTES)) {
      filesystem(
          MachineSign.FILESYSTEM_UTILIZATION,
          part,
          sum(Quantity.FILESYSTEM_FREE_BYTES, part)
              .over(sum(Quantity.FILESYSTEM_BYTES, part), 1)
              .each(free -> share(1 - free)));
    }
    for (String part : parts(Quantity.FILESYSTEM_READ_ONLY)) {
      filesystem(
          MachineSign.FILESYSTEM_READ_ONLY,
          part,
          sum(Quantity.FILESYSTEM_READ_ONLY, part).each(MachineSigns::share));
    }
  }

  private void network() {
    for (String card : parts(Quantity.NETWORK_BYTES_PER_SECOND)) {
      device(
          MachineSign.NETWORK_UTILIZATION,
          card,
          rates(Quantity.NETWORK_RECEIVED_BYTES, card)
              .with(rates(Quantity.NETWORK_SENT_BYTES, card), Math::max)
              .over(sum(Quantity.NETWORK_BYTES_PER_SECOND, card), 1)
              .each(MachineSigns::share));
    }
    ratesOfDevices(MachineSign.NETWORK_ERRORS, Quantity.NETWORK_ERRORS);
    ratesOfDevices(MachineSign.NETWORK_DROPPED, Quantity.NETWORK_DROPPED);
    ofMachine(MachineSign.NETWORK_RETRANSMITTED, rates(Quantity.NETWORK_RETRANSMITTED));
    ofMachine(
        MachineSign.CONNECTIONS_UTILIZATION,
        sum(Quantity.CONNECTIONS)
            .over(sum(Quantity.CONNECTIONS_MOST), 1)
            .each(MachineSigns::share));
    ofMachine(MachineSign.CONNECTIONS_DROPPED, rates(Quantity.CONNECTIONS_DROPPED));
  }

  private void processors() {
    int cores = parts(Quantity.CPU_IDLE_SECONDS).size();
    Measured busy =
        rates(Quantity.CPU_IDLE_SECONDS).each(idle -> share(1 - idle / Math.max(1, cores)));
    ofMachine(MachineSign.CPU_UTILIZATION, busy);
    Measured hertz = sum(Quantity.CPU_HERTZ);
    Measured promised = sum(Quantity.CPU_MOST_HERTZ);
    double most =
        promised.isEmpty() ? hertz.highest() : Math.max(hertz.highest(), promised.highest());
    ofMachine(
        MachineSign.CPU_CLOCK_LOSS, busy.with(hertz, (used, now) -> used * share(1 - now / most)));
    ofMachine(
        MachineSign.CPU_PRESSURE, rates(Quantity.CPU_STALLED_SECONDS).each(MachineSigns::share));
    ofMachine(MachineSign.CPU_THROTTLES, rates(Quantity.CPU_THROTTLES));
  }

  private void temperatures() {
    for (String sensor : parts(Quantity.CRITICAL_CELSIUS)) {
      boolean processor = PROCESSORS.stream().anyMatch(sensor::contains);
      add(
          processor ? MachineSign.CPU_TEMPERATURE : MachineSign.TEMPERATURE,
          machine,
          Attributes.of("sensor", sensor),
          sum(Quantity.CELSIUS, sensor).over(sum(Quantity.CRITICAL_CELSIUS, sensor), 1));
    }
  }

  private void memory() {
    ofMachine(
        MachineSign.MEMORY_UTILIZATION,
        sum(Quantity.MEMORY_FREE_BYTES)
            .over(sum(Quantity.MEMORY_BYTES), 1)
            .each(free -> share(1 - free)));
    ofMachine(
        MachineSign.MEMORY_PRESSURE,
        rates(Quantity.MEMORY_STALLED_SECONDS).each(MachineSigns::share));
    ofMachine(MachineSign.MEMORY_FAULTS, rates(Quantity.MEMORY_FAULTS));
    ofMachine(MachineSign.MEMORY_KILLS, rates(Quantity.MEMORY_KILLS));
    ofMachine(MachineSign.MEMORY_ERRORS_CORRECTED, rates(Quantity.MEMORY_ERRORS_CORRECTED));
    ofMachine(MachineSign.MEMORY_ERRORS_UNCORRECTED, rates(Quantity.MEMORY_ERRORS_UNCORRECTED));
  }

  private void ratesOfDevices(MachineSign sign, Quantity quantity) {
    for (String device : parts(quantity)) {
      device(sign, device, rates(quantity, device));
    }
  }

  private Set<String> parts(Quantity quantity) {
    return byQuantity.getOrDefault(quantity, Map.of()).keySet();
  }

  private Measured rates(Quantity quantity) {
    return sum(quantity).rates();
  }

  private Measured rates(Quantity quantity, String part) {
    return sum(quantity, part).rates();
  }

  private Measured sum(Quantity quantity) {
    return Measured.sum(
        byQuantity.getOrDefault(quantity, Map.of()).values().stream()
            .flatMap(List::stream)
            .toList(),
        times);
  }

  private Measured sum(Quantity quantity, String part) {
    return Measured.sum(
        byQuantity.getOrDefault(quantity, Map.of()).getOrDefault(part, List.of()), times);
  }

  private void device(MachineSign sign, String device, Measured measured) {
    add(sign, machine.with(AttributeNames.DEVICE, device), Attributes.none(), measured);
  }

  private void filesystem(MachineSign sign, String part, Measured measured) {
    int space = part.indexOf(' ');
    add(
        sign,
        machine.with(AttributeNames.DEVICE, part.substring(0, space)),
        Attributes.of("system.filesystem.mountpoint", part.substring(space + 1)),
        measured);
  }

  private void ofMachine(MachineSign sign, Measured measured) {
    add(sign, machine, Attributes.none(), measured);
  }

  private void add(MachineSign sign, Attributes resource, Attributes point, Measured measured) {
    if (!measured.isEmpty()) {
      var key = new SeriesKey(resource, sign.metric(), sign.unit(), MetricKind.GAUGE, point);
      signs.putIfAbsent(key, new Series(key, measured.times(), measured.values()));
    }
  }

  private static double share(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
