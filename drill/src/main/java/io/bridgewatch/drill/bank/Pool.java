package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.machine.Network;
import io.bridgewatch.drill.plan.ServicePlan.Client;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one process to one service. A call takes one for as long as it lasts; when all
 * are taken it waits in line. Among the ready endpoints the one with the fewest calls of this
 * process is taken, in turn when there are several (least request, as meshes do).
 */
public final class Pool {

  private static final long NAME_KEPT_NANOS = 30_000_000_000L;
  private static final int HTTP_CALLS = 100;
  private static final long HTTP_NANOS = 30_000_000_000L;
  private static final int SESSION_CALLS = 2_000;
  private static final long SESSION_NANOS = 600_000_000_000L;

  private final BankProcess owner;
  private final ServiceState peer;
  private final long pauseNanos;
  private final int retries;
  private final int maximum;
  private final Breaker breaker;
  private final Line waiting;
  private final Line underWay;
  private final boolean misplaced;
  private final int callsOfConnection;
  private final long nanosOfConnection;
  private final List<Link> links = new ArrayList<>();
  private List<Target> targets = List.of();
  private int turn;
  private int inUse;
  private int leaked;
  private long nameKnownUntil = Long.MIN_VALUE;
  private long timeouts;
  private long waits;

  /** A ready endpoint and the process behind it, absent when nothing is there. */
  record Target(Endpoints.Address address, @Nullable Replica replica) {}

  /** The connections to one endpoint. */
  static final class Link {
    private final Target target;
    private int opened;
    private int inUse;
    private int calls;
    private long renewedAt;

    Link(Target target, long now) {
      this.target = target;
      this.renewedAt = now;
    }

    Target target() {
      return target;
    }
  }

  Pool(BankProcess owner, ServiceState peer, Client client, double[] traits) {
    this.owner = owner;
    this.peer = peer;
    this.pauseNanos =
        (long) (client.retryPause().toNanos() * traits[Trait.RETRY_PAUSE_FACTOR.ordinal()]);
    this.retries = client.retries() + (int) traits[Trait.EXTRA_RETRIES.ordinal()];
    this.maximum =
        Math.max(1, (int) (client.connections() * traits[Trait.CONNECTIONS_FACTOR.ordinal()]));
    boolean breakersOff = traits[Trait.BREAKERS_OFF.ordinal()] >= 1;
    this.breaker = new Breaker(breakersOff ? 1 : client.breakerErrorShare());
    this.waiting =
        new Line(
            owner.bank.simulation(),
            client.poolTimeout().toNanos(),
            call -> {
              timeouts++;
              call.attemptFailed(Failure.POOL_TIMEOUT);
            });
    this.underWay =
        new Line(
            owner.bank.simulation(),
            Math.max(
                1_000_000,
                (long)
                    (client.timeout().toNanos() * traits[Trait.CLIENT_TIMEOUT_FACTOR.ordinal()])),
            Call::timedOut);
    this.turn = owner.number();
    this.misplaced = new Settings(owner.start).misplaces(peer.plan().name());
    boolean isHttp =
        switch (peer.plan().kind()) {
          case JVM, NGINX, CORE_ADAPTER, AGENT -> true;
          case DATABASE, CACHE, QUEUE, DNS -> false;
        };
    this.callsOfConnection = isHttp ? HTTP_CALLS : SESSION_CALLS;
    this.nanosOfConnection = isHttp ? HTTP_NANOS : SESSION_NANOS;
  }

  /** Name of the service at the other end. */
  public String peer() {
    return peer.plan().name();
  }

  /** What the service at the other end is. */
  public Kind peerKind() {
    return peer.plan().kind();
  }

  public int maximum() {
    return maximum;
  }

  /** Connections taken by calls, or never given back. */
  public int inUse() {
    return inUse + leaked;
  }

  /** Connections that are open and free. */
  public int idle() {
    int opened = 0;
    for (Link link : links) {
      opened += link.opened;
    }
    return Math.max(0, Math.min(maximum, opened) - inUse);
  }

  /** Calls that wait for a connection. */
  public int pending() {
    return waiting.size();
  }

  /** Calls that had to wait for a connection. */
  public long waits() {
    return waits;
  }

  /** Calls that gave up waiting for a connection. */
  public long timeouts() {
    return timeouts;
  }

  public boolean isCircuitOpen() {
    return breaker.isOpen();
  }

  public long timesCircuitOpened() {
    return breaker.timesOpened();
  }

  ServiceState peerState() {
    return peer;
  }

  BankProcess owner() {
    return owner;
  }

  /** Whether the environment leads it to a name that does not exist. */
  boolean isMisplaced() {
    return misplaced;
  }

  Breaker breaker() {
    return breaker;
  }

  Line underWay() {
    return underWay;
  }

  int retries() {
    return retries;
  }

  long pauseNanos() {
    return pauseNanos;
  }

  /** Gives the call a connection, now or when one is free. */
  void acquire(Call call) {
    if (inUse + leaked < maximum) {
      inUse++;
      call.connected();
    } else {
      waits++;
      waiting.add(call);
    }
  }

  /** Takes a connection back, for the next in line. */
  void release(boolean leaks) {
    inUse--;
    if (leaks) {
      leaked++;
      return;
    }
    Call next = waiting.poll();
    if (next != null) {
      inUse++;
      next.connected();
    }
  }

  /** The endpoint for the next call; absent when none is ready. */
  @Nullable Link pick() {
    List<Target> ready = peer.targets();
    if (ready != targets) {
      adopt(ready);
    }
    int count = ready.size();
    if (count == 0) {
      return null;
    }
    turn = turn + 1 < count ? turn + 1 : 0;
    Link best = links.get(turn % count);
    for (int i = 1; i < count && best.inUse > 0; i++) {
      Link link = links.get((turn + i) % count);
      if (link.inUse < best.inUse) {
        best = link;
      }
    }
    return best;
  }

  void began(Link link) {
    link.inUse++;
    link.calls++;
  }

  void ended(Link link) {
    link.inUse--;
  }

  boolean needsConnection(Link link) {
    return link.inUse > link.opened || isWorn(link);
  }

  private boolean isWorn(Link link) {
    long age = owner.bank.simulation().nanos() - link.renewedAt;
    return link.calls >= callsOfConnection || age >= nanosOfConnection;
  }

  /** Counts a connection that was opened for a call; one that served long enough is closed. */
  void opened(Link link, Replica replica) {
    if (isWorn(link)) {
      link.calls = 0;
      link.renewedAt = owner.bank.simulation().nanos();
      while (link.opened > Math.max(0, link.inUse - 1)) {
        close(link, replica);
      }
    }
    link.opened++;
    replica.connectionOpened();
  }

  /** Closes the connection of a call that went wrong. */
  void broken(Link link) {
    Replica replica = link.target.replica();
    if (link.opened > 0 && replica != null) {
      close(link, replica);
    }
  }

  /** Whether the name of the peer must be looked up again. */
  boolean mustResolve(long now) {
    return now >= nameKnownUntil;
  }

  void resolved(long now) {
    nameKnownUntil = now + NAME_KEPT_NANOS;
  }

  int openConnections() {
    int opened = leaked;
    for (Link link : links) {
      opened += link.opened;
    }
    return opened;
  }

  /** The owner is gone. */
  void closeAll() {
    for (Link link : links) {
      closeAll(link);
    }
    while (waiting.poll() != null || underWay.poll() != null) {
      // nobody waits for them any more
    }
  }

  private void adopt(List<Target> ready) {
    List<Link> before = new ArrayList<>(links);
    links.clear();
    for (Target target : ready) {
      Link known = null;
      for (Link link : before) {
        if (link.target.address().equals(target.address())
            && link.target.replica() == target.replica()) {
          known = link;
          break;
        }
      }
      if (known == null) {
        links.add(new Link(target, owner.bank.simulation().nanos()));
      } else {
        before.remove(known);
        links.add(known);
      }
    }
    before.forEach(this::closeAll);
    targets = ready;
  }

  private void closeAll(Link link) {
    Replica replica = link.target.replica();
    while (replica != null && link.opened > 0) {
      close(link, replica);
    }
    link.opened = 0;
  }

  private void close(Link link, Replica replica) {
    link.opened--;
    replica.connectionClosed();
    Network network = owner.bank.network();
    network.close(owner.port, replica.port);
  }
}
