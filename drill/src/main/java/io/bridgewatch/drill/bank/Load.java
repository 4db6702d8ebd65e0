package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.machine.Network;
import io.bridgewatch.drill.plan.TransactionPlan;
import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What customers do: for each kind of transaction a Poisson stream of its own, whose rate follows
 * the day. Customers do not wait for each other (open loop), and look at the clock of the bank
 * only: how slow it is does not slow them.
 */
public final class Load {

  private static final int KEYS = 200_000;
  private static final long LOOK_AGAIN_NANOS = 20_000_000_000L;
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  private final Bank bank;
  private final List<Stream> streams = new ArrayList<>();
  private final Cause rateFactor = new Cause(1, this::changed);
  private final Cause hotKeyShare = new Cause(0);
  private Witness witness = (stream, begun, took, served) -> {};
  private boolean runs;

  Load(Bank bank, List<TransactionPlan> transactions) {
    this.bank = bank;
    for (TransactionPlan transaction : transactions) {
      streams.add(new Stream(transaction, streams.size()));
    }
  }

  /** Is told how each customer fared, when it is known. */
  @FunctionalInterface
  public interface Witness {
    /**
     * @param begunNanos when the customer asked, in simulated time since the start
     * @param tookNanos until the answer; zero where there was none
     * @param served whether it was answered, and not with an error
     */
    void fared(Stream stream, long begunNanos, long tookNanos, boolean served);
  }

  /** Tells it from now on; called on the simulation's thread. */
  public void witness(Witness other) {
    witness = other;
  }

  /** Opens the bank's doors. */
  public void begin() {
    runs = true;
    streams.forEach(Stream::next);
  }

  /** A factor on all that customers do. */
  public Cause rateFactor() {
    return rateFactor;
  }

  /** Share of transactions that are all about the same account. */
  public Cause hotKeyShare() {
    return hotKeyShare;
  }

  public List<Stream> streams() {
    return List.copyOf(streams);
  }

  private void changed() {
    if (runs) {
      streams.forEach(Stream::next);
    }
  }

  /** One kind of transaction, and how its customers fared. */
  public final class Stream implements Caller {
    private final TransactionPlan plan;
    private final RandomGenerator random;
    private final ServiceState entry;
    private final int route;
    private final Cause factor = new Cause(1, Load.this::changed);
    private final Cause crawlersPerSecond = new Cause(0, Load.this::changed);
    private final DurationHistogram durations = new DurationHistogram();
    private final Runnable arrive = this::arrive;
    private final Runnable look = this::next;
    private Simulation.@Nullable Event coming;
    private int turn;
    private long begun;
    private long succeeded;
    private long declined;
    private long failed;
    private long late;

    private Stream(TransactionPlan plan, int number) {
      this.plan = plan;
      this.random = bank.simulation().random("arrivals/" + number);
      this.entry = bank.service(plan.service());
      this.route = entry.route(plan.route());
    }

    public TransactionPlan plan() {
      return plan;
    }

    /** A factor on the rate of this kind: a surge, or a drought. */
    public Cause factor() {
      return factor;
    }

    /** Requests of machines that read all they can, day and night; added to those of customers. */
    public Cause crawlersPerSecond() {
      return crawlersPerSecond;
    }

    /** Rate at this moment, in transactions per second. */
    public double perSecond() {
      double shape = DayShape.at(bank.simulation().instant(), plan.shape());
      return plan.perSecond() * shape * factor.value() * rateFactor.value()
          + crawlersPerSecond.value();
    }

    /** Draws the next arrival; far ones are drawn again later, since the rate moves meanwhile. */
    private void next() {
      if (coming != null) {
        coming.cancel();
      }
      double rate = Math.max(1e-9, perSecond());
      double wait = random.nextExponential() / rate * 1e9;
      coming =
          wait <= LOOK_AGAIN_NANOS
              ? bank.simulation().after((long) wait, arrive)
              : bank.simulation().after(LOOK_AGAIN_NANOS, look);
    }

    private void arrive() {
      coming = null;
      next();
      begun++;
      double hot = hotKeyShare.value();
      int key = hot > 0 && random.nextDouble() < hot ? 0 : 1 + random.nextInt(KEYS);
      Trace trace = bank.trace(key);
      Replica target = bank.anyListening(entry, turn++);
      if (target == null) {
        lost();
        return;
      }
      long travel = bank.network().fromOutside(target.port, Call.REQUEST_BYTES);
      if (travel == Network.LOST) {
        lost();
        return;
      }
      new Request(this, entry, route, trace, 0, "unknown", 0, null, null).travel(target, travel);
    }

    private void lost() {
      failed++;
      witness.fared(this, bank.simulation().nanos(), 0, false);
    }

    @Override
    public void answered(Request request) {
      long took = bank.simulation().nanos() - request.arrived();
      durations.record(took);
      boolean served = request.connectionFailure() == Failure.NONE && request.status() == 200;
      witness.fared(this, request.arrived(), took, served);
      if (!served) {
        failed++;
      } else if (took > PATIENCE_NANOS) {
        late++;
      } else if (request.businessFailed()) {
        declined++;
      } else {
        succeeded++;
      }
    }

    /** Transactions that customers began. */
    public long begun() {
      return begun;
    }

    public long succeeded() {
      return succeeded;
    }

    /** Answered as planned, with a business code that says no. */
    public long declined() {
      return declined;
    }

    /** Answered with an error, or refused at the door. */
    public long failed() {
      return failed;
    }

    /** Answered when the customer had left, after fifteen seconds. */
    public long late() {
      return late;
    }

    /** From the arrival at the entry to the answer. */
    public DurationHistogram durations() {
      return durations;
    }
  }
}
