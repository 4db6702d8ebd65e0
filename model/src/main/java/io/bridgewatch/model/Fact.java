package io.bridgewatch.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One thing that was observed, with its numbers. A fact carries no opinion and no language; what it
 * says to a person is worded where it is shown.
 */
public sealed interface Fact {

  /** The sort of observation it rests on. */
  Signal signal();

  /**
   * A series moved to another level.
   *
   * @param before typical value before the onset, in the unit of the series
   * @param after typical value from the onset on
   * @param deviations how far it moved in robust standard deviations of the time before
   */
  record LevelShift(Signal signal, SeriesKey series, double before, double after, double deviations)
      implements Fact {}

  /**
   * An operation took longer by itself, the time of its calls to others taken off.
   *
   * @param beforeSeconds typical own time before the onset
   * @param afterSeconds typical own time from the onset on
   * @param spans how many were seen from the onset on
   */
  record OwnTimeGrew(
      String operation, double beforeSeconds, double afterSeconds, int spans, double deviations)
      implements Fact {
    @Override
    public Signal signal() {
      return Signal.LATENCY;
    }
  }

  /**
   * The time between the caller's and the callee's view of the same call grew: network, sidecar or
   * accept queue in front of the callee.
   */
  record EdgeGapGrew(
      EntityRef caller,
      EntityRef callee,
      double beforeSeconds,
      double afterSeconds,
      int calls,
      double deviations)
      implements Fact {
    @Override
    public Signal signal() {
      return Signal.EDGE;
    }
  }

  /** A larger share of an operation's spans failed. */
  record FailureShareRose(
      String operation, double beforeShare, double afterShare, int spans, double deviations)
      implements Fact {
    @Override
    public Signal signal() {
      return Signal.ERRORS;
    }
  }

  /**
   * Inside an operation a step came to be taken more or less often than it was.
   *
   * @param parent the operation
   * @param child the step: a local span, a call to another component or a log statement
   * @param beforeRatio share of the operation's runs with that step before the onset, 0 to 1
   * @param afterRatio likewise from the onset on
   * @param runs how many runs were seen from the onset on
   */
  record StepChanged(
      Step step,
      String parent,
      String child,
      double beforeRatio,
      double afterRatio,
      int runs,
      double deviations)
      implements Fact {

    /** What the step is. */
    public enum Step {
      SPAN,
      CALL,
      LOG
    }

    @Override
    public Signal signal() {
      return step == Step.LOG ? Signal.LOG_PATTERN : Signal.CALL_PATTERN;
    }
  }

  /**
   * A kind of log line came to be written more or less often.
   *
   * @param pattern the line with its variable parts replaced by {@code <*>}
   * @param beforePerMinute lines a minute before the onset
   * @param afterPerMinute lines a minute from the onset on
   * @param sample one line of the kind; empty if none is at hand
   */
  record LogPatternChanged(
      Severity severity,
      String pattern,
      double beforePerMinute,
      double afterPerMinute,
      String sample,
      double deviations)
      implements Fact {
    @Override
    public Signal signal() {
      return Signal.LOG_PATTERN;
    }
  }

  /**
   * A Kubernetes object says of itself that something is wrong.
   *
   * @param reason the API's own word, such as {@code ImagePullBackOff}
   * @param since when it was first seen so
   */
  record ObjectState(String kind, String name, String reason, String message, Instant since)
      implements Fact {
    @Override
    public Signal signal() {
      return Signal.OBJECT_STATE;
    }
  }

  /**
   * Something was changed before the onset.
   *
   * @param lead time from the change to the onset
   */
  record ChangedBefore(Change change, Duration lead) implements Fact {
    @Override
    public Signal signal() {
      return Signal.CHANGE;
    }
  }

  /**
   * An entity that had been reporting fell silent.
   *
   * @param usualInterval how often it had reported
   * @param silentFor how long nothing came
   */
  record FellSilent(String what, Duration usualInterval, Duration silentFor) implements Fact {
    @Override
    public Signal signal() {
      return Signal.SILENCE;
    }
  }
}
