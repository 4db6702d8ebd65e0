package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.ports.ClusterFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hears one cluster over its API: a watch for each kind, each on a virtual thread of its own, and a
 * probe that looks whether the server answers at all. While it does not, only the probe knocks.
 */
final class KubernetesFeed implements ClusterFeed, Cluster {

  /** Opens the way to a cluster; run anew when what opened it is refused. */
  interface Connector {
    /**
     * @throws ApiException if the configuration is of no use
     */
    ApiConnection connect() throws ApiException;
  }

  /** The first version whose streamed lists can be asked for. */
  private static final int STREAMED_LISTS_SINCE = 27;

  /** Probes in a row that timed out before connections that say nothing either are given up. */
  private static final int DEAD_AFTER = 2;

  private final String name;
  private final Connector connector;
  private final FeedSettings settings;
  private final Time time;
  private final RandomGenerator random;
  private final Masking masking;
  private final Interner interner = new Interner();
  private final TokenBucket requests;
  private final ListSlots slots;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Semaphore probeBell = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private final List<KindWatch> named = new ArrayList<>();
  private final Map<String, Custom> custom = new ConcurrentHashMap<>();

  /** By definition, the thread that last read its resources and may still be telling their end. */
  private final Map<String, Thread> leaving = new HashMap<>();

  private final Set<String> definitionsSeen = new HashSet<>();

  private volatile @Nullable Sink sink;
  private volatile @Nullable Statuses statuses;
  private @Nullable ApiConnection connection;
  private boolean reachable;
  private volatile boolean closed;
  private Duration skewed = Duration.ZERO;
  private volatile boolean streamsLists = true;

  /** A kind of custom resource that is being read. */
  private record Custom(ObjectKind kind, KindWatch watch, Thread thread) {}

  KubernetesFeed(
      String name, Connector connector, FeedSettings settings, Time time, RandomGenerator random) {
    this.name = name;
    this.connector = connector;
    this.settings = settings;
    this.time = time;
    this.random = random;
    this.masking = new Masking(settings.maskingKey());
    this.requests = new TokenBucket(settings.requestsPerSecond(), settings.burst(), time.nanos());
    this.slots = new ListSlots(settings.concurrentLists());
  }

  @Override
  public String cluster() {
    return name;
  }

  @Override
  public void start(Sink sink) {
    lock.lock();
    try {
      if (this.sink != null || closed) {
        throw new IllegalStateException(
            "cannot start the feed of cluster " + name + ": it was started before");
      }
      this.sink = sink;
      this.statuses = new Statuses(time, sink);
      List<Kinds.Wanted> wanted = Kinds.wanted();
      for (int rank = 0; rank < wanted.size(); rank++) {
        named.add(new KindWatch(this, wanted.get(rank), rank));
      }
      run("probe", this::probe);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<String, Long> heard() {
    var heard = new TreeMap<String, Long>();
    List<KindWatch> all;
    lock.lock();
    try {
      all = new ArrayList<>(named);
    } finally {
      lock.unlock();
    }
    custom.values().forEach(one -> all.add(one.watch()));
    for (KindWatch watch : all) {
      String version = watch.heard();
      if (!version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9')) {
        heard.put(watch.resource(), Long.parseUnsignedLong(version));
      }
    }
    return heard;
  }

  @Override
  public void close() {
    List<Thread> running;
    lock.lock();
    try {
      closed = true;
      running = List.copyOf(threads);
      threads.clear();
    } finally {
      lock.unlock();
    }
    running.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : running) {
      while (thread.isAlive() && thread != Thread.currentThread()) {
        try {
          thread.join();
        } catch (InterruptedException again) {
          interrupted = true; // the promise that the sink is left alone comes first
        }
      }
    }
    ApiConnection open = connection;
    if (open != null) {
      open.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // The probe

  private void probe() throws InterruptedException {
    for (KindWatch watch : named) {
      watch.await();
    }
    var backoff = new Backoff(settings.firstPause(), settings.longestPause(), random);
    boolean running = false;
    int timeouts = 0;
    while (true) {
      try {
        look();
        timeouts = 0;
        backoff.reset();
        answers();
        if (!running) {
          running = true;
          named.forEach(watch -> run("watch", watch::run));
        }
        time.waitFor(probeBell, settings.probeInterval());
      } catch (ApiException failure) {
        timeouts = failure.reason() == FeedReason.TIMEOUT ? timeouts + 1 : 0;
        fails(failure, timeouts);
        time.waitFor(new Semaphore(0), backoff.next());
      } catch (RuntimeException bug) {
        fails(
            new ApiException(
                FeedReason.INTERNAL_ERROR, "cannot read cluster %s: %s".formatted(name, bug), bug),
            0);
        time.waitFor(new Semaphore(0), backoff.next());
      }
    }
  }

  /** Asks for the server's version: costs it nothing and needs no rights. */
  private void look() throws ApiException, InterruptedException {
    Instant asked = time.now();
    try (var answer =
            connected().get("reach the API server", "/version", probePatience(), probePatience());
        var reader =
            new ObjectReader("reach the API server", answer.body(), Keep.ALL, masking, interner)) {
      var version = KubernetesObject.of(reader.readOne().tree());
      if (minor(version).filter(minor -> minor < STREAMED_LISTS_SINCE).isPresent()) {
        streamsLists = false;
      }
      Instant heard = time.now();
      answer.serverTime().ifPresent(server -> skewed = skew(asked, server, heard));
    } catch (ApiException failure) {
      boolean answered =
          switch (failure.reason()) {
            case FORBIDDEN, NOT_SERVED, TOO_MANY_REQUESTS -> true;
            default -> false;
          };
      if (!answered) {
        throw failure;
      }
    }
  }

  /** The header has whole seconds and was written between question and answer. */
  private static Duration skew(Instant asked, Instant server, Instant heard) {
    if (server.isBefore(asked.minusSeconds(1))) {
      return Duration.between(asked, server);
    }
    return server.isAfter(heard) ? Duration.between(heard, server) : Duration.ZERO;
  }

  private static Optional<Integer> minor(KubernetesObject version) {
    String digits = version.text("minor").orElse("").replaceAll("\\D.*", "");
    return digits.isEmpty() || digits.length() > 6
        ? Optional.empty()
        : Optional.of(Integer.valueOf(digits));
  }

  private Duration probePatience() {
    Duration third = settings.answerTimeout().dividedBy(3);
    return third.isZero() ? settings.answerTimeout() : third;
  }

  private void answers() throws InterruptedException {
    boolean back;
    lock.lockInterruptibly();
    try {
      back = !reachable;
      reachable = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    statuses().reached();
    statuses().skew(skewed);
    if (back) {
      named.forEach(KindWatch::wake);
    }
  }

  private void fails(ApiException failure, int timeouts) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      reachable = false;
      ApiConnection open = connection;
      boolean renew =
          failure.reason() == FeedReason.UNAUTHORIZED
              || failure.reason() == FeedReason.CERTIFICATE_UNTRUSTED;
      if (open != null && renew) {
        connection = null; // tokens and certificates are rotated: read them anew
        open.close();
      } else if (open != null && timeouts >= DEAD_AFTER) {
        open.abort();
      }
    } finally {
      lock.unlock();
    }
    statuses().down(failure);
  }

  private ApiConnection connected() throws ApiException, InterruptedException {
    lock.lockInterruptibly();
    try {
      ApiConnection open = connection;
      if (open == null) {
        open = connector.connect();
        connection = open;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  // What the watches share

  @Override
  public void awaitReachable() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!reachable) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void suspect(ApiException failure) {
    lock.lock();
    try {
      if (failure.reason().unreachable() && failure.reason() != FeedReason.CONNECTION_LOST) {
        reachable = false;
      }
    } finally {
      lock.unlock();
    }
    probeBell.release();
  }

  @Override
  public ApiConnection.Answer get(String what, String path, Duration patience)
      throws ApiException, InterruptedException {
    Duration wait = requests.take(time.nanos());
    if (!wait.isZero()) {
      time.pause(wait);
    }
    return connected().get(what, path, settings.answerTimeout(), patience);
  }

  @Override
  public void tell(Observation observation) throws InterruptedException {
    Sink taker = sink;
    if (taker == null || closed) {
      throw new InterruptedException("the feed of cluster " + name + " is being closed");
    }
    taker.take(observation);
  }

  // Custom resources; called by the thread that reads definitions

  @Override
  public void defined(WatchEvent.Type type, KubernetesObject definition)
      throws InterruptedException {
    Optional<ObjectKind> kind =
        type == WatchEvent.Type.DELETED ? Optional.empty() : Definitions.kind(definition);
    if (kind.isEmpty()) {
      undefine(definition.name());
      return;
    }
    definitionsSeen.add(definition.name());
    if (Kinds.isNamed(kind.get())) {
      named.stream().filter(watch -> watch.reads(kind.get())).forEach(KindWatch::wake);
    } else if (Kinds.mayBeRead(kind.get())) {
      define(definition.name(), kind.get());
    }
  }

  @Override
  public void definitionsListed(boolean complete) {
    if (!complete) {
      definitionsSeen.clear();
    } else {
      custom.keySet().stream()
          .filter(name -> !definitionsSeen.contains(name))
          .toList()
          .forEach(this::undefine);
    }
  }

  private void define(String name, ObjectKind kind) throws InterruptedException {
    Custom known = custom.get(name);
    if (known != null && known.kind().equals(kind)) {
      known.watch().wake();
      return;
    }
    undefine(name);
    if (custom.size() >= settings.customKinds()) {
      tell(
          new Observation.Rejected(
              time.now(),
              kind.resource(),
              FeedReason.TOO_MANY_KINDS.word(),
              "%s is not watched: %d kinds of custom resources are, which is the limit"
                  .formatted(kind, settings.customKinds()),
              1));
      return;
    }
    var watch = new KindWatch(this, new Kinds.Wanted(List.of(kind)), Kinds.wanted().size());
    watch.await();
    Thread before = leaving.remove(name);
    Thread thread =
        run(
            kind.resource(),
            () -> {
              if (before != null) {
                before.join(); // else its last word could take away what this one tells
              }
              watch.run();
            });
    if (thread != null) {
      custom.put(name, new Custom(kind, watch, thread));
    }
  }

  private void undefine(String name) {
    Custom gone = custom.remove(name);
    if (gone != null) {
      gone.watch().retire();
      gone.thread().interrupt();
      leaving.values().removeIf(thread -> !thread.isAlive());
      leaving.put(name, gone.thread());
    }
  }

  // The rest of what the watches share

  @Override
  public boolean closing() {
    return closed;
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public FeedSettings settings() {
    return settings;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Masking masking() {
    return masking;
  }

  @Override
  public Interner interner() {
    return interner;
  }

  @Override
  public Statuses statuses() {
    return Objects.requireNonNull(statuses, "set before any thread was started");
  }

  @Override
  public ListSlots slots() {
    return slots;
  }

  @Override
  public boolean streamsLists() {
    return streamsLists;
  }

  @Override
  public void streamsNoLists() {
    streamsLists = false;
  }

  private interface Task {
    void run() throws InterruptedException;
  }

  /** Starts a thread that {@link #close} waits for; none if the feed is closed. */
  private @Nullable Thread run(String what, Task task) {
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      Thread thread =
          Thread.ofVirtual()
              .name("kubernetes " + name + " " + what)
              .start(
                  () -> {
                    try {
                      task.run();
                    } catch (InterruptedException closing) {
                      Thread.currentThread().interrupt();
                    }
                  });
      threads.removeIf(earlier -> !earlier.isAlive());
      threads.add(thread);
      return thread;
    } finally {
      lock.unlock();
    }
  }
}
