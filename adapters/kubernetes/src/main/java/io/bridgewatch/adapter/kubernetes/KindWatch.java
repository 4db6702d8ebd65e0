package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.FeedStatus.State;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.WatchEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads one kind of object for as long as the feed is open.
 *
 * <p>It lists, then watches from the list's version on; a watch that ends is resumed from the last
 * version that was heard, so nothing is lost or told twice. Where the server has forgotten that
 * version, all is listed anew between {@code ListBegan} and {@code ListEnded}; a list that breaks
 * has no end, and the next one starts over.
 *
 * <ol>
 *   <li>Lists are streamed (a watch that begins with what exists) where the server can, paged where
 *       it cannot. Neither names a version, so that none is older than what was told before.
 *   <li>Failures that would meet any request are left to the cluster's probe; it says when to go
 *       on. Others are repeated after a random, growing pause.
 *   <li>A kind that may not be read or is not served is looked at again from time to time, or when
 *       the definitions of the cluster change.
 * </ol>
 */
final class KindWatch implements Runnable {

  private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

  /** Pages of a list that were asked for in vain before the list as a whole counts as failed. */
  private static final int PAGE_TRIES = 5;

  /** Lists whose pages expired before the next one is asked for in one piece. */
  private static final int EXPIRED_LISTS = 2;

  /** Answers in a row that could not be read before the version they follow is given up. */
  private static final int UNREADABLE_ANSWERS = 3;

  private final Cluster cluster;
  private final Kinds.Wanted wanted;
  private final int rank;
  private final Semaphore bell = new Semaphore(0);
  private final Backoff backoff;
  private final Map<String, LeaseSeen> leases = new HashMap<>();

  private volatile int choice;
  private volatile String version = "";
  private boolean announced;
  private boolean told;
  private boolean streams = true;
  private volatile boolean retired;
  private int expiredLists;
  private int expiredInARow;
  private int unreadable;

  /** What was last told of a lease. */
  private record LeaseSeen(String holder, String transitions, long nanos) {}

  /**
   * @param rank among the kinds that are listed first, the lowest first
   */
  KindWatch(Cluster cluster, Kinds.Wanted wanted, int rank) {
    this.cluster = cluster;
    this.wanted = wanted;
    this.rank = rank;
    FeedSettings settings = cluster.settings();
    this.backoff = new Backoff(settings.firstPause(), settings.longestPause(), cluster.random());
    announce();
  }

  /** The cluster is not complete before this has been read. */
  void await() throws InterruptedException {
    cluster.statuses().await(kind());
  }

  /** The version from which on it watches; empty while it lists. */
  String heard() {
    return version;
  }

  /** The resource that it reads at present. */
  String resource() {
    return kind().resource();
  }

  /** Whether it reads that resource, in whatever version. */
  boolean reads(ObjectKind kind) {
    return wanted.choices().stream().anyMatch(one -> one.resource().equals(kind.resource()));
  }

  /** The kind is no more: its thread, when interrupted, tells so. */
  void retire() {
    retired = true;
  }

  /** Ends a pause: something changed, so that it is worth another try. */
  void wake() {
    bell.release();
  }

  @Override
  public void run() {
    try {
      while (!retired) {
        cluster.awaitReachable();
        once();
      }
    } catch (InterruptedException stopped) {
      if (!retired) {
        Thread.currentThread().interrupt();
        return;
      }
    } finally {
      withdraw();
    }
    withdrawObjects();
  }

  /**
   * The interrupt that followed the retirement may come only now, when the watch had ended by
   * itself: it must not keep the kind's objects alive. Only a feed that is being closed does.
   */
  private void withdrawObjects() {
    while (true) {
      try {
        tellNoneExist();
        cluster.statuses().forget(kind());
        return;
      } catch (InterruptedException interrupted) {
        if (cluster.closing()) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void once() throws InterruptedException {
    long began = cluster.time().nanos();
    try {
      if (!version.isEmpty()) {
        watch();
      } else if (streams && cluster.streamsLists()) {
        listByStream();
      } else {
        listByPages();
      }
      afterEnd(began);
    } catch (ApiException failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(failure);
      }
      afterFailure(failure, began);
    } catch (RuntimeException bug) {
      cluster
          .statuses()
          .kind(
              kind(), State.DOWN, FeedReason.INTERNAL_ERROR, "cannot read " + kind() + ": " + bug);
      pause(backoff.next());
    }
  }

  // Reading

  private void watch() throws ApiException, InterruptedException {
    Duration timeout = watchTimeout();
    String path =
        Kinds.path(kind())
            + "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + timeout.toSeconds()
            + "&resourceVersion="
            + encoded(version);
    Duration patience = timeout.plus(cluster.settings().idleSlack());
    try (var answer = cluster.get("watch " + kind(), path, patience)) {
      cluster.statuses().kind(kind(), State.LIVE);
      follow(answer, false, patience);
    }
  }

  private void listByStream() throws ApiException, InterruptedException {
    Duration timeout = watchTimeout();
    String path =
        Kinds.path(kind())
            + "?watch=true&allowWatchBookmarks=true&sendInitialEvents=true"
            + "&resourceVersionMatch=NotOlderThan&timeoutSeconds="
            + timeout.toSeconds();
    takeSlot();
    boolean[] held = {true};
    try (var answer = cluster.get("list " + kind(), path, cluster.settings().listPatience())) {
      listBegan();
      Duration patience = timeout.plus(cluster.settings().idleSlack());
      follow(
          answer,
          true,
          patience,
          () -> {
            held[0] = false;
            cluster.slots().release();
          });
    } finally {
      if (held[0]) {
        cluster.slots().release();
      }
    }
  }

  private void follow(ApiConnection.Answer answer, boolean initial, Duration patience)
      throws ApiException, InterruptedException {
    follow(answer, initial, patience, () -> {});
  }

  /** Tells the events of a stream until it ends. */
  private void follow(
      ApiConnection.Answer answer, boolean initial, Duration patience, Runnable listed)
      throws ApiException, InterruptedException {
    boolean listing = initial;
    try (var reader = reader("watch " + kind(), answer)) {
      for (Optional<ObjectReader.Event> next = reader.nextEvent();
          next.isPresent();
          next = reader.nextEvent()) {
        ObjectReader.Event event = next.get();
        switch (event.type()) {
          case "ADDED", "MODIFIED", "DELETED" -> {
            observed(WatchEvent.Type.valueOf(event.type()), event.object(), listing);
            if (!listing) {
              heard(event.object());
            }
          }
          case "BOOKMARK" -> {
            if (!listing) {
              heard(event.object());
            } else if (endsList(event.object())) {
              listing = false;
              heard(event.object());
              answer.body().patience(patience);
              listed.run();
              listEnded();
            }
          }
          case "ERROR" -> throw error(event.object());
          default ->
              reject(
                  FeedReason.UNKNOWN_KIND,
                  "event of type %s of %s".formatted(event.type(), kind()));
        }
      }
    }
    if (listing) {
      throw new ApiException(
          FeedReason.TRUNCATED,
          "cannot list %s: the answer ended before the list did".formatted(kind()),
          null);
    }
  }

  private void listByPages() throws ApiException, InterruptedException {
    takeSlot();
    try {
      String token = "";
      String listVersion = "";
      boolean began = false;
      do {
        try (var answer = page(token)) {
          if (!began) {
            began = true;
            listBegan();
          }
          try (var reader = reader("list " + kind(), answer)) {
            var page = reader.readList(item -> observed(WatchEvent.Type.ADDED, item, true));
            token = page.continueToken();
            listVersion = page.resourceVersion();
          }
        }
      } while (!token.isEmpty());
      if (listVersion.isEmpty()) {
        throw new ApiException(
            FeedReason.MALFORMED,
            "cannot list %s: the list tells no resourceVersion to watch from".formatted(kind()),
            null);
      }
      version = listVersion;
      expiredLists = 0;
      listEnded();
    } finally {
      cluster.slots().release();
    }
  }

  /** Asks for a page; while nothing of it was read, trouble with it does not break the list. */
  private ApiConnection.Answer page(String token) throws ApiException, InterruptedException {
    int limit = cluster.settings().pageSize();
    String path = Kinds.path(kind());
    if (expiredLists < EXPIRED_LISTS) {
      path += "?limit=" + limit + (token.isEmpty() ? "" : "&continue=" + encoded(token));
    }
    for (int tries = 1; ; tries++) {
      try {
        return cluster.get("list " + kind(), path, cluster.settings().listPatience());
      } catch (ApiException failure) {
        boolean passing =
            failure.reason() == FeedReason.TOO_MANY_REQUESTS
                || failure.reason() == FeedReason.SERVER_ERROR;
        if (failure.reason() == FeedReason.EXPIRED && !token.isEmpty()) {
          expiredLists++;
        }
        if (token.isEmpty() || !passing || tries == PAGE_TRIES) {
          throw failure;
        }
        pause(pauseAfter(failure));
      }
    }
  }

  private ObjectReader reader(String what, ApiConnection.Answer answer) {
    return new ObjectReader(
        what, answer.body(), Trim.of(kind()), cluster.masking(), cluster.interner());
  }

  // Telling

  private void listBegan() throws InterruptedException {
    told = true;
    cluster.statuses().kind(kind(), State.SYNCING);
    cluster.tell(new Observation.ListBegan(cluster.time().now(), kind()));
    if (kind().equals(Kinds.DEFINITIONS)) {
      cluster.definitionsListed(false);
    }
  }

  private void listEnded() throws InterruptedException {
    cluster.tell(new Observation.ListEnded(cluster.time().now(), kind()));
    if (kind().equals(Kinds.DEFINITIONS)) {
      cluster.definitionsListed(true);
    }
    cluster.statuses().kind(kind(), State.LIVE);
  }

  private void observed(WatchEvent.Type type, ObjectReader.Read read, boolean listing)
      throws InterruptedException {
    Map<String, @Nullable Object> tree = read.tree();
    ObjectKind kind = kind();
    if (!kind.kind().equals(tree.getOrDefault("kind", kind.kind()))
        || !kind.apiVersion().equals(tree.getOrDefault("apiVersion", kind.apiVersion()))) {
      reject(
          FeedReason.UNKNOWN_KIND,
          "saw a %s of %s where %s were asked for"
              .formatted(tree.get("kind"), tree.get("apiVersion"), kind));
      return;
    }
    var object = KubernetesObject.of(complete(tree));
    if (object.name().isEmpty()) {
      reject(FeedReason.NAMELESS, "saw an object without a name among " + kind);
      return;
    }
    if (!read.shortened().isEmpty()) {
      reject(
          FeedReason.OBJECT_TOO_LARGE,
          "%s %s/%s: %s".formatted(kind, object.namespace(), object.name(), read.shortened()));
    }
    if (kind.plural().equals("leases") && !worthTelling(type, object, listing)) {
      return;
    }
    cluster.tell(
        new Observation.Observed(kind, new WatchEvent(cluster.time().now(), type, object)));
    if (kind.equals(Kinds.DEFINITIONS)) {
      cluster.defined(type, object);
    }
  }

  /** Lists leave out what all their items share. */
  private Map<String, @Nullable Object> complete(Map<String, @Nullable Object> tree) {
    if (tree.containsKey("kind") && tree.containsKey("apiVersion")) {
      return tree;
    }
    var whole = new LinkedHashMap<String, @Nullable Object>();
    whole.put("apiVersion", kind().apiVersion());
    whole.put("kind", kind().kind());
    whole.putAll(tree);
    return whole;
  }

  /** A lease is renewed every few seconds; that it still is, is worth a word now and then. */
  private boolean worthTelling(WatchEvent.Type type, KubernetesObject lease, boolean listing) {
    String key = lease.namespace() + "/" + lease.name();
    if (type == WatchEvent.Type.DELETED) {
      leases.remove(key);
      return true;
    }
    long now = cluster.time().nanos();
    String holder = lease.text("spec", "holderIdentity").orElse("");
    String transitions = lease.text("spec", "leaseTransitions").orElse("");
    LeaseSeen before = leases.get(key);
    boolean recent =
        before != null
            && before.holder().equals(holder)
            && before.transitions().equals(transitions)
            && now - before.nanos() < cluster.settings().leaseInterval().toNanos();
    if (recent && !listing) {
      return false;
    }
    leases.put(key, new LeaseSeen(holder, transitions, now));
    return true;
  }

  /** Whatever was told of the kind does not exist any more. */
  private void tellNoneExist() throws InterruptedException {
    if (told) {
      cluster.tell(new Observation.ListBegan(cluster.time().now(), kind()));
      cluster.tell(new Observation.ListEnded(cluster.time().now(), kind()));
      told = false;
    }
    version = "";
  }

  private void reject(FeedReason reason, String detail) throws InterruptedException {
    cluster.tell(
        new Observation.Rejected(
            cluster.time().now(), kind().resource(), reason.word(), detail, 1));
  }

  private void heard(ObjectReader.Read object) {
    String seen = KubernetesObject.of(object.tree()).text("metadata", "resourceVersion").orElse("");
    if (!seen.isEmpty()) {
      version = seen;
      unreadable = 0;
      expiredInARow = 0;
    }
  }

  private static boolean endsList(ObjectReader.Read bookmark) {
    return KubernetesObject.of(bookmark.tree())
        .text("metadata", "annotations", INITIAL_EVENTS_END)
        .filter("true"::equals)
        .isPresent();
  }

  private ApiException error(ObjectReader.Read status) {
    int code = KubernetesObject.of(status.tree()).number("code").map(Double::intValue).orElse(500);
    return ApiException.ofStatus("watch " + kind(), code, status.tree(), null);
  }

  // Going on

  /** The stream ended as streams do. */
  private void afterEnd(long began) throws InterruptedException {
    if (healthy(began)) {
      backoff.reset();
    } else if (backoff.failures() > 0 || cluster.time().nanos() - began < shortest()) {
      pause(backoff.next()); // a server that hangs up at once is not asked again at once
    }
  }

  private void afterFailure(ApiException failure, long began) throws InterruptedException {
    if (healthy(began)) {
      backoff.reset();
    }
    switch (failure.reason()) {
      case CONNECTION_REFUSED,
          HOST_UNKNOWN,
          TIMEOUT,
          CERTIFICATE_UNTRUSTED,
          CONFIGURATION_INVALID -> {
        down(failure);
        cluster.suspect(failure);
      }
      case CONNECTION_LOST -> {
        cluster.suspect(failure);
        if (version.isEmpty()) {
          down(failure);
        }
        pause(backoff.next());
      }
      case UNAUTHORIZED -> {
        cluster.suspect(failure);
        unavailable(failure);
      }
      case FORBIDDEN, NOT_SERVED -> {
        if (failure.reason() == FeedReason.NOT_SERVED) {
          tellNoneExist();
        }
        if (version.isEmpty() && choice + 1 < wanted.choices().size()) {
          choose(choice + 1);
        } else {
          choose(version.isEmpty() ? 0 : choice);
          unavailable(failure);
        }
      }
      case EXPIRED -> {
        version = "";
        if (expiredInARow++ > 0) {
          pause(backoff.next());
        }
      }
      case UNSUPPORTED -> {
        if (version.isEmpty() && streams && cluster.streamsLists()) {
          cluster.streamsNoLists();
        } else {
          version = "";
          down(failure);
          pause(backoff.next());
        }
      }
      case SILENT -> {
        if (version.isEmpty()) {
          streams = false; // it streams, but never says that the list is complete
        }
      }
      case TOO_MANY_REQUESTS -> pause(pauseAfter(failure));
      case TRUNCATED, MALFORMED -> {
        reject(failure.reason(), failure.sentence());
        if (++unreadable >= UNREADABLE_ANSWERS) {
          version = "";
        }
        if (version.isEmpty()) {
          down(failure);
        }
        pause(backoff.next());
      }
      case SERVER_ERROR,
          UNKNOWN_KIND,
          NAMELESS,
          OBJECT_TOO_LARGE,
          TOO_MANY_KINDS,
          CLOCK_SKEW,
          INTERNAL_ERROR -> {
        down(failure);
        pause(backoff.next());
      }
    }
  }

  private void down(ApiException failure) throws InterruptedException {
    cluster.statuses().kind(kind(), State.DOWN, failure.reason(), failure.sentence());
  }

  private void unavailable(ApiException failure) throws InterruptedException {
    cluster.statuses().kind(kind(), State.UNAVAILABLE, failure.reason(), failure.sentence());
    pause(cluster.settings().deniedInterval());
  }

  private void choose(int next) throws InterruptedException {
    if (next != choice) {
      cluster.statuses().await(wanted.choices().get(next));
      cluster.statuses().forget(kind());
      choice = next;
    }
  }

  private Duration pauseAfter(ApiException failure) {
    Duration own = backoff.next();
    return failure.retryAfter().map(asked -> asked.plus(own)).orElse(own);
  }

  private void pause(Duration longest) throws InterruptedException {
    withdraw();
    cluster.time().waitFor(bell, longest);
    announce();
  }

  private boolean healthy(long began) {
    return cluster.time().nanos() - began >= cluster.settings().healthyAfter().toNanos();
  }

  private long shortest() {
    return cluster.settings().firstPause().toNanos();
  }

  private void takeSlot() throws InterruptedException {
    announce();
    cluster.slots().acquire(rank);
    announced = false;
  }

  private void announce() {
    if (!announced && version.isEmpty()) {
      announced = true;
      cluster.slots().announce(rank);
    }
  }

  private void withdraw() {
    if (announced) {
      announced = false;
      cluster.slots().withdraw(rank);
    }
  }

  private ObjectKind kind() {
    return wanted.choices().get(choice);
  }

  private Duration watchTimeout() {
    long least = cluster.settings().watchTimeout().toSeconds();
    return Duration.ofSeconds(least + cluster.random().nextLong(least + 1));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static InterruptedException interrupted(ApiException failure) {
    var closing = new InterruptedException("the feed is being closed");
    closing.initCause(failure);
    return closing;
  }
}
