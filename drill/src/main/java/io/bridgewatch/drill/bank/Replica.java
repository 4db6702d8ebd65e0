package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.bank.EndpointState.StepState;
import io.bridgewatch.drill.machine.Disk;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Client;
import io.bridgewatch.drill.plan.ServicePlan.Endpoint;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.plan.ServicePlan.Step;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a service: threads that serve, a line before them, and what the kind of its program
 * adds: a heap, row locks, a cache that must fill first.
 */
public final class Replica extends BankProcess {

  /** Open files and connections that a process may have. */
  public static final int FILE_LIMIT = 4_096;

  private static final double PROBE_NANOS = 1_500_000;
  private static final double PROBE_WORK_NANOS = 1_500_000;
  private static final long STUCK_NANOS = 60_000_000_000L;
  private static final long DRAIN_NANOS = 3_000_000_000L;
  private static final double GROWTH_BYTES = 2_048;
  private static final double COLD_EXTRA = 2.5;
  private static final double DECLINED_SHARE = 0.002;

  private enum State {
    STARTING,
    SERVING,
    DRAINING
  }

  private final ServiceState state;
  private final ServicePlan plan;
  private final EndpointState[] endpoints;
  private final int threads;
  private final Queue<Request> waiting = new ArrayDeque<>();
  private final Presence presence;
  private final @Nullable CacheContent content;
  private final RequestStats serverStats = new RequestStats();
  private final @Nullable Heap heap;
  private final @Nullable LockTable locks;
  private final Map<String, String> loggers = new HashMap<>();
  private final long startedNanos;
  private State phase = State.STARTING;
  private long servingSince;
  private int leakedThreads;
  private double leakedFiles;
  private double leakedNative;
  private int connections;
  private boolean deadlocked;
  private long refused;

  Replica(
      Bank bank, Start start, ServiceState state, int number, boolean warm, Consumer<Exit> exited) {
    super(
        bank,
        start,
        state.plan().name(),
        "process/%d/%d".formatted(state.number(), number),
        number,
        exited);
    this.state = state;
    this.plan = state.plan();
    var settings = new Settings(start);
    this.threads =
        Math.max(
            1, (int) Math.round(settings.threads(plan.threads()) * trait(Trait.THREADS_FACTOR)));
    this.startedNanos = bank.simulation().nanos();
    this.presence = new Presence(bank.simulation());
    double heapBytes = settings.heapBytes(plan) * trait(Trait.HEAP_FACTOR);
    this.heap =
        plan.kind().hasHeap() && heapBytes > 0
            ? new Heap(bank.simulation(), cpu, heapBytes, this::collectedAll, this::outOfMemory)
            : null;
    this.content = plan.kind() == Kind.CACHE ? new CacheContent(random, warm ? 1 : 0) : null;
    this.locks = plan.kind() == Kind.DATABASE ? new LockTable(bank.simulation()) : null;
    this.endpoints =
        plan.endpoints().stream()
            .map(endpoint -> new EndpointState(this, endpoint, steps(endpoint)))
            .toArray(EndpointState[]::new);
    if (warm) {
      servingSince = startedNanos - 2 * plan.warmUp().toNanos();
      phase = State.SERVING;
      bank.listens(this);
      serveItself();
    } else {
      startUp();
    }
  }

  private StepState[] steps(Endpoint endpoint) {
    return endpoint.steps().stream().map(this::step).toArray(StepState[]::new);
  }

  private StepState step(Step step) {
    ServiceState peer = bank.service(step.service());
    int route = peer.route(step.route());
    Client client = plan.clients().get(step.service());
    if (client == null) {
      throw new IllegalArgumentException(
          "service %s calls %s, but its plan has no client for it"
              .formatted(plan.name(), step.service()));
    }
    if (!step.asynchronous()) {
      return new StepState(step, pool(peer, client), route, null);
    }
    ServiceState queue = bank.queue();
    return new StepState(step, pool(queue, client), 0, bank.topic(peer, route));
  }

  /** Most of the start is computing, so it takes longer where CPU is short. */
  private void startUp() {
    double nanos = plan.startTime().toNanos() * trait(Trait.START_TIME_FACTOR);
    double computing = plan.kind().hasHeap() ? 0.6 : 0.1;
    bank.spans().started(this);
    cpu.run(
        nanos * computing,
        () ->
            bank.simulation()
                .after(
                    (long) (nanos * (1 - computing)),
                    () -> {
                      if (!isGone() && phase == State.STARTING) {
                        up();
                      }
                    }));
  }

  private void up() {
    if (trait(Trait.CRASH_AT_START) >= 1) {
      bank.spans().crashedAtStart(this);
      exit(1, "Error", "");
      return;
    }
    phase = State.SERVING;
    servingSince = bank.simulation().nanos();
    bank.listens(this);
    bank.spans().listening(this, servingSince - startedNanos);
    serveItself();
  }

  /** A daemon has work of its own. */
  private void serveItself() {
    if (plan.kind() == Kind.AGENT && !plan.endpoints().isEmpty() && !isGone()) {
      var request =
          new Request(answer -> {}, state, 0, bank.untraced(), 0, service(), 0, port, null);
      request.travel(this, 0);
      bank.simulation().after(Duration.ofSeconds(15), this::serveItself);
    }
  }

  /** A request has arrived: it begins, waits, or is turned away. */
  void take(Request request) {
    presence.enters(request);
    if (presence.busy() < threads - leakedThreads) {
      presence.busier(1);
      request.begin(this);
    } else if (waiting.size() < plan.queueLimit()) {
      waiting.add(request);
    } else {
      refused++;
      request.turnedAway(this);
    }
  }

  /** A request is done; the next in line gets its thread. */
  void leave(Request request, boolean hadThread, boolean keepsThread) {
    presence.leaves(request);
    if (!hadThread || isGone()) {
      return;
    }
    presence.busier(-1);
    if (keepsThread) {
      leakedThreads++;
      return;
    }
    Request next = waiting.poll();
    if (next != null) {
      presence.busier(1);
      next.begin(this);
    } else if (phase == State.DRAINING && presence.present() == 0) {
      drained();
    }
  }

  void finished(Request request) {
    long took = bank.simulation().nanos() - request.arrived();
    serverStats.record(
        request.peer(),
        request.endpoint().plan().route(),
        request.status(),
        took,
        Call.REQUEST_BYTES,
        request.responseBytes(),
        request.businessFailed());
    bank.spans().server(this, request, took);
  }

  void logFailure(Request request, Call call, boolean isFatal) {
    bank.spans().failedCall(this, request, call, isFatal);
  }

  @Override
  public ProbeAnswer probe(String path, int asked) {
    if (isGone() || !listens() || asked != plan.kind().port()) {
      return new ProbeAnswer(false, Duration.ofMillis(1), "connection refused");
    }
    double broken = trait(Trait.PROBE_FAILURE_SHARE);
    if (broken > 0 && random.nextDouble() < broken) {
      return new ProbeAnswer(false, Duration.ofMillis(4), "HTTP probe failed with statuscode: 503");
    }
    if (!path.isEmpty() && !path.startsWith("/health")) {
      return new ProbeAnswer(false, Duration.ofMillis(3), "HTTP probe failed with statuscode: 404");
    }
    boolean stuck = deadlocked && presence.busy() >= threads - leakedThreads;
    if (stuck || hasTooManyFiles()) {
      return new ProbeAnswer(false, Duration.ofNanos(STUCK_NANOS), "context deadline exceeded");
    }
    double nanos = PROBE_NANOS + PROBE_WORK_NANOS * cpu.slowness() + cpu.stopLeftNanos();
    if (presence.busy() >= threads - leakedThreads) {
      nanos += meanServiceNanos() * (waiting.size() + 1) / Math.max(1, threads);
      if (leakedThreads >= threads) {
        nanos = STUCK_NANOS;
      }
    }
    return new ProbeAnswer(true, Duration.ofNanos((long) nanos), "HTTP 200");
  }

  private double meanServiceNanos() {
    long served = serverStats.count();
    return served == 0 ? 50e6 : presence.busyNanos() / served;
  }

  @Override
  public void terminate() {
    if (phase == State.DRAINING || isGone()) {
      return;
    }
    bank.simulation()
        .after(
            DRAIN_NANOS,
            () -> {
              if (!isGone()) {
                phase = State.DRAINING;
                bank.stoppedListening();
                if (presence.present() == 0) {
                  drained();
                }
              }
            });
    if (phase == State.STARTING) {
      exit(143, "Error", "");
    }
  }

  private void drained() {
    int code = plan.kind().hasHeap() ? 143 : 0;
    exit(code, code == 0 ? "Completed" : "Error", "");
  }

  /** The program ends itself, with a message on its last line. */
  void crash() {
    bank.spans().crashed(this, "java.lang.InternalError: state of the program is corrupt");
    exit(134, "Error", "");
  }

  private void collectedAll() {
    if (heap != null) {
      bank.spans().collectedAll(this, heap);
    }
  }

  private void outOfMemory() {
    bank.spans().crashed(this, "java.lang.OutOfMemoryError: Java heap space");
    exit(3, "Error", "java.lang.OutOfMemoryError: Java heap space");
  }

  @Override
  void ended(boolean silent) {
    phase = State.DRAINING;
    presence.resetAll(this, silent);
    if (locks != null) {
      locks.close();
    }
    waiting.clear();
  }

  @Override
  void tick() {
    if (locks != null && trait(Trait.TABLE_LOCKED) < 1 && !isTableLocked()) {
      locks.tableFreed();
    }
    super.tick();
  }

  private boolean isTableLocked() {
    for (EndpointState endpoint : endpoints) {
      if (endpoint.traits()[Trait.TABLE_LOCKED.ordinal()] >= 1) {
        return true;
      }
    }
    return false;
  }

  boolean listens() {
    return phase == State.SERVING && !isGone();
  }

  EndpointState endpoint(int route) {
    return endpoints[route];
  }

  /** Names of loggers by part of the program, made once. */
  Map<String, String> loggers() {
    return loggers;
  }

  @Nullable LockTable locks() {
    return locks;
  }

  Disk disk() {
    return machine.volumeDisk();
  }

  void allocate(double bytes, double leaked, double retainedShare) {
    if (heap != null) {
      heap.allocate(bytes, leaked, retainedShare);
    }
  }

  void heapLeft(double bytes) {
    if (heap != null) {
      heap.left(bytes);
    }
  }

  void leak(double files, double nativeBytes) {
    leakedFiles += files;
    leakedNative += nativeBytes;
  }

  /** Code that was just loaded runs slowly: a factor on CPU that falls to 1 while it warms up. */
  double coldFactor() {
    long warmUp = plan.warmUp().toNanos();
    long age = bank.simulation().nanos() - servingSince;
    return age >= 2 * warmUp ? 1 : 1 + COLD_EXTRA * Math.exp(-3.0 * age / warmUp);
  }

  /** A whole number with that mean. */
  int dice(double mean) {
    int whole = (int) mean;
    double rest = mean - whole;
    return rest > 0 && random.nextDouble() < rest ? whole + 1 : whole;
  }

  /** Whether a deadlock catches the request. */
  boolean hangsOn(boolean strikes) {
    deadlocked |= strikes;
    return deadlocked;
  }

  /** Some business is declined on any day: not enough money, a wrong number. */
  boolean declines(EndpointState endpoint) {
    return plan.kind() == Kind.JVM
        && endpoint.steps().length >= 4
        && random.nextDouble() < DECLINED_SHARE;
  }

  /** Whether it is a cache that has no answer; it keeps the next one. */
  boolean misses(int key, double hitFactor) {
    return content != null && content.misses(key, hitFactor);
  }

  /** Writes of a database make its volume grow; false when it is full. */
  boolean grow(int writes) {
    return machine.volumeDisk().take(writes * GROWTH_BYTES);
  }

  void connectionOpened() {
    connections++;
  }

  void connectionClosed() {
    connections--;
  }

  boolean hasTooManyConnections() {
    return plan.kind() == Kind.DATABASE && connections >= maximumConnections();
  }

  boolean hasTooManyFiles() {
    return fileDescriptors() >= FILE_LIMIT;
  }

  public ServicePlan plan() {
    return plan;
  }

  /** Whether it is up and accepts requests. */
  public boolean isServing() {
    return listens();
  }

  /** Requests that it served, by the service that asked, route and status. */
  public RequestStats serverStats() {
    return serverStats;
  }

  public Optional<Heap> heap() {
    return Optional.ofNullable(heap);
  }

  public int threads() {
    return threads;
  }

  /** Threads that serve, or never came back. */
  public int busyThreads() {
    return presence.busy() + leakedThreads;
  }

  /** All threads of the process. */
  public int liveThreads() {
    return (plan.kind().hasHeap() ? 24 : 4)
        + Math.min(threads, presence.busy() + 8)
        + leakedThreads;
  }

  /** Requests that wait for a thread. */
  public int queued() {
    return waiting.size();
  }

  /** Requests that it has taken and not answered, waiting ones included. */
  public int present() {
    return presence.present();
  }

  /** Requests that found no room to wait. */
  public long refused() {
    return refused;
  }

  /** Connections to it that are open. */
  public int connections() {
    return connections;
  }

  /** Of a database: how many connections it allows. */
  public int maximumConnections() {
    return Math.max(1, (int) (plan.queueLimit() * trait(Trait.MAX_CONNECTIONS_FACTOR)));
  }

  /** Of a database: requests that wait for a row. */
  public int waitingForLocks() {
    return locks == null ? 0 : locks.waiting();
  }

  /** Of a database: rows that are locked. */
  public int locksHeld() {
    return locks == null ? 0 : locks.held();
  }

  public long lockTimeouts() {
    return locks == null ? 0 : locks.timeouts();
  }

  /** Of a cache: share of its entries that are filled, between 0 and 1. */
  public double filled() {
    return content == null ? 0 : content.filled();
  }

  /** Empties a cache, as a flush or a common time to live would. */
  public void flush() {
    if (content != null) {
      content.flush();
    }
  }

  /** Requests present, integrated over time: their mean number is this by the time, in ns. */
  public double presentNanos() {
    return presence.presentNanos();
  }

  /** Threads that served, integrated over time. */
  public double busyThreadNanos() {
    return presence.busyNanos();
  }

  @Override
  public double residentBytes() {
    double limit = start.memoryLimitBytes() > 0 ? start.memoryLimitBytes() : 1024 * MIB;
    double base =
        switch (plan.kind()) {
          case JVM, CORE_ADAPTER -> 150 * MIB;
          case NGINX -> 38 * MIB;
          case DATABASE -> 0.4 * limit;
          case CACHE -> 0.1 * limit + 0.35 * limit * filled();
          case QUEUE -> 0.5 * limit;
          case DNS, AGENT -> 26 * MIB;
        };
    double perConnection = plan.kind() == Kind.DATABASE ? 3 * MIB : 0.05 * MIB;
    double held = base + connections * perConnection + liveThreads() * 0.35 * MIB + leakedNative;
    return heap == null ? held : held + heap.committedBytes();
  }

  @Override
  public int fileDescriptors() {
    return 64 + connections + openConnections() + (int) leakedFiles;
  }

  @Override
  int processes() {
    return plan.kind() == Kind.DATABASE ? 8 + connections : 1;
  }
}
