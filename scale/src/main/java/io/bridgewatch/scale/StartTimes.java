package io.bridgewatch.scale;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Happening.Stage;
import io.bridgewatch.numerics.Robust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long pods of a workload took from being created to being ready, measured from the stages of
 * their lives.
 *
 * <ol>
 *   <li>Stages are put together by pod; a name that is used again begins another life.
 *   <li>Of each stage its first time counts, of those of containers the last container's.
 *   <li>A pod that was never seen ready counts in {@link #neverReady} and in no phase.
 * </ol>
 *
 * <p>Kubernetes keeps these times to the second, so each phase may be off by one.
 *
 * @param pods that were seen from their creation until they were ready
 * @param neverReady pods that were created and ended, or are still waiting, without being ready
 * @param scheduling from created to scheduled
 * @param pulling from scheduled until the last image was there; absent where no pull was seen
 * @param starting from there until the last container was started
 * @param warming from there until the pod was ready
 * @param total from created to ready
 */
public record StartTimes(
    int pods,
    int neverReady,
    Optional<Phase> scheduling,
    Optional<Phase> pulling,
    Optional<Phase> starting,
    Optional<Phase> warming,
    Optional<Phase> total) {

  /**
   * Percentiles of a phase, in seconds.
   *
   * @param pods of which it is known
   */
  public record Phase(int pods, double p50, double p90, double longest) {}

  /**
   * @param stages of pods of one workload and of their containers, in any order
   * @param now pods created less than a start's patience before may still become ready
   * @param patience after which a pod that is not ready counts as never ready
   */
  public static StartTimes of(Collection<Happening.Lived> stages, Instant now, Duration patience) {
    List<Life> lives = lives(stages);
    List<Life> ready = lives.stream().filter(life -> life.ready != null).toList();
    int never =
        (int)
            lives.stream()
                .filter(life -> life.ready == null)
                .filter(life -> life.created.isBefore(now.minus(patience)))
                .count();
    return new StartTimes(
        ready.size(),
        never,
        phase(ready, life -> span(life.created, life.scheduled)),
        phase(ready, life -> span(life.scheduled, life.pulled())),
        phase(
            ready,
            life -> span(life.pulled() == null ? life.scheduled : life.pulled(), life.started())),
        phase(ready, life -> span(life.started(), life.ready)),
        phase(ready, life -> span(life.created, life.ready)));
  }

  private static List<Life> lives(Collection<Happening.Lived> stages) {
    var sorted = new ArrayList<>(stages);
    sorted.sort(Comparator.comparing(Happening.Lived::time).thenComparing(Happening.Lived::stage));
    var current = new HashMap<String, Life>();
    var all = new ArrayList<Life>();
    for (Happening.Lived one : sorted) {
      String pod = one.entity().identity().getOr(AttributeNames.POD, "");
      if (one.stage() == Stage.CREATED) {
        var life = new Life(one.time());
        current.put(pod, life);
        all.add(life);
        continue;
      }
      Life life = current.get(pod);
      if (life != null) { // else its beginning was not seen
        life.take(one);
      }
    }
    return all;
  }

  /** What is seen of one pod, while it is put together. */
  private static final class Life {
    private final Instant created;
    private final Map<String, Instant> pulledByContainer = new LinkedHashMap<>();
    private final Map<String, Instant> startedByContainer = new LinkedHashMap<>();
    private @Nullable Instant scheduled;
    private @Nullable Instant ready;

    Life(Instant created) {
      this.created = created;
    }

    void take(Happening.Lived one) {
      String container = one.entity().identity().getOr(AttributeNames.CONTAINER, "");
      switch (one.stage()) {
        case SCHEDULED -> scheduled = scheduled == null ? one.time() : scheduled;
        case PULLED -> pulledByContainer.putIfAbsent(container, one.time());
        case STARTED -> startedByContainer.putIfAbsent(container, one.time());
        case READY -> ready = ready == null ? one.time() : ready;
        case CREATED, PULLING, UNREADY, TERMINATED, RESTARTED, EVICTED, DELETING, GONE -> {}
      }
    }

    @Nullable Instant pulled() {
      return last(pulledByContainer);
    }

    @Nullable Instant started() {
      return last(startedByContainer);
    }

    private static @Nullable Instant last(Map<String, Instant> byContainer) {
      return byContainer.values().stream().max(Comparator.naturalOrder()).orElse(null);
    }
  }

  private interface Span {
    @Nullable Duration of(Life life);
  }

  private static @Nullable Duration span(@Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null) {
      return null;
    }
    Duration span = Duration.between(from, to);
    return span.isNegative() ? Duration.ZERO : span; // times of the API server and of a kubelet
  }

  private static Optional<Phase> phase(List<Life> lives, Span span) {
    double[] seconds =
        lives.stream()
            .<Duration>mapMulti(
                (life, known) -> {
                  Duration found = span.of(life);
                  if (found != null) {
                    known.accept(found);
                  }
                })
            .mapToDouble(found -> found.toMillis() / 1000.0)
            .sorted()
            .toArray();
    return seconds.length == 0
        ? Optional.empty()
        : Optional.of(
            new Phase(
                seconds.length,
                Robust.quantile(seconds, 0.5),
                Robust.quantile(seconds, 0.9),
                seconds[seconds.length - 1]));
  }
}
