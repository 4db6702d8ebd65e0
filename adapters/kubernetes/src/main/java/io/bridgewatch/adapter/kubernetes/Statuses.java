package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.FeedStatus.State;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.ClusterFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The state of each kind and, derived from them, of the cluster; tells each change once.
 *
 * <p>The cluster is {@code LIVE} from when all its kinds have been read, or cannot be, until it
 * cannot be reached; a kind that is read again later speaks for itself.
 */
final class Statuses {

  /** Below, the clocks are taken to agree: the API server's header has whole seconds. */
  private static final Duration SKEW_TOLERATED = Duration.ofSeconds(5);

  private final Time time;
  private final ClusterFeed.Sink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<ObjectKind> awaited = new HashSet<>();
  private final Map<ObjectKind, FeedStatus> kinds = new HashMap<>();
  private @Nullable ApiException down;
  private boolean reached;
  private boolean synced;
  private Duration skew = Duration.ZERO;
  private @Nullable FeedStatus cluster;

  Statuses(Time time, ClusterFeed.Sink sink) {
    this.time = time;
    this.sink = sink;
  }

  /** The cluster is not complete before that kind is. */
  void await(ObjectKind kind) throws InterruptedException {
    changing(() -> awaited.add(kind));
  }

  /** That kind is of no concern any more. */
  void forget(ObjectKind kind) throws InterruptedException {
    changing(
        () -> {
          awaited.remove(kind);
          kinds.remove(kind);
        });
  }

  void kind(ObjectKind kind, State state) throws InterruptedException {
    kind(kind, state, "", "");
  }

  void kind(ObjectKind kind, State state, FeedReason reason, String detail)
      throws InterruptedException {
    kind(kind, state, reason.word(), detail);
  }

  /** The cluster answers. */
  void reached() throws InterruptedException {
    changing(
        () -> {
          reached = true;
          down = null;
        });
  }

  /** The cluster does not answer, or lets nobody in. */
  void down(ApiException failure) throws InterruptedException {
    changing(
        () -> {
          down = failure;
          synced = false;
        });
  }

  /** By how much the API server's clock is ahead of ours. */
  void skew(Duration ahead) throws InterruptedException {
    changing(
        () -> {
          if (ahead.abs().compareTo(SKEW_TOLERATED) <= 0) {
            skew = Duration.ZERO;
          } else if (skew.isZero() || ahead.minus(skew).abs().compareTo(SKEW_TOLERATED) > 0) {
            skew = ahead; // a drift of less is no news
          }
        });
  }

  private void kind(ObjectKind kind, State state, String reason, String detail)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      FeedStatus before = kinds.get(kind);
      if (before == null || differs(before, state, reason, detail)) {
        var status = status(Optional.of(kind), before, state, reason, detail);
        kinds.put(kind, status);
        sink.take(new Observation.FeedChanged(time.now(), status));
        tellCluster();
      }
    } finally {
      lock.unlock();
    }
  }

  private void changing(Runnable change) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      change.run();
      tellCluster();
    } finally {
      lock.unlock();
    }
  }

  private void tellCluster() throws InterruptedException {
    FeedStatus before = cluster;
    FeedStatus now = derived(before);
    if (before == null || differs(before, now.state(), now.reason(), now.detail())) {
      cluster = now;
      sink.take(new Observation.FeedChanged(time.now(), now));
    }
  }

  private FeedStatus derived(@Nullable FeedStatus before) {
    ApiException failure = down;
    if (failure != null) {
      return status(
          Optional.empty(), before, State.DOWN, failure.reason().word(), failure.sentence());
    }
    if (!reached) {
      return status(Optional.empty(), before, State.CONNECTING, "", "");
    }
    synced |= awaited.stream().allMatch(this::settled);
    State state = synced ? State.LIVE : State.SYNCING;
    return skew.isZero()
        ? status(Optional.empty(), before, state, "", "")
        : status(Optional.empty(), before, state, FeedReason.CLOCK_SKEW.word(), skewSentence(skew));
  }

  private boolean settled(ObjectKind kind) {
    FeedStatus status = kinds.get(kind);
    if (status == null) {
      return false;
    }
    return switch (status.state()) {
      case LIVE, UNAVAILABLE -> true;
      case DOWN -> !Kinds.isNamed(kind); // a broken webhook of one team must not hold all up
      case CONNECTING, SYNCING -> false;
    };
  }

  private static String skewSentence(Duration ahead) {
    return "the API server's clock is %d s %s ours; set both by the same time service"
        .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
  }

  private static boolean differs(FeedStatus before, State state, String reason, String detail) {
    return before.state() != state
        || !before.reason().equals(reason)
        || !before.detail().equals(detail);
  }

  private FeedStatus status(
      Optional<ObjectKind> kind,
      @Nullable FeedStatus before,
      State state,
      String reason,
      String detail) {
    Instant since = before != null && before.state() == state ? before.since() : time.now();
    return new FeedStatus(kind, state, reason, detail, since);
  }
}
