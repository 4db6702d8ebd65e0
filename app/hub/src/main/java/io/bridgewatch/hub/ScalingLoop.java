package io.bridgewatch.hub;

import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does all that scaling does of itself, in turns as often as an autoscaler looks. */
final class ScalingLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingLoop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int TURNS_A_MINUTE = 4;
  private static final int TURNS_A_DAY = 24 * 60 * TURNS_A_MINUTE;

  private final ScalingNeeds needs;
  private final ScalingShadows shadows;
  private final ScalingVerdicts verdicts;
  private final ScalingDays days;
  private final ScalingRetention retention;
  private final Timekeeper clock;
  private Optional<Timekeeper.Turns> turns = Optional.empty();
  private int turn;

  ScalingLoop(
      ScalingNeeds needs,
      ScalingShadows shadows,
      ScalingVerdicts verdicts,
      ScalingDays days,
      ScalingRetention retention,
      Timekeeper clock) {
    this.needs = needs;
    this.shadows = shadows;
    this.verdicts = verdicts;
    this.days = days;
    this.retention = retention;
    this.clock = clock;
  }

  void start() {
    turns = Optional.of(clock.every("scaling", ScalingNeeds.EVERY, ScalingNeeds.EVERY, this::turn));
  }

  private void turn() {
    if (turn % TURNS_A_DAY == 0) {
      tried("forget old notes on scaling", retention::turn);
    }
    if (turn++ % TURNS_A_MINUTE == 0) {
      tried("record replicas", needs::recordReplicas);
      tried("judge changes of replicas", verdicts::turn);
      tried("sum up a day of scaling", days::turn);
    }
    tried("tell the replicas that are needed", needs::turn);
    tried("run policies in shadow", shadows::turn);
  }

  /** What goes wrong in one part keeps neither the others nor the next turn from being done. */
  private static void tried(String what, Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.error("cannot {}", what, e);
    }
  }

  @Override
  public void close() {
    turns.ifPresent(one -> one.end(PATIENCE));
  }
}
