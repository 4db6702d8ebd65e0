package io.bridgewatch.engine;

import io.bridgewatch.model.Span;
import io.bridgewatch.ports.SpanJournal;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.topology.EdgeMinute;
import io.bridgewatch.topology.TraceBudget;
import io.bridgewatch.topology.TraceBuffer;
import io.bridgewatch.topology.TraceJudge;
import io.bridgewatch.topology.TraceSampling;
import io.bridgewatch.topology.TraceSampling.Decision;
import io.bridgewatch.topology.TraceSampling.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps spans: all of them while no more come than a budget allows, else whole traces that are
 * chosen.
 *
 * <ol>
 *   <li>While few come ({@link TraceBudget}), each span goes to the store at once.
 *   <li>When more come, the spans of a new trace are written into a journal, which is what an
 *       acknowledgement promises, and gathered in memory ({@link TraceBuffer}).
 *   <li>When a trace has had time to come, it is judged as a whole ({@link TraceJudge}, {@link
 *       TraceSampling}). A kept one goes to the store, each span marked with the reason and the
 *       share; only then the journal forgets it.
 *   <li>What comes of a trace after that follows its decision; a failed span is kept all the same.
 *   <li>After a crash the journal is read, and its traces are judged again. So an acknowledged span
 *       is there once, unless it was decided that its trace is not kept.
 * </ol>
 *
 * Beyond {@link TraceKeepingSettings#mostWaiting} the oldest trace is judged early, and counted; if
 * as many wait for the store, which refuses them, further spans are refused. Safe for use by
 * several threads.
 */
public final class TraceKeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TraceKeeping.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Of each about 200 bytes. */
  private static final int MOST_DECIDED = 100_000;

  private static final int MOST_EXEMPLARS = 50_000;

  /** Traces and their spans. */
  public record Count(long traces, long spans) {
    private Count plus(Count more) {
      return new Count(traces + more.traces, spans + more.spans);
    }
  }

  /**
   * What is kept of what comes.
   *
   * @param spansPerSecond that may be kept; 0 for all
   * @param gathering whether traces are chosen at present
   * @param flow spans a second that came of late
   * @param now the shares by which is decided at present
   * @param undecided spans that were kept at once since the start, because few came
   * @param decided traces that were decided about since the start, by the outcome
   * @param waiting spans that wait for a decision
   * @param early traces that were decided about early, because too many spans waited
   * @param late spans that came after it was decided that their trace is not kept
   */
  public record Status(
      int spansPerSecond,
      boolean gathering,
      double flow,
      TraceSampling now,
      long undecided,
      Map<Reason, Count> decided,
      int waiting,
      long early,
      long late) {
    public Status {
      decided = Map.copyOf(decided);
    }
  }

  /** A batch in the journal. */
  private record Written(long last, long atMillis) {}

  private final SpanStore store;
  private final SpanJournal journal;
  private final TraceKeepingSettings settings;
  private final Timekeeper clock;
  private final TraceBudget budget;
  private final TraceBuffer buffer;
  private final TraceJudge judge = new TraceJudge(CallMetrics::component);

  /** What was decided about a trace; empty where all were kept. */
  private final Map<String, Optional<Decision>> decisions = bounded(MOST_DECIDED);

  /** Traces to which exemplars lead. */
  private final Map<String, Boolean> exemplars = bounded(MOST_EXEMPLARS);

  private final Deque<Written> written = new ArrayDeque<>();

  /** Spans of traces that are kept, until the store has them. */
  private final List<Span> chosen = new ArrayList<>();

  private final Map<Reason, Count> decided = new EnumMap<>(Reason.class);
  private final Object delivering = new Object();
  private volatile Optional<Timekeeper.Turns> turns = Optional.empty();
  private long crossOff;
  private long undecided;
  private long late;

  public TraceKeeping(
      SpanStore store, SpanJournal journal, TraceKeepingSettings settings, Timekeeper clock) {
    this.store = store;
    this.journal = journal;
    this.settings = settings;
    this.clock = clock;
    this.budget = new TraceBudget(settings.spansPerSecond());
    this.buffer = new TraceBuffer(settings.patience(), settings.mostWaiting());
  }

  private static <V> Map<String, V> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * Takes up what waited when the last process ended, then decides every second. To be called
   * before anything is kept.
   */
  public void start() {
    synchronized (this) {
      journal.replay(this::gather);
    }
    turns = Optional.of(clock.every("trace-keeping", LOOK_EVERY, LOOK_EVERY, this::step));
  }

  /**
   * Takes spans. When this has returned, they survive a crash until it is decided about their
   * traces.
   *
   * @throws StoreException if they could not be kept at present; then they may be told again
   */
  public void keep(List<Span> spans) {
    if (settings.spansPerSecond() == 0) {
      store.append(spans);
      count(spans.size());
      return;
    }
    var atOnce = new ArrayList<Span>();
    var waiting = new ArrayList<Span>();
    synchronized (this) {
      budget.came(clock.instant(), spans.size());
      for (Span span : spans) {
        sort(span, atOnce, waiting);
      }
    }
    store.append(atOnce);
    synchronized (this) {
      undecided += atOnce.size();
      if (!waiting.isEmpty()) {
        checkRoom();
        gather(journal.append(waiting), waiting);
      }
    }
  }

  private synchronized void count(int spans) {
    undecided += spans;
    budget.came(clock.instant(), spans);
  }

  private void sort(Span span, List<Span> atOnce, List<Span> waiting) {
    var decision = decisions.get(span.traceId());
    if (decision != null) {
      if (decision.isEmpty()) {
        atOnce.add(span);
      } else if (decision.get().isKept()) {
        atOnce.add(decision.get().marked(span));
      } else if (span.failed()) {
        atOnce.add(new Decision(Reason.FAILED, 1, decision.get().rate()).marked(span));
      } else {
        late++;
      }
    } else if (budget.isGathering() || buffer.holds(span.traceId())) {
      waiting.add(span);
    } else {
      decisions.put(span.traceId(), Optional.empty());
      atOnce.add(span);
    }
  }

  private void checkRoom() {
    if (chosen.size() > settings.mostWaiting()) {
      throw new StoreException(
          "cannot take more spans: %d that are to be kept wait for the store, limit %d; it refuses them, see the hub's log"
              .formatted(chosen.size(), settings.mostWaiting()));
    }
  }

  private void gather(long last, List<Span> spans) {
    Instant now = clock.instant();
    written.addLast(new Written(last, now.toEpochMilli()));
    decide(now, buffer.step(now, spans));
  }

  private void decide(Instant now, List<TraceBuffer.Trace> traces) {
    if (traces.isEmpty()) {
      return;
    }
    var sampling = budget.sampling();
    for (TraceBuffer.Trace trace : traces) {
      var spans = trace.spans();
      var remark = judge.remark(now, spans, exemplars.containsKey(trace.traceId()));
      var decision = sampling.decide(trace.traceId(), remark);
      budget.decided(spans.size(), remark.isPresent());
      decisions.put(trace.traceId(), Optional.of(decision));
      decided.merge(decision.reason(), new Count(1, spans.size()), Count::plus);
      if (decision.isKept()) {
        spans.forEach(span -> chosen.add(decision.marked(span)));
      }
    }
  }

  /** Decides about traces whose time is over, and brings those that are kept to the store. */
  void step() {
    synchronized (delivering) {
      List<Span> due;
      long through;
      synchronized (this) {
        Instant now = clock.instant();
        budget.came(now, 0);
        decide(now, buffer.step(now, List.of()));
        due = List.copyOf(chosen);
        long before = crossOff;
        crossOff = settled();
        through = crossOff > before || !due.isEmpty() ? crossOff : 0;
      }
      try {
        store.append(due);
        synchronized (this) {
          chosen.subList(0, due.size()).clear();
        }
        if (through > 0) {
          journal.trim(through);
        }
      } catch (StoreException e) {
        LOG.warn("cannot keep {} spans that were chosen; they are tried again", due.size(), e);
      }
    }
  }

  /** The last span in the journal before which all are decided about. */
  private long settled() {
    var oldest = buffer.oldestMillis();
    long through = crossOff;
    while (!written.isEmpty()
        && (oldest.isEmpty() || written.getFirst().atMillis < oldest.getAsLong())) {
      through = written.removeFirst().last;
    }
    return through;
  }

  /** Hears of the calls of minutes that are over, to know which are slow. */
  public synchronized void calls(List<EdgeMinute> minutes) {
    judge.take(minutes);
  }

  /** An exemplar leads to this trace: if it is not decided about yet, it is kept. */
  public synchronized void exemplar(String traceId) {
    exemplars.put(traceId, true);
  }

  public synchronized Status status() {
    return new Status(
        settings.spansPerSecond(),
        budget.isGathering(),
        budget.flow(),
        budget.sampling(),
        undecided,
        decided,
        buffer.held(),
        buffer.early(),
        late);
  }

  /** What still waits for a decision stays in the journal. */
  @Override
  public void close() {
    turns.ifPresent(some -> some.end(Duration.ofMinutes(1)));
    step();
  }
}
