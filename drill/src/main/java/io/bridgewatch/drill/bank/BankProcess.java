package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.bank.Telemetry.Severity;
import io.bridgewatch.drill.bank.Telemetry.WrittenLog;
import io.bridgewatch.drill.machine.CpuGroup;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.machine.Memory;
import io.bridgewatch.drill.machine.Network;
import io.bridgewatch.drill.plan.ServicePlan.Client;
import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What runs in a container: its CPU, memory, files, connections and log. */
public abstract sealed class BankProcess implements ContainerProcess, Memory.User
    permits Replica, BatchProcess, IdleProcess {

  static final double MIB = 1 << 20;
  private static final double LOG_KEPT_BYTES = 50 * MIB;

  final Bank bank;
  final Start start;
  final Machine machine;
  final CpuGroup cpu;
  final Network.Port port;
  final RandomGenerator random;
  private final String service;
  private final int number;
  private final Consumer<Exit> exited;
  private final LogBook log = new LogBook();
  private final RequestStats clientStats = new RequestStats();
  private final List<Pool> pools = new ArrayList<>();
  private final StringBuilder text = new StringBuilder(256);
  private double[] traits = {};
  private long traitsSeen = -1;
  private boolean gone;
  private double logBytes;
  private double writtenBytes;
  private double readBytes;
  private double diskWriteBytes;
  private double receivedBytes;
  private double sentBytes;

  BankProcess(
      Bank bank, Start start, String service, String stream, int number, Consumer<Exit> exited) {
    this.bank = bank;
    this.start = start;
    this.service = service;
    this.number = number;
    this.exited = exited;
    this.machine = bank.machine(start.node());
    this.random = bank.simulation().random(stream);
    this.port = bank.network().port(machine, start.podIp());
    double weight = start.cpuRequestCores() > 0 ? start.cpuRequestCores() : 0.01;
    this.cpu = machine.cpu().group(weight, start.cpuLimitCores());
    machine.memory().add(this);
  }

  /** With what it was started. */
  public Start start() {
    return start;
  }

  /** The service or job that it belongs to, as the plan names it. */
  public String service() {
    return service;
  }

  /** Calls that it made, by peer, route and status. */
  public RequestStats clientStats() {
    return clientStats;
  }

  public List<Pool> pools() {
    return List.copyOf(pools);
  }

  /** Whether its process has ended. */
  public boolean isGone() {
    return gone;
  }

  /** Error records that it wrote. */
  public long errorsLogged() {
    return log.errors();
  }

  public long logRecords() {
    return log.written();
  }

  /** What it says of itself when it is asked for nothing in particular. */
  double[] traits() {
    if (traitsSeen != bank.behaviours().changes()) {
      traitsSeen = bank.behaviours().changes();
      traits = bank.behaviours().effective(service, Optional.empty(), start);
    }
    return traits;
  }

  double trait(Trait trait) {
    return traits()[trait.ordinal()];
  }

  int number() {
    return number;
  }

  /** The clock of the process, which may be off. */
  long epochNanos() {
    return bank.epochNanos() + (long) (trait(Trait.CLOCK_SKEW_SECONDS) * 1e9);
  }

  Pool pool(ServiceState peer, Client client) {
    for (Pool pool : pools) {
      if (pool.peerState() == peer) {
        return pool;
      }
    }
    var pool = new Pool(this, peer, client, traits());
    pools.add(pool);
    return pool;
  }

  int openConnections() {
    int sum = 0;
    for (Pool pool : pools) {
      sum += pool.openConnections();
    }
    return sum;
  }

  abstract int fileDescriptors();

  abstract int processes();

  /** Its connections are cut, and nobody tells the peers when silent. */
  abstract void ended(boolean silent);

  void received(long bytes) {
    receivedBytes += bytes;
  }

  void sent(long bytes) {
    sentBytes += bytes;
  }

  void usedDisk(double read, double written) {
    readBytes += read;
    diskWriteBytes += written;
  }

  /**
   * Writes to its own layer.
   *
   * @return whether there was room on the node's disk
   */
  boolean write(double bytes) {
    if (!machine.rootDisk().take(bytes)) {
      return false;
    }
    writtenBytes += bytes;
    diskWriteBytes += bytes;
    return true;
  }

  /** A builder for the text of one record. */
  StringBuilder text() {
    text.setLength(0);
    return text;
  }

  void time(StringBuilder into, long epochNanos) {
    log.time(into, epochNanos);
  }

  /** Writes a record to the log; when the disk is full it is lost. */
  void log(Severity severity, String logger, String line, @Nullable Trace trace, long spanId) {
    if (logBytes < LOG_KEPT_BYTES) {
      if (!machine.rootDisk().take(LogBook.BYTES)) {
        return;
      }
      logBytes += LogBook.BYTES;
    }
    diskWriteBytes += LogBook.BYTES;
    var record =
        new WrittenLog(
            service,
            start,
            epochNanos(),
            severity,
            logger,
            line,
            trace == null ? 0 : trace.high(),
            trace == null ? 0 : trace.low(),
            spanId);
    log.add(record);
    bank.telemetry().log(record);
  }

  /** It ends by itself, or the kernel ends it; the kubelet is told. */
  void exit(int code, String reason, String message) {
    if (!gone) {
      vanish(false);
      exited.accept(new Exit(code, reason, message));
    }
  }

  /** Its machine is gone; nobody is told. */
  void lost() {
    if (!gone) {
      vanish(true);
    }
  }

  private void vanish(boolean silent) {
    gone = true;
    cpu.close();
    machine.memory().remove(this);
    machine.rootDisk().take(-logBytes - writtenBytes);
    pools.forEach(Pool::closeAll);
    bank.ended(this);
    ended(silent);
  }

  @Override
  public void kill() {
    if (!gone) {
      vanish(false);
    }
  }

  @Override
  public void killedForMemory() {
    exit(137, "OOMKilled", "");
  }

  /** Looks after itself now and then: the kernel kills it when it holds more than its limit. */
  void tick() {
    if (start.memoryLimitBytes() > 0 && residentBytes() > start.memoryLimitBytes()) {
      killedForMemory();
    }
  }

  @Override
  public double requestedBytes() {
    return start.memoryRequestBytes();
  }

  @Override
  public Optional<Instant> lastLine() {
    return log.last();
  }

  @Override
  public List<LogLine> log(Instant since, int limit) {
    return log.since(since, limit);
  }

  @Override
  public Usage usage() {
    double resident = gone ? 0 : residentBytes();
    double cached = Math.min(24 * MIB, logBytes + writtenBytes);
    double workingSet =
        start.memoryLimitBytes() > 0
            ? Math.min(start.memoryLimitBytes(), resident + cached)
            : resident + cached;
    return new Usage(
        (long) cpu.cpuNanos(),
        cpu.periods(),
        cpu.throttledPeriods(),
        cpu.throttledNanos(),
        (long) workingSet,
        (long) resident,
        (long) (logBytes + writtenBytes + MIB),
        (long) readBytes,
        (long) diskWriteBytes,
        (long) receivedBytes,
        (long) sentBytes,
        0,
        0,
        gone ? 0 : processes(),
        gone ? 0 : fileDescriptors());
  }
}
