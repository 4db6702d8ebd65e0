package io.bridgewatch.scale;

import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether a change of a workload's replicas was right, judged some time after it: the plant is
 * replayed over the load as it came, once with the replicas as they were and once as if the change
 * had not been made.
 *
 * <p>Upward it was needed if without it more requests were hurt or replicas were short for longer;
 * in time if nobody was short until the new replicas served; enough if nobody was after that.
 * Downward it was needed if the replicas were not raised to where they had been again within the
 * time that is judged; it is always in time; enough is left if nobody was short.
 *
 * @param reverted a person brought it back, half of it or more, within that time
 * @param with what was
 * @param without what would have been
 */
public record ScalingVerdict(
    Event event,
    boolean needed,
    boolean inTime,
    boolean enough,
    boolean reverted,
    ScalingEffect with,
    ScalingEffect without) {

  /** How long after a change its effect counts, beside the start of new replicas. */
  public static final Duration JUDGED = Duration.ofMinutes(15);

  private static final Duration BEFORE = Duration.ofMinutes(30);
  private static final double LEAST_SEEN = 0.8;

  /** Who changed the replicas. */
  public enum By {
    AUTOSCALER,
    PERSON,
    /** A controller, a pipeline, or nobody known. */
    OTHER
  }

  /**
   * A change of the replicas that are asked for.
   *
   * @param who user or field manager; empty where it is not known
   */
  public record Event(Instant time, int from, int to, By by, String who) {
    public Event {
      if (from < 0 || to < 0 || from == to) {
        throw new IllegalArgumentException(
            "a change of replicas must be from one number to another, was %d to %d"
                .formatted(from, to));
      }
    }

    public boolean isUp() {
      return to > from;
    }
  }

  /** Needed, in time, enough and not reverted. */
  public boolean good() {
    return needed && inTime && enough && !reverted;
  }

  /** When an event can be judged. */
  public static Instant judgedAt(Event event, PlantSettings plant) {
    return event.time().plus(JUDGED).plusSeconds(plant.startSeconds());
  }

  /** From when on a recording must reach to judge an event. */
  public static Instant seenFrom(Event event) {
    return event.time().minus(BEFORE);
  }

  /**
   * @param recording with requests and the replicas that were asked for, from before the event
   *     until it is judged
   * @param others changes of the same workload, in any order
   * @return empty where too little was seen
   */
  public static Optional<ScalingVerdict> of(
      Event event, WorkloadRecording recording, PlantSettings plant, List<Event> others) {
    int step = recording.stepSeconds();
    int first = steps(recording.start(), seenFrom(event), step);
    int at = steps(recording.start(), event.time(), step);
    int end = steps(recording.start(), judgedAt(event, plant), step);
    if (first < 0 || end > recording.steps() || at <= first) {
      return Optional.empty();
    }
    WorkloadRecording seen = recording.slice(first, end);
    if (seen.share(Signal.REQUESTS) < LEAST_SEEN || seen.share(Signal.REPLICAS) < LEAST_SEEN) {
      return Optional.empty();
    }
    return Optional.of(new Judge(event, seen, plant, at - first).verdict(others));
  }

  private static int steps(Instant from, Instant to, int stepSeconds) {
    return (int) Math.floorDiv(Duration.between(from, to).toSeconds(), (long) stepSeconds);
  }

  private record Judge(Event event, WorkloadRecording seen, PlantSettings plant, int at) {

    ScalingVerdict verdict(List<Event> others) {
      LoadTrace load = seen.load();
      double[] asked = seen.of(Signal.REPLICAS);
      double[] without = asked.clone();
      for (int i = at; i < without.length; i++) {
        without[i] = Math.max(1, asked[i] - (event.to() - event.from()));
      }
      ScalingEffect was = run(load, asked, at);
      ScalingEffect wouldBe = run(load, without, at);
      int served =
          Math.min(load.steps(), at + Math.ceilDiv(plant.startSeconds(), seen.stepSeconds()) + 1);
      ScalingEffect later = run(load, asked, Math.min(served, load.steps() - 1));
      boolean reverted = others.stream().anyMatch(this::reverts);
      if (!event.isUp()) {
        boolean raised = others.stream().anyMatch(one -> isLater(one) && one.to() >= event.from());
        boolean kept = was.shortSeconds() <= wouldBe.shortSeconds();
        return new ScalingVerdict(event, !raised, true, kept, reverted, was, wouldBe);
      }
      boolean needed = wouldBe.hurt() > was.hurt() || wouldBe.shortSeconds() > was.shortSeconds();
      boolean inTime = was.shortSeconds() - later.shortSeconds() <= 0;
      boolean enough = later.shortSeconds() <= 0;
      return new ScalingVerdict(event, needed, inTime, enough, reverted, was, wouldBe);
    }

    private ScalingEffect run(LoadTrace load, double[] replicas, int from) {
      double begun =
          Arrays.stream(replicas).filter(one -> !Double.isNaN(one)).findFirst().orElse(1);
      return Backtest.run(
          load,
          plant,
          new RecordedReplicas(replicas, seen.stepSeconds(), 0),
          Math.max(1, (int) begun),
          from);
    }

    private boolean isLater(Event other) {
      return other.time().isAfter(event.time()) && other.time().isBefore(judgedAt(event, plant));
    }

    private boolean reverts(Event other) {
      int back = event.isUp() ? other.from() - other.to() : other.to() - other.from();
      return other.by() == By.PERSON
          && isLater(other)
          && 2 * back >= Math.abs(event.to() - event.from());
    }
  }
}
