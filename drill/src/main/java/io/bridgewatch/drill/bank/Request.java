package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.bank.EndpointState.StepState;
import io.bridgewatch.drill.machine.Disk;
import io.bridgewatch.drill.machine.Network;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through one replica: it waits for a thread, computes, reads and writes,
 * calls others, and answers.
 */
final class Request implements Runnable, CallParent {

  private static final double LARGEST_SKEW_SECONDS = 300;
  private static final int ROWS = 4_096;
  private static final double COMMIT_NANOS = 40e6;

  private enum Phase {
    TRAVELLING,
    WAITING,
    COMPUTING,
    PAUSING,
    LOCKING,
    STORING,
    CALLING,
    HANGING,
    ANSWERING
  }

  private final Caller caller;
  private final ServiceState service;
  private final int route;
  private final Trace trace;
  private final long parentSpan;
  private final String peer;
  private final double peerSkewSeconds;
  private final Network.@Nullable Port from;
  private final Topic.@Nullable Message message;

  /** Its place among the requests in its replica. */
  @Nullable Request before;

  @Nullable Request behind;

  private @Nullable Replica replica;
  private @Nullable EndpointState endpoint;
  private double[] traits = {};
  private Phase phase = Phase.TRAVELLING;
  private long arrived;
  private long begun = -1;
  private long spanId;
  private double burst;
  private double allocated;
  private int step;
  private long planned;
  private int outstanding;
  private boolean stored;
  private boolean holdsLock;
  private int status;
  private boolean businessFailed;
  private boolean missed;
  private boolean anyMissed;
  private long responseBytes;
  private Failure connectionFailure = Failure.NONE;
  private Failure callFailure = Failure.NONE;
  private String problem = "";

  /**
   * @param peer name of the service that asks
   * @param from where it is attached; absent for customers
   * @param message what is published or consumed, if it is about one
   */
  Request(
      Caller caller,
      ServiceState service,
      int route,
      Trace trace,
      long parentSpan,
      String peer,
      double peerSkewSeconds,
      Network.@Nullable Port from,
      Topic.@Nullable Message message) {
    this.caller = caller;
    this.service = service;
    this.route = route;
    this.trace = trace;
    this.parentSpan = parentSpan;
    this.peer = peer;
    this.peerSkewSeconds = peerSkewSeconds;
    this.from = from;
    this.message = message;
  }

  /** Arrives at the replica after that time. */
  void travel(Replica to, long nanos) {
    replica = to;
    to.bank.simulation().after(nanos, this);
  }

  @Override
  public void run() {
    Replica at = here();
    if (phase == Phase.ANSWERING) {
      caller.answered(this);
      return;
    }
    if (phase == Phase.TRAVELLING) {
      arrive(at);
      return;
    }
    if (at.isGone()) {
      return;
    }
    switch (phase) {
      case COMPUTING -> computed(at);
      case PAUSING -> store(at);
      case STORING -> continued(at);
      case TRAVELLING, WAITING, LOCKING, CALLING, HANGING, ANSWERING -> {}
    }
  }

  private void arrive(Replica at) {
    arrived = at.bank.simulation().nanos();
    endpoint = at.endpoint(route);
    spanId = at.bank.nextSpan();
    at.received(Call.REQUEST_BYTES);
    if (!at.listens()) {
      refuse(at, Failure.REFUSED);
      return;
    }
    phase = Phase.WAITING;
    at.take(this);
  }

  /** It never got in. */
  private void refuse(Replica at, Failure why) {
    connectionFailure = why;
    answer(at, 200_000);
  }

  /** The replica died with it. */
  void reset(Replica at, boolean silent) {
    if (phase != Phase.ANSWERING && phase != Phase.TRAVELLING && !silent) {
      refuse(at, Failure.RESET);
    }
  }

  /** No room to wait. */
  void turnedAway(Replica at) {
    problem = "queue is full";
    finish(at, 503);
  }

  /** It has a thread. */
  void begin(Replica at) {
    EndpointState asked = at(endpoint);
    begun = at.bank.simulation().nanos();
    traits = asked.traits();
    phase = Phase.COMPUTING;
    allocated = asked.plan().allocatedBytes() * trait(Trait.ALLOCATION_FACTOR);
    at.allocate(allocated, trait(Trait.LEAKED_HEAP_BYTES), trait(Trait.RETAINED_HEAP_SHARE));
    int bursts = plan(at, asked);
    double work =
        at.random.nextExponential()
            * asked.plan().cpuMillis()
            * 1e6
            * trait(Trait.CPU_FACTOR)
            * at.coldFactor();
    burst = work / bursts;
    at.cpu.run(burst, this);
  }

  /** Throws the dice for its calls; returns how many bursts of computing there will be. */
  private int plan(Replica at, EndpointState asked) {
    int bursts = 1;
    StepState[] steps = asked.steps();
    for (int i = 0; i < steps.length; i++) {
      double probability = steps[i].plan().probability();
      if (probability >= 1 || at.random.nextDouble() < probability) {
        planned |= 1L << i;
        if (!steps[i].plan().onMiss() && !steps[i].plan().parallel()) {
          bursts++;
        }
      }
    }
    return bursts;
  }

  private void computed(Replica at) {
    if (stored) {
      proceed(at);
      return;
    }
    if (Math.abs(trait(Trait.CLOCK_SKEW_SECONDS) - peerSkewSeconds) > LARGEST_SKEW_SECONDS) {
      problem = "timestamp of the request is outside of the accepted window of 300 s";
      finish(at, 401);
      return;
    }
    if (strikes(at, Trait.CRASH_SHARE)) {
      at.crash();
      return;
    }
    if (at.hangsOn(strikes(at, Trait.DEADLOCK_SHARE))) {
      phase = Phase.HANGING;
      return;
    }
    if (message != null && message.isPoison(at, service, route)) {
      problem =
          "com.fasterxml.jackson.core.JsonParseException: Unexpected character ('<' (code 60))";
      finish(at, 500);
      return;
    }
    if (strikes(at, Trait.ERROR_SHARE)) {
      problem =
          "java.lang.IllegalStateException: unexpected state of " + at(endpoint).plan().route();
      finish(at, 500);
      return;
    }
    businessFailed = strikes(at, Trait.BUSINESS_FAILURE_SHARE) || at.declines(at(endpoint));
    if (businessFailed) {
      finish(at, 200);
      return;
    }
    double wait = trait(Trait.EXTRA_WAIT_MILLIS);
    if (wait > 0) {
      phase = Phase.PAUSING;
      at.bank.simulation().after((long) (at.random.nextExponential() * wait * 1e6), this);
    } else {
      store(at);
    }
  }

  private boolean strikes(Replica at, Trait share) {
    double value = trait(share);
    return value > 0 && at.random.nextDouble() < value;
  }

  private void store(Replica at) {
    EndpointState asked = at(endpoint);
    LockTable locks = at.locks();
    if (locks != null && asked.plan().diskWrites() > 0 && !holdsLock) {
      phase = Phase.LOCKING;
      locks.acquire(key(), trait(Trait.TABLE_LOCKED) >= 1, this);
      return;
    }
    store(at, asked);
  }

  /** The row is its own until it is done. */
  void locked() {
    Replica at = here();
    holdsLock = true;
    double hold = trait(Trait.LOCK_HOLD_MILLIS);
    if (hold > 0) {
      phase = Phase.PAUSING;
      at.bank.simulation().after((long) (hold * 1e6), this);
    } else {
      store(at, at(endpoint));
    }
  }

  void lockRefused() {
    Replica at = here();
    if (!at.isGone()) {
      problem = "ERROR: canceling statement due to lock timeout";
      finish(at, 500);
    }
  }

  private void store(Replica at, EndpointState asked) {
    stored = true;
    double factor = trait(Trait.DISK_FACTOR);
    int reads = at.dice(asked.plan().diskReads() * factor);
    int writes = at.dice(asked.plan().diskWrites() * factor);
    double written = trait(Trait.WRITTEN_BYTES);
    if ((written > 0 && !at.write(written)) || (writes > 0 && !at.grow(writes))) {
      problem = "java.io.IOException: No space left on device";
      finish(at, 500);
      return;
    }
    if (reads + writes == 0) {
      missed = at.misses(key(), trait(Trait.CACHE_HIT_FACTOR));
      proceed(at);
      return;
    }
    long answer = at.disk().submit(reads, writes);
    at.usedDisk(reads * 16_384.0, writes * 16_384.0);
    if (Disk.isError(answer)) {
      problem = "ERROR: could not read block: Input/output error";
    }
    phase = Phase.STORING;
    at.bank.simulation().after(Disk.nanos(answer), this);
  }

  private void continued(Replica at) {
    if (problem.isEmpty()) {
      proceed(at);
    } else {
      finish(at, 500);
    }
  }

  /** Makes the next calls, or answers when there are none left. */
  private void proceed(Replica at) {
    StepState[] steps = at(endpoint).steps();
    while (step < steps.length) {
      int first = step++;
      if ((planned >>> first & 1) == 0 || (steps[first].plan().onMiss() && !anyMissed)) {
        continue;
      }
      long together = 1L << first;
      while (step < steps.length && steps[step].plan().parallel()) {
        together |= planned & 1L << step;
        step++;
      }
      phase = Phase.CALLING;
      outstanding = Long.bitCount(together);
      for (long left = together; left != 0; left &= left - 1) {
        call(at, steps[Long.numberOfTrailingZeros(left)]);
      }
      return;
    }
    finish(at, 200);
  }

  private void call(Replica at, StepState asked) {
    Topic.Message published =
        asked.topic() == null ? null : asked.topic().message(at, trace, spanId);
    new Call(this, at, asked.pool(), asked.route(), trace, spanId, published).begin();
  }

  @Override
  public void callDone(Call call) {
    Replica at = here();
    outstanding--;
    if (call.failure() != Failure.NONE) {
      if (call.peerState().plan().kind() == Kind.CACHE) {
        anyMissed = true;
        at.logFailure(this, call, false);
      } else if (call.isPublishing()) {
        at.logFailure(this, call, false);
      } else if (callFailure == Failure.NONE) {
        callFailure = call.failure();
        problem =
            call.failure().exception()
                + ": "
                + call.failure().message(call.peer(), call.peerStatus());
      }
    }
    anyMissed |= call.missed();
    businessFailed |= call.businessFailed();
    if (outstanding > 0) {
      return;
    }
    if (callFailure != Failure.NONE) {
      finish(at, callFailure.status());
    } else if (businessFailed) {
      finish(at, 200);
    } else {
      phase = Phase.COMPUTING;
      at.cpu.run(burst, this);
    }
  }

  private void finish(Replica at, int code) {
    status = code;
    unlock(at);
    responseBytes = at(endpoint).responseBytes(code);
    boolean keepsThread = begun >= 0 && strikes(at, Trait.LEAKED_THREAD_SHARE);
    if (begun >= 0) {
      at.leak(trait(Trait.LEAKED_FILES), trait(Trait.LEAKED_NATIVE_BYTES));
      at.heapLeft(allocated);
    }
    at.finished(this);
    if (status == 200 && message != null && service.plan().kind() == Kind.QUEUE) {
      message.topic().append(message);
    }
    sendAnswer(at);
    at.leave(this, begun >= 0, keepsThread);
  }

  /**
   * The row is free when the transaction around the statement commits, or at once after an error.
   */
  private void unlock(Replica at) {
    LockTable locks = at.locks();
    if (!holdsLock || locks == null) {
      return;
    }
    holdsLock = false;
    if (status == 200) {
      double commit = at.random.nextExponential() * COMMIT_NANOS;
      at.bank.simulation().after((long) commit, () -> locks.release(key()));
    } else {
      locks.release(key());
    }
  }

  private void sendAnswer(Replica at) {
    if (trait(Trait.RESPONSE_BYTES_FACTOR) != 1) {
      responseBytes = (long) (responseBytes * trait(Trait.RESPONSE_BYTES_FACTOR));
    }
    long travel =
        from == null
            ? at.bank.network().toOutside(at.port, responseBytes)
            : at.bank.network().send(at.port, from, responseBytes);
    at.sent(responseBytes);
    if (travel == Network.LOST) {
      phase = Phase.ANSWERING;
    } else {
      answer(at, travel);
    }
  }

  private void answer(Replica at, long delay) {
    phase = Phase.ANSWERING;
    at.bank.simulation().after(delay, this);
  }

  int key() {
    return trace.key() % ROWS;
  }

  private double trait(Trait trait) {
    return traits.length == 0 ? trait.normal() : traits[trait.ordinal()];
  }

  private Replica here() {
    if (replica == null) {
      throw new IllegalStateException("the request has not been sent");
    }
    return replica;
  }

  private static EndpointState at(@Nullable EndpointState endpoint) {
    if (endpoint == null) {
      throw new IllegalStateException("the request has not arrived");
    }
    return endpoint;
  }

  EndpointState endpoint() {
    return at(endpoint);
  }

  Trace trace() {
    return trace;
  }

  String peer() {
    return peer;
  }

  long spanId() {
    return spanId;
  }

  long parentSpan() {
    return parentSpan;
  }

  long arrived() {
    return arrived;
  }

  long begun() {
    return begun;
  }

  int status() {
    return status;
  }

  boolean businessFailed() {
    return businessFailed;
  }

  boolean missed() {
    return missed;
  }

  long responseBytes() {
    return responseBytes;
  }

  /** Why no answer came over the connection; {@code NONE} when there is one. */
  Failure connectionFailure() {
    return connectionFailure;
  }

  /** What went wrong, in the words of an exception; empty when nothing did. */
  String problem() {
    return problem;
  }

  Topic.@Nullable Message message() {
    return message;
  }
}
