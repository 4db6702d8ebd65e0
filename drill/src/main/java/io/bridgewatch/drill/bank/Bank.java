package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.machine.Network;
import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.JobPlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerRuntime;
import io.bridgewatch.drill.sim.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The bank at work: what kubelets start here computes, calls, fails and dies by its own rules.
 *
 * <p>A container runs the service or job of the plan whose name the container has; others wait. All
 * happens on the thread of the simulation; counters may be read between its events.
 */
public final class Bank implements ContainerRuntime {

  private static final Duration TICK = Duration.ofSeconds(2);
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(90);

  private final Simulation simulation;
  private final BankPlan plan;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Network network;
  private final Telemetry telemetry;
  private final Behaviours behaviours = new Behaviours();
  private final Map<String, ServiceState> services = new LinkedHashMap<>();
  private final Map<String, JobPlan> jobs = new LinkedHashMap<>();
  private final List<BankProcess> processes = new ArrayList<>();
  private final Map<String, Replica> replicasByIp = new LinkedHashMap<>();
  private final Map<Integer, Topic> topics = new LinkedHashMap<>();
  private final Spans spans = new Spans(this);
  private final RandomGenerator traces;
  private final Trace untraced;
  private final long epochNanos;
  private final Load load;
  private Endpoints endpoints;
  private long generation;
  private long spanCount;
  private long serialCount;
  private int jobsStarted;
  private int idleStarted;

  /**
   * @param machines one for each node of the plan
   */
  public Bank(
      Simulation simulation,
      BankPlan plan,
      List<Machine> machines,
      Network network,
      Telemetry telemetry) {
    this.simulation = simulation;
    this.plan = plan;
    this.network = network;
    this.telemetry = telemetry;
    this.traces = simulation.random("traces");
    Instant now = simulation.instant();
    this.epochNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano() - simulation.nanos();
    this.untraced = new Trace(0, 0, false, "-", 1);
    for (Machine machine : machines) {
      this.machines.put(machine.plan().name(), machine);
      machine.whenDown(() -> lost(machine));
    }
    for (ServicePlan service : plan.services()) {
      services.put(service.name(), new ServiceState(this, service, services.size()));
    }
    plan.jobs().forEach(job -> jobs.put(job.name(), job));
    this.endpoints = new Started();
    this.load = new Load(this, plan.transactions());
    simulation.every(TICK, this::tick);
  }

  /** All replicas that were started and listen: what stands in for the cluster's services. */
  private final class Started implements Endpoints {
    private final Map<String, List<Address>> addresses = new LinkedHashMap<>();
    private long seen = -1;

    @Override
    public List<Address> of(String service) {
      if (seen != generation) {
        seen = generation;
        addresses.clear();
      }
      return addresses.computeIfAbsent(
          service,
          name ->
              service(name).replicas().stream()
                  .filter(Replica::listens)
                  .map(one -> new Address(one.start().podIp(), one.plan().kind().port()))
                  .toList());
    }
  }

  /** Tells where calls may go from now on; before, they go to all that listen. */
  public void endpoints(Endpoints known) {
    endpoints = known;
    generation++;
  }

  @Override
  public ContainerProcess start(Start start, Consumer<Exit> exited) {
    return start(start, false, exited);
  }

  @Override
  public ContainerProcess adopt(Start start, Instant since, Consumer<Exit> exited) {
    return start(start, true, exited);
  }

  private ContainerProcess start(Start start, boolean warm, Consumer<Exit> exited) {
    ServiceState service = services.get(start.container());
    BankProcess process;
    if (service != null) {
      var replica = new Replica(this, start, service, service.nextReplica(), warm, exited);
      service.replicas().add(replica);
      replicasByIp.put(start.podIp(), replica);
      generation++;
      process = replica;
    } else if (jobs.get(start.container()) instanceof JobPlan job) {
      process = new BatchProcess(this, start, job, jobsStarted++, exited);
    } else {
      process = new IdleProcess(this, start, idleStarted++, exited);
    }
    processes.add(process);
    return process;
  }

  public BankPlan plan() {
    return plan;
  }

  /** What customers do. */
  public Load load() {
    return load;
  }

  public Behaviours behaviours() {
    return behaviours;
  }

  public Network network() {
    return network;
  }

  /** All processes that have not ended, in the order of their start. */
  public List<BankProcess> processes() {
    return List.copyOf(processes);
  }

  /** The replicas of a service that have not ended, in the order of their start. */
  public List<Replica> replicas(String service) {
    return List.copyOf(service(service).replicas());
  }

  /** The process in a pod's container. */
  public Optional<BankProcess> process(String podUid, String container) {
    return processes.stream()
        .filter(one -> one.start().podUid().equals(podUid))
        .filter(one -> one.start().container().equals(container))
        .findFirst();
  }

  /** Topics to which something was published. */
  public List<Topic> topics() {
    return List.copyOf(topics.values());
  }

  /**
   * @throws IllegalArgumentException if the plan has no such node
   */
  public Machine machine(String node) {
    Machine machine = machines.get(node);
    if (machine == null) {
      throw new IllegalArgumentException(
          "the bank has no node %s; it has %s".formatted(node, machines.keySet()));
    }
    return machine;
  }

  Simulation simulation() {
    return simulation;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  Spans spans() {
    return spans;
  }

  Endpoints endpointsNow() {
    return endpoints;
  }

  /** Changes whenever processes come, begin to listen, or go. */
  long generation() {
    return generation;
  }

  long epochNanos() {
    return epochNanos + simulation.nanos();
  }

  ServiceState service(String name) {
    ServiceState service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException(
          "the bank has no service %s; it has %s".formatted(name, services.keySet()));
    }
    return service;
  }

  /**
   * The service that queues messages.
   *
   * @throws IllegalStateException if the plan has none
   */
  ServiceState queue() {
    return services.values().stream()
        .filter(service -> service.plan().kind() == Kind.QUEUE)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("a service sends messages, but the plan has no queue"));
  }

  Topic topic(ServiceState consumer, int route) {
    return topics.computeIfAbsent(
        consumer.number() * 1_000 + route, key -> new Topic(this, queue(), consumer, route));
  }

  /** The replica that has this address, if the address is right. */
  @Nullable Replica listening(Endpoints.Address address) {
    Replica replica = replicasByIp.get(address.podIp());
    return replica != null && replica.plan().kind().port() == address.port() ? replica : null;
  }

  /** A ready replica of the service, the next in turn; absent when there is none. */
  @Nullable Replica anyListening(ServiceState service, int turn) {
    List<Pool.Target> targets = service.targets();
    for (int i = 0; i < targets.size(); i++) {
      Replica replica = targets.get(Math.floorMod(turn + i, targets.size())).replica();
      if (replica != null && replica.listens()) {
        return replica;
      }
    }
    return null;
  }

  /** Looks a name up; without a resolver that is ready nobody answers. */
  long resolve() {
    for (ServiceState service : services.values()) {
      if (service.plan().kind() == Kind.DNS && service.targets().isEmpty()) {
        return Network.LOST;
      }
    }
    return network.resolve();
  }

  boolean certificateExpired(Replica target, BankProcess asking) {
    double lost = target.trait(Trait.CERTIFICATE_DAYS_LOST) * 86_400;
    double skew = asking.trait(Trait.CLOCK_SKEW_SECONDS);
    return lost + Math.max(0, skew) > CERTIFICATE_LIFE.toSeconds();
  }

  /** When the certificate of a service expires, for those who look before it does. */
  public Instant certificateExpires(String service) {
    double lost = behaviours.ofService(service).cause(Trait.CERTIFICATE_DAYS_LOST).value();
    return Instant.ofEpochSecond(0, epochNanos)
        .plus(CERTIFICATE_LIFE)
        .minusSeconds((long) (lost * 86_400));
  }

  /** What goes along with a new transaction. */
  Trace trace(int key) {
    long high = traces.nextLong();
    long low = traces.nextLong() | 1;
    boolean isSampled = traces.nextDouble() < telemetry.traceShare();
    String digits = Long.toString(1_000_000_000_000L + serialCount++);
    return new Trace(high, low, isSampled, "T" + digits.substring(1), key);
  }

  Trace untraced() {
    return untraced;
  }

  /** An identifier for a span: never zero, never twice (SplitMix64 is a bijection). */
  long nextSpan() {
    long z = ++spanCount * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  void listens(Replica replica) {
    if (replicasByIp.get(replica.start().podIp()) != replica) {
      replicasByIp.put(replica.start().podIp(), replica);
    }
    generation++;
  }

  void stoppedListening() {
    generation++;
  }

  void ended(BankProcess process) {
    processes.remove(process);
    if (process instanceof Replica replica) {
      service(replica.service()).replicas().remove(replica);
      replicasByIp.remove(replica.start().podIp(), replica);
    }
    generation++;
  }

  private void lost(Machine machine) {
    for (BankProcess process : List.copyOf(processes)) {
      if (process.machine == machine) {
        process.lost();
      }
    }
  }

  private void tick() {
    for (BankProcess process : List.copyOf(processes)) {
      if (!process.isGone()) {
        process.tick();
      }
    }
  }
}
