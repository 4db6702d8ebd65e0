package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.plan.ServicePlan.Endpoint;
import io.bridgewatch.drill.plan.ServicePlan.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An endpoint of a replica: its calls, and the traits that hold at this moment. */
final class EndpointState {

  private static final double USUAL_ERROR_SHARE = 0.00005;

  private final Replica replica;
  private final Endpoint plan;
  private final StepState[] steps;
  private final long responseBytes;
  private double[] traits = {};
  private long seen = -1;

  /** A call that it makes; into the queue when there is a topic. */
  record StepState(Step plan, Pool pool, int route, @Nullable Topic topic) {}

  EndpointState(Replica replica, Endpoint plan, StepState[] steps) {
    this.replica = replica;
    this.plan = plan;
    this.steps = steps;
    this.responseBytes = 600 + plan.allocatedBytes() / 100 + (long) (plan.diskReads() * 400);
  }

  Endpoint plan() {
    return plan;
  }

  StepState[] steps() {
    return steps;
  }

  /** By the ordinal of the trait; what was asked once is kept until something changes. */
  double[] traits() {
    Behaviours behaviours = replica.bank.behaviours();
    if (seen != behaviours.changes()) {
      seen = behaviours.changes();
      traits = behaviours.effective(replica.service(), Optional.of(plan.route()), replica.start());
      if (replica.plan().kind().hasHeap()) {
        traits[Trait.ERROR_SHARE.ordinal()] += USUAL_ERROR_SHARE;
      }
    }
    return traits;
  }

  long responseBytes(int status) {
    return status == 200 ? responseBytes : 300;
  }
}
