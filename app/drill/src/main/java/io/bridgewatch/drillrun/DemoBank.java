package io.bridgewatch.drillrun;

import io.bridgewatch.drill.fault.Fault;
import io.bridgewatch.drill.fault.FaultKind;
import io.bridgewatch.drill.fault.FaultLibrary;
import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.serve.OtlpExport;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.drill.world.OtlpDelivery;
import io.bridgewatch.hub.AttachedDrill;
import io.bridgewatch.hub.CollectOptions;
import io.bridgewatch.hub.PastCollecting;
import io.bridgewatch.kubernetes.server.Refusal;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.SampleBatch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bank of a demonstration: a world whose clock follows another one, and the troubles that
 * people put into it.
 *
 * <p>One thread calls {@link #keepUp} again and again; everything else may be called by any. What
 * applications tell waits until there is a receiver, and again while it does not take it; beyond
 * what an exporter's queue holds the oldest goes.
 */
final class DemoBank implements AttachedDrill, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoBank.class);

  /** As often as a hub reads pages. */
  private static final Duration SCRAPE = Duration.ofSeconds(15);

  /** Spans in one message. */
  private static final int BATCH = 1_000;

  private final BankWorld world;
  private final InstantSource clock;
  private final Instant opened;
  private final Optional<WorldScraping> warmUp;
  private final LinkedHashMap<String, Injected> in = new LinkedHashMap<>(); // read in the world
  private final ArrayDeque<OtlpExport.Request> waiting = new ArrayDeque<>();
  private volatile Optional<OtlpDelivery> receiver = Optional.empty();
  private volatile Optional<PastBank> past = Optional.empty();
  private volatile Optional<PastCollecting> keeper = Optional.empty();
  private Optional<SampleBatch> told = Optional.empty();
  private boolean isRefused;

  private record Injected(Fault fault, Trouble trouble) {}

  private DemoBank(
      BankWorld world, InstantSource clock, Instant opened, Optional<WorldScraping> warmUp) {
    this.world = world;
    this.clock = clock;
    this.opened = opened;
    this.warmUp = warmUp;
  }

  /**
   * A bank whose pods have long been running.
   *
   * @param warmUp how far back its clock begins; the first {@link #keepUp} lets that pass
   * @param past how much longer ago all was settled, so that it may have a {@link PastBank}
   * @param how its pages are read while it warms up, so that a hub knows from its first moment what
   *     is usual; empty for not at all
   */
  static DemoBank open(
      BankPlan plan,
      InstantSource clock,
      Duration warmUp,
      Duration past,
      long seed,
      Optional<CollectOptions.Scraping> how) {
    var opened = clock.instant();
    var older = past.compareTo(warmUp) > 0 ? past.minus(warmUp) : Duration.ZERO;
    var options = BankWorld.Options.standard().olderBy(older);
    var world = BankWorld.start(plan, opened.minus(warmUp), seed, options);
    var pages = how.map(reading -> new WorldScraping(world, reading));
    return new DemoBank(world, clock, opened, pages);
  }

  /** When it was opened; nobody has watched it before. */
  Instant opened() {
    return opened;
  }

  URI apiServer() {
    return world.url();
  }

  /** Where spans go from now on. */
  void sendTo(URI address, String token) {
    receiver.ifPresent(OtlpDelivery::close);
    receiver = Optional.of(new OtlpDelivery(address, token));
  }

  /** What writes the history of the time before. */
  void follow(PastBank before) {
    past = Optional.of(before);
  }

  /** Who keeps what its pages told while it warmed up. */
  void keepWarmUp(PastCollecting by) {
    keeper = Optional.of(by);
  }

  /** Lets the world come to what time it is, and sends what its applications have told. */
  void keepUp() {
    try {
      warmUp();
      world.advance(clock.instant());
      receiver.ifPresent(this::deliver);
      keeper.ifPresent(this::hand);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the simulated bank stumbled and goes on", e);
    }
  }

  /** Until it was opened, its pages are read as a hub would have read them. */
  private void warmUp() throws InterruptedException {
    if (warmUp.isEmpty() || !world.now().isBefore(opened)) {
      return;
    }
    while (world.now().isBefore(opened)) {
      var next = world.now().plus(SCRAPE);
      world.advance(next.isBefore(opened) ? next : opened);
      warmUp.get().scrape();
    }
    told = Optional.of(warmUp.get().taken());
  }

  private void hand(PastCollecting to) {
    var samples = told;
    told = Optional.empty(); // once, whatever becomes of it
    samples.ifPresent(to::keep);
  }

  private void deliver(OtlpDelivery to) {
    if (waiting.isEmpty()) {
      waiting.addAll(world.export().take(BATCH));
    }
    try {
      while (!waiting.isEmpty()) {
        to.send(waiting.element());
        waiting.remove();
      }
      isRefused = false;
    } catch (IOException e) {
      if (!isRefused) {
        LOG.warn("the bank's spans wait: {}", e.getMessage());
      }
      isRefused = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String cluster() {
    return world.plan().cluster();
  }

  @Override
  public Entry entry() {
    var plan = world.plan();
    var service = plan.service(plan.transactions().getFirst().service());
    var type =
        switch (service.controller()) {
          case DEPLOYMENT -> EntityType.DEPLOYMENT;
          case STATEFUL_SET -> EntityType.STATEFULSET;
          case DAEMON_SET -> EntityType.DAEMONSET;
        };
    return new Entry(type, service.namespace(), service.name());
  }

  @Override
  public Duration behind() {
    var behind = Duration.between(world.now(), clock.instant());
    return behind.isNegative() ? Duration.ZERO : behind;
  }

  @Override
  public Optional<Past> past() {
    return past.map(PastBank::progress);
  }

  @Override
  public List<Kind> kinds() {
    return FaultLibrary.all().stream()
        .map(kind -> new Kind(kind.id(), group(kind), kind.english(), kind.chinese()))
        .toList();
  }

  private static Group group(FaultKind kind) {
    return switch (kind.group()) {
      case BUSINESS -> Group.BUSINESS;
      case JVM -> Group.JVM;
      case CONTAINER -> Group.CONTAINER;
      case KUBERNETES -> Group.KUBERNETES;
      case NETWORK -> Group.NETWORK;
      case HARDWARE -> Group.HARDWARE;
      case TRAFFIC -> Group.TRAFFIC;
      case HARMLESS -> Group.HARMLESS;
    };
  }

  @Override
  public List<Trouble> troubles() {
    return world.cluster().reading(() -> new ArrayList<>(in.sequencedValues().reversed())).stream()
        .map(Injected::trouble)
        .toList();
  }

  @Override
  public Outcome inject(String kind) {
    var chosen =
        FaultLibrary.of(kind)
            .orElseThrow(
                () -> new IllegalArgumentException("the library has no trouble named " + kind));
    return world.cluster().reading(() -> inject(chosen));
  }

  private Outcome inject(FaultKind kind) {
    var already = in.get(kind.id());
    if (already != null) {
      return new Outcome.AlreadyIn(already.trouble());
    }
    try {
      var fault = kind.choose(world);
      fault.inject().run();
      var trouble = new Trouble(kind.id(), fault.target(), world.now());
      in.put(kind.id(), new Injected(fault, trouble));
      return new Outcome.Done(trouble);
    } catch (IllegalStateException | Refusal e) {
      return impossible(e);
    }
  }

  @Override
  public Outcome cure(String kind) {
    return world
        .cluster()
        .reading(
            () -> {
              var injected = in.get(kind);
              if (injected == null) {
                return new Outcome.NotIn();
              }
              try {
                injected.fault().cure().run();
              } catch (IllegalStateException | Refusal e) {
                return impossible(e);
              }
              in.remove(kind);
              return new Outcome.Done(injected.trouble());
            });
  }

  private static Outcome impossible(RuntimeException e) {
    return new Outcome.Impossible(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
  }

  @Override
  public void close() {
    receiver.ifPresent(OtlpDelivery::close);
    world.close();
  }
}
