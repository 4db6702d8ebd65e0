package io.bridgewatch.engine;

import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.ports.TopologyHistory;
import io.bridgewatch.topology.ClusterFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one cluster: takes what its feed hears, folds it, shows the result, and keeps it.
 *
 * <ol>
 *   <li>Before the feed starts, the objects known from before are read from the store, so that what
 *       changed while nobody watched is told as such.
 *   <li>What is heard waits in a queue of {@link DiscoverySettings#queueCapacity}; when that is
 *       full the feed waits, and with it the API server. Nothing is dropped.
 *   <li>Up to {@link DiscoverySettings#batch} observations are folded at a time. The result is
 *       shown first and then kept, so that a slow disk delays no eye.
 *   <li>What the store refuses is offered again until it takes it, in the meantime nothing more is
 *       read; the snapshot says so.
 *   <li>Checkpoints of the history are written beside the loop, which goes on meanwhile.
 *   <li>History begins once all that can be listed was listed, and a new stretch begins when the
 *       cluster was out of hearing in between.
 * </ol>
 *
 * <p>The fold runs on one thread. {@link #snapshot} may be called by any, at any time.
 */
public final class Discovery implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final int REJECTIONS = 100;

  private final ClusterFeed feed;
  private final DiscoveryStores stores;
  private final DiscoverySettings settings;
  private final Timekeeper clock;
  private final BlockingQueue<Observation> queue;
  private final Semaphore bell = new Semaphore(0);
  private final AtomicLong taken = new AtomicLong();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Thread loop;

  private final RecentObjects recent;

  private volatile Snapshot snapshot;

  /** Observations that were folded and kept. */
  private volatile long done;

  /** When the last turn began, by the clock's nanoseconds. */
  private volatile long standsAt;

  // of the loop's thread alone
  private ClusterFold.State state;
  private FeedStatus status;
  private final Map<String, FeedStatus> kinds = new TreeMap<>();
  private final Map<String, Rejection> rejections = new LinkedHashMap<>();
  private long observed;
  private long changes;
  private long rejected;
  private Optional<String> storeTrouble = Optional.empty();
  private Optional<Instant> lastWord = Optional.empty();
  private Optional<Thread> checkpointer = Optional.empty();

  /**
   * What is known of the cluster at one time. Immutable.
   *
   * @param asOf the latest time that was heard of
   * @param status of the cluster as a whole
   * @param kinds of each kind that is asked for, by name
   * @param storeTrouble why what is known cannot be kept at present; empty if it can
   */
  public record Snapshot(
      String cluster,
      Topology topology,
      Instant asOf,
      FeedStatus status,
      List<FeedStatus> kinds,
      Counts counts,
      Optional<String> storeTrouble) {
    public Snapshot {
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * How much went through, since this discovery began.
   *
   * @param observed observations folded
   * @param changes changes told that somebody made
   * @param rejected what could not be read
   * @param queued observations that wait
   * @param lag from hearing to showing, of the oldest in the last batch
   */
  public record Counts(
      long observed,
      long changes,
      long rejected,
      List<Rejection> rejections,
      int queued,
      int queueCapacity,
      Duration lag) {
    public Counts {
      rejections = List.copyOf(rejections);
    }
  }

  /** Things of one sort that could not be read. */
  public record Rejection(String subject, String reason, String detail, long count, Instant last) {}

  /**
   * Nothing runs until {@link #start}.
   *
   * @param clock gives the time of the observations, too
   */
  public Discovery(
      ClusterFeed feed, DiscoveryStores stores, DiscoverySettings settings, Timekeeper clock) {
    this.feed = feed;
    this.stores = stores;
    this.settings = settings;
    this.clock = clock;
    queue = new ArrayBlockingQueue<>(settings.queueCapacity());
    recent = new RecentObjects(settings.recent(), settings.recentEvents(), this::kept);
    Instant now = clock.instant();
    status = new FeedStatus(Optional.empty(), FeedStatus.State.CONNECTING, "", "", now);
    state = ClusterFold.begin(feed.cluster(), settings.ownership(), now);
    snapshot = snapshotNow(Duration.ZERO);
    standsAt = clock.nanos();
    loop = Thread.ofPlatform().name("discovery-" + feed.cluster()).unstarted(this::run);
  }

  public void start() {
    loop.start();
  }

  public String cluster() {
    return feed.cluster();
  }

  /** What is known now; never waits. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** What became of the cluster's objects in the last while, and what they were before. */
  RecentObjects.Recent recent(Instant now) {
    return recent.recent(now);
  }

  /** What the store has is older than what is being folded. */
  private Optional<KubernetesObject> kept(String resource, String namespace, String name) {
    try {
      return stores.objects().find(cluster(), resource, namespace, name);
    } catch (StoreException e) {
      LOG.warn("cannot read {} {}/{} as it was before", resource, namespace, name, e);
      return Optional.empty();
    }
  }

  /**
   * Takes what was heard of the cluster by another way than the feed, such as an audit webhook.
   * Waits while there is no room.
   *
   * @throws InterruptedException if this thread is asked to stop meanwhile
   */
  public void take(Observation observation) throws InterruptedException {
    taken.incrementAndGet();
    try {
      queue.put(observation);
    } catch (InterruptedException e) {
      taken.decrementAndGet();
      throw e;
    }
    bell.release();
  }

  /** The same for what can be told again: does not wait. Whether there was room. */
  boolean offer(Observation observation) {
    taken.incrementAndGet();
    boolean hasRoom = queue.offer(observation);
    if (hasRoom) {
      bell.release();
    } else {
      taken.decrementAndGet();
    }
    return hasRoom;
  }

  /**
   * Whether all that was taken is folded and kept, and what is known stands at the clock's time.
   * Costs nothing.
   */
  public boolean settled() {
    return !loop.isAlive()
        || (done == taken.get() && clock.nanos() - standsAt < PATIENCE.toNanos());
  }

  /** How far each stream of the cluster was heard ({@link ClusterFeed#heard}). */
  public Map<String, Long> heard() {
    return feed.heard();
  }

  /** Stops listening; what was heard until now is still folded and kept. May be called twice. */
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    feed.close();
    bell.release();
    try {
      if (loop.isAlive() && !loop.join(settings.patienceAtEnd())) {
        loop.interrupt();
        loop.join();
      }
    } catch (InterruptedException e) {
      loop.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      recall();
      if (!closing.get()) {
        feed.start(this::take);
      }
      while (!closing.get() || !queue.isEmpty()) {
        turn();
      }
    } catch (InterruptedException e) {
      LOG.warn("discovery of {} stopped with {} observations left", cluster(), queue.size());
    } catch (RuntimeException | Error e) {
      LOG.error("discovery of {} failed and has stopped", cluster(), e);
      status =
          new FeedStatus(
              Optional.empty(),
              FeedStatus.State.DOWN,
              "DiscoveryFailed",
              "this is a fault of Bridgewatch: " + e + "; the log has more",
              clock.instant());
      snapshot = snapshotNow(Duration.ZERO);
      feed.close();
      throw e;
    } finally {
      endCheckpoint();
    }
  }

  /** Takes up what was known when this cluster was last heard. */
  private void recall() throws InterruptedException {
    List<TopologyHistory.Stretch> heard =
        offered(() -> stores.history().heard(cluster()), "read the history");
    if (heard.isEmpty()) {
      return;
    }
    state = ClusterFold.begin(cluster(), settings.ownership(), heard.getLast().to());
    offered(
        () -> {
          stores
              .objects()
              .forEach(
                  cluster(),
                  (kind, object) -> state = ClusterFold.remember(state, kind, object).state());
          return true;
        },
        "read the objects");
    LOG.info("{}: {} objects known from {}", cluster(), state.objects(), heard.getLast().to());
    snapshot = snapshotNow(Duration.ZERO);
  }

  /** One batch, from the queue to the store. */
  private void turn() throws InterruptedException {
    var batch = new ArrayList<Observation>();
    if (queue.isEmpty()) {
      clock.await(bell, standsAt + PATIENCE.toNanos());
    }
    long began = clock.nanos();
    queue.drainTo(batch, settings.batch());
    var result = new Batch();
    for (Observation observation : batch) {
      note(observation);
      fold(observation, result);
    }
    Instant now = clock.instant();
    if (batch.size() < settings.batch()) { // all that was heard by now has been folded
      result.add(ClusterFold.advance(state, now));
    }
    Duration lag = batch.isEmpty() ? Duration.ZERO : Duration.between(batch.getFirst().time(), now);
    changes += result.changes;
    snapshot = snapshotNow(lag.isNegative() ? Duration.ZERO : lag);
    keep(result, now);
    standsAt = began;
    done += batch.size();
  }

  /** A fault in one observation is ours, is recorded, and takes nothing else along. */
  private void fold(Observation observation, Batch result) {
    observed++;
    recent.take(observation);
    try {
      result.add(ClusterFold.step(state, observation));
    } catch (RuntimeException e) {
      LOG.error("cannot fold {} of {}", subject(observation), cluster(), e);
      reject(
          new Observation.Rejected(
              observation.time(), subject(observation), "FoldFailed", e.toString(), 1));
    }
  }

  private static String subject(Observation observation) {
    return switch (observation) {
      case Observation.Observed one ->
          one.kind() + " " + one.event().object().namespace() + "/" + one.event().object().name();
      case Observation.ListBegan began -> began.kind().toString();
      case Observation.ListEnded ended -> ended.kind().toString();
      case Observation.Audited audited -> "audit record " + audited.record().id();
      case Observation.Traced traced -> "spans";
      case Observation.Sampled sampled -> "metrics";
      case Observation.FeedChanged changed -> "feed status";
      case Observation.Rejected refused -> refused.subject();
    };
  }

  private void note(Observation observation) {
    switch (observation) {
      case Observation.FeedChanged changed ->
          changed
              .status()
              .kind()
              .map(ObjectKind::resource)
              .ifPresentOrElse(
                  resource -> kinds.put(resource, changed.status()),
                  () -> follow(changed.status()));
      case Observation.Rejected refused -> reject(refused);
      case Observation.ListBegan began -> {} // the fold reads these
      case Observation.Observed one -> {}
      case Observation.ListEnded ended -> {}
      case Observation.Audited audited -> {}
      case Observation.Traced traced -> {}
      case Observation.Sampled sampled -> {}
    }
  }

  private void follow(FeedStatus next) {
    switch (next.state()) {
      case CONNECTING, DOWN, UNAVAILABLE -> lastWord = Optional.empty(); // a new stretch is next
      case SYNCING, LIVE -> {} // one kind may be listed anew while the others are heard
    }
    if (status.state() != next.state()) {
      LOG.info("{}: {} {} {}", cluster(), next.state(), next.reason(), next.detail());
    }
    status = next;
  }

  private void reject(Observation.Rejected refused) {
    rejected += refused.count();
    String key = refused.subject() + "/" + refused.reason();
    if (rejections.size() >= REJECTIONS && !rejections.containsKey(key)) {
      rejections.remove(rejections.keySet().iterator().next());
    }
    rejections.merge(
        key,
        new Rejection(
            refused.subject(), refused.reason(), refused.detail(), refused.count(), refused.time()),
        (old, more) ->
            new Rejection(
                more.subject(),
                more.reason(),
                more.detail(),
                old.count() + more.count(),
                more.last()));
  }

  private Snapshot snapshotNow(Duration lag) {
    return new Snapshot(
        cluster(),
        state.topology(),
        state.now(),
        status,
        List.copyOf(kinds.values()),
        new Counts(
            observed,
            changes,
            rejected,
            List.copyOf(rejections.values()),
            queue.size(),
            settings.queueCapacity(),
            lag),
        storeTrouble);
  }

  private void keep(Batch result, Instant now) throws InterruptedException {
    if (!result.edits.isEmpty()) {
      offered(
          () -> {
            stores.objects().apply(cluster(), result.edits);
            return true;
          },
          "keep objects");
    }
    if (!result.happenings.isEmpty()) {
      offered(
          () -> {
            stores.chronicle().put(cluster(), List.copyOf(result.happenings.values()));
            return true;
          },
          "keep happenings");
    }
    if (status.state() == FeedStatus.State.LIVE || lastWord.isPresent()) {
      remember(result.delta.build(), now);
    }
  }

  private void remember(TopologyDelta delta, Instant now) throws InterruptedException {
    Topology whole = state.topology();
    if (lastWord.isEmpty()) {
      offered(
          () -> {
            stores.history().checkpoint(cluster(), now, whole);
            return true;
          },
          "keep the topology");
    } else if (!delta.isEmpty() || lastWord.get().plus(HEARTBEAT).isBefore(now)) {
      offered(
          () -> {
            stores.history().append(cluster(), now, delta);
            return true;
          },
          "keep the topology");
      if (checkpointer.isEmpty() || !checkpointer.get().isAlive()) {
        checkpointer = stores.history().dueCheckpoint(cluster(), now, whole).map(this::started);
      }
    } else {
      return;
    }
    lastWord = Optional.of(now);
  }

  /** Runs it beside the loop, since writing everything takes longer than anybody should wait. */
  private Thread started(Runnable checkpoint) {
    return Thread.ofPlatform()
        .name("checkpoint-" + cluster())
        .start(
            () -> {
              try {
                checkpoint.run();
              } catch (StoreException e) {
                LOG.error("cannot write a checkpoint of {}; it is tried again", cluster(), e);
              }
            });
  }

  private void endCheckpoint() {
    boolean interrupted = false;
    while (checkpointer.isPresent()) {
      checkpointer.get().interrupt(); // it can be had again after a restart
      try {
        checkpointer.get().join();
        checkpointer = Optional.empty();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Work<T> {
    T now();
  }

  /** Does it, and does it again until the store takes it or this thread is asked to stop. */
  private <T> T offered(Work<T> work, String what) throws InterruptedException {
    while (true) {
      try {
        T done = work.now();
        if (storeTrouble.isPresent()) {
          LOG.info("{}: the store works again", cluster());
          storeTrouble = Optional.empty();
          snapshot = snapshotNow(Duration.ZERO);
        }
        return done;
      } catch (StoreException e) {
        if (storeTrouble.isEmpty()) {
          LOG.error(
              "cannot {} of {}; it is tried again every {}", what, cluster(), settings.retry(), e);
        }
        storeTrouble = Optional.of("cannot " + what + ": " + e.getMessage());
        snapshot = snapshotNow(Duration.ZERO);
        TimeUnit.MILLISECONDS.sleep(settings.retry().toMillis());
      }
    }
  }

  /** What the steps of one turn came to. */
  private final class Batch {
    private final TopologyDelta.Builder delta = TopologyDelta.builder();
    private final Map<String, Happening> happenings = new LinkedHashMap<>();
    private final List<ObjectStore.Edit> edits = new ArrayList<>();
    private long changes;

    void add(ClusterFold.Step step) {
      state = step.state();
      delta.add(step.delta());
      for (Happening happening : step.happenings()) {
        boolean isNew = happenings.put(happening.id(), happening) == null;
        changes += isNew && happening instanceof Happening.Changed ? 1 : 0;
      }
      step.kept().forEach(k -> edits.add(new ObjectStore.Edit.Put(k.kind(), k.object())));
      step.gone()
          .forEach(g -> edits.add(new ObjectStore.Edit.Remove(g.kind(), g.namespace(), g.name())));
    }
  }
}
