package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.machine.Network;
import org.jspecify.annotations.Nullable;

/**
 * A call of one service to another: takes a connection, sends, waits, and tries again where the
 * plan says so; what was refused at the door is tried elsewhere once in any case.
 */
final class Call implements Caller, Runnable {

  static final long REQUEST_BYTES = 1_200;
  private static final long UNKNOWN_NAME_NANOS = 5_000_000_000L;
  private static final long LONGEST_CONNECT_NANOS = 3_000_000_000L;
  private static final long HANDSHAKE_NANOS = 2_000_000L;

  private final CallParent parent;
  private final BankProcess owner;
  private final Pool pool;
  private final int route;
  private final Trace trace;
  private final long parentSpan;
  private final Topic.@Nullable Message message;

  /** Its place in the line that it stands in. */
  @Nullable Line line;

  @Nullable Call before;
  @Nullable Call behind;
  long deadline;

  private Pool.@Nullable Link link;
  private @Nullable Request request;
  private Failure failure = Failure.NONE;
  private Failure pending = Failure.NONE;
  private int attempt;
  private long attemptStarted;
  private long spanId;
  private int peerStatus;
  private boolean businessFailed;
  private boolean missed;
  private boolean mustRetry;

  Call(
      CallParent parent,
      BankProcess owner,
      Pool pool,
      int route,
      Trace trace,
      long parentSpan,
      Topic.@Nullable Message message) {
    this.parent = parent;
    this.owner = owner;
    this.pool = pool;
    this.route = route;
    this.trace = trace;
    this.parentSpan = parentSpan;
    this.message = message;
  }

  void begin() {
    attempt++;
    attemptStarted = owner.bank.simulation().nanos();
    spanId = owner.bank.nextSpan();
    if (pool.breaker().permits(attemptStarted)) {
      pool.acquire(this);
    } else {
      attemptFailed(Failure.CIRCUIT_OPEN);
    }
  }

  Failure failure() {
    return failure;
  }

  String peer() {
    return pool.peer();
  }

  ServiceState peerState() {
    return pool.peerState();
  }

  int peerStatus() {
    return peerStatus;
  }

  boolean businessFailed() {
    return businessFailed;
  }

  boolean missed() {
    return missed;
  }

  boolean isPublishing() {
    return message != null;
  }

  /** It has a connection, or room for one. */
  void connected() {
    Bank bank = owner.bank;
    Pool.Link picked = pool.pick();
    if (picked == null) {
      giveBack(false);
      attemptFailed(Failure.NO_ENDPOINT);
      return;
    }
    link = picked;
    pool.began(picked);
    Replica target = picked.target().replica();
    long delay = 0;
    if (target != null && pool.needsConnection(picked)) {
      delay = connect(picked, target);
      if (delay < 0) {
        return;
      }
    }
    if (target == null) {
      later(Failure.REFUSED, 300_000);
      return;
    }
    long sending = bank.network().send(owner.port, target.port, REQUEST_BYTES);
    pool.underWay().add(this);
    owner.sent(REQUEST_BYTES);
    var sent =
        new Request(
            this,
            pool.peerState(),
            route,
            trace,
            spanId,
            owner.service(),
            owner.trait(Trait.CLOCK_SKEW_SECONDS),
            owner.port,
            message);
    request = sent;
    if (sending != Network.LOST) {
      sent.travel(target, delay + sending);
    }
  }

  /** Returns the time that a new connection takes; negative when the attempt failed. */
  private long connect(Pool.Link picked, Replica target) {
    Bank bank = owner.bank;
    long now = bank.simulation().nanos();
    long delay = 0;
    if (pool.mustResolve(now)) {
      delay = pool.isMisplaced() ? Network.LOST : bank.resolve();
      if (delay == Network.LOST) {
        later(Failure.NAME_UNKNOWN, UNKNOWN_NAME_NANOS);
        return -1;
      }
      pool.resolved(now);
    }
    if (!target.listens()) {
      later(Failure.REFUSED, delay + 300_000);
      return -1;
    }
    if (target.hasTooManyFiles()) {
      waitInVain();
      return -1;
    }
    if (target.hasTooManyConnections()) {
      later(Failure.TOO_MANY_CONNECTIONS, delay + 500_000);
      return -1;
    }
    if (owner.fileDescriptors() >= Replica.FILE_LIMIT) {
      later(Failure.TOO_MANY_FILES, 1_000);
      return -1;
    }
    long opening = bank.network().connect(owner.port, target.port);
    if (opening == Network.LOST) {
      later(Failure.CONNECT_TIMEOUT, delay + LONGEST_CONNECT_NANOS);
      return -1;
    }
    if (bank.certificateExpired(target, owner)) {
      bank.network().close(owner.port, target.port);
      later(Failure.CERTIFICATE, delay + opening + HANDSHAKE_NANOS);
      return -1;
    }
    pool.opened(picked, target);
    return delay + opening + HANDSHAKE_NANOS;
  }

  /** The peer's kernel takes the connection, but its program cannot: no answer will come. */
  private void waitInVain() {
    pool.underWay().add(this);
  }

  /** The attempt will fail, in a while. */
  private void later(Failure why, long delay) {
    pending = why;
    owner.bank.simulation().after(delay, this);
  }

  @Override
  public void run() {
    if (owner.isGone()) {
      return;
    }
    if (mustRetry) {
      mustRetry = false;
      begin();
      return;
    }
    giveBack(true);
    attemptFailed(pending);
  }

  @Override
  public void answered(Request answer) {
    if (answer != request || owner.isGone()) {
      return;
    }
    pool.underWay().remove(this);
    request = null;
    owner.received(answer.responseBytes());
    peerStatus = answer.status();
    businessFailed = answer.businessFailed();
    missed = answer.missed();
    if (answer.connectionFailure() != Failure.NONE) {
      giveBack(true);
      attemptFailed(answer.connectionFailure());
      return;
    }
    giveBack(false);
    if (peerStatus >= 500) {
      attemptFailed(Failure.ERROR_STATUS);
      return;
    }
    long now = owner.bank.simulation().nanos();
    pool.breaker().record(false, now);
    record(peerStatus, answer.responseBytes());
    failure = peerStatus >= 400 ? Failure.ERROR_STATUS : Failure.NONE;
    owner.bank.spans().client(owner, this, failure, now);
    parent.callDone(this);
  }

  /** Nobody answered in time; the peer may go on working in vain. */
  void timedOut() {
    if (owner.isGone()) {
      return;
    }
    request = null;
    giveBack(true);
    attemptFailed(Failure.TIMEOUT);
  }

  void attemptFailed(Failure why) {
    if (owner.isGone()) {
      return;
    }
    long now = owner.bank.simulation().nanos();
    if (why != Failure.CIRCUIT_OPEN) {
      pool.breaker().record(true, now);
    }
    if (why != Failure.ERROR_STATUS) {
      peerStatus = 0;
    }
    record(peerStatus, 0);
    owner.bank.spans().client(owner, this, why, now);
    boolean harmless = why == Failure.REFUSED && attempt == 1;
    if ((attempt <= pool.retries() || harmless) && why != Failure.CIRCUIT_OPEN) {
      mustRetry = true;
      double pause = pool.pauseNanos() * Math.scalb(1.0, Math.min(attempt - 1, 6));
      owner.bank.simulation().after((long) (pause * (0.5 + owner.random.nextDouble())), this);
      return;
    }
    failure = why;
    parent.callDone(this);
  }

  private void giveBack(boolean broken) {
    Pool.Link used = link;
    link = null;
    if (used != null) {
      pool.ended(used);
      if (broken) {
        pool.broken(used);
      }
    }
    double leak = owner.trait(Trait.LEAKED_CONNECTION_SHARE);
    pool.release(leak > 0 && owner.random.nextDouble() < leak);
  }

  private void record(int status, long responseBytes) {
    owner
        .clientStats()
        .record(
            pool.peer(),
            routeName(),
            status,
            owner.bank.simulation().nanos() - attemptStarted,
            REQUEST_BYTES,
            responseBytes,
            businessFailed);
  }

  String routeName() {
    return pool.peerState().plan().endpoints().get(route).route();
  }

  Trace trace() {
    return trace;
  }

  long spanId() {
    return spanId;
  }

  long parentSpan() {
    return parentSpan;
  }

  long attemptStarted() {
    return attemptStarted;
  }

  int attempt() {
    return attempt;
  }

  Topic.@Nullable Message message() {
    return message;
  }
}
