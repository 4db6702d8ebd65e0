package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearningApi.ReserveFor;
import io.bridgewatch.hub.ScalingLearningApi.ScalingLearningJob;
import io.bridgewatch.scale.ScaleTarget;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The history of workloads, and what is learned from it. */
@RestController
@RequestMapping("/api/v1/scaling")
@Tag(name = "scaling")
final class ScalingLearningController {

  private static final int MOST_STEPS = 12_000;
  private static final int LONGEST_WAIT_SECONDS = 30;
  private static final int MOST_START_SECONDS = 3_600;

  private final ScalingSubjects subjects;
  private final ScalingHistories histories;
  private final ScalingLearning learning;
  private final ScalingLearned learned;
  private final ScalingNeeds needs;
  private final QueryLimits limits;
  private final InstantSource clock;

  ScalingLearningController(
      ScalingSubjects subjects,
      ScalingHistories histories,
      ScalingLearning learning,
      ScalingLearned learned,
      ScalingNeeds needs,
      QueryLimits limits,
      InstantSource clock) {
    this.subjects = subjects;
    this.histories = histories;
    this.learning = learning;
    this.learned = learned;
    this.needs = needs;
    this.limits = limits;
    this.clock = clock;
  }

  @GetMapping("/history")
  @Operation(
      operationId = "scalingHistory",
      summary = "What a workload received and was: requests, errors, latency, replicas, CPU")
  ScalingLearningApi.ScalingHistory history(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @Parameter(schema = @Schema(allowableValues = {"Deployment", "StatefulSet"})) @RequestParam
          String kind,
      @RequestParam String name,
      @Parameter(description = "RFC 3339; a day before the end unless given")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "RFC 3339; now unless given") @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "15 to 3600; 60 unless given") @RequestParam(defaultValue = "60")
          int stepSeconds) {
    if (stepSeconds < 15 || stepSeconds > 3_600) {
      throw HubProblem.invalid("stepSeconds is " + stepSeconds + ", wanted 15 to 3600");
    }
    var end = Parameters.time("to", to).orElseGet(clock::instant);
    var start = Parameters.time("from", from).orElse(end.minus(Duration.ofDays(1)));
    long steps = Duration.between(start, end).toSeconds() / stepSeconds;
    if (steps < 1 || steps > MOST_STEPS) {
      throw HubProblem.invalid(
          "from and to are %d steps apart, wanted 1 to %d".formatted(steps, MOST_STEPS));
    }
    var target = ScalingController.target(namespace, kind, name);
    return limits.answer(
        () -> {
          var here = subjects.of(cluster);
          var workload = ScalingController.found(here, target);
          return ScalingLearningForms.history(
              histories.readForTriggers(
                  here.live(), workload, start, end, Duration.ofSeconds(stepSeconds)));
        });
  }

  @PostMapping("/learning")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "learnScaling",
      summary = "Learn a policy from a workload's history; takes from seconds to minutes",
      description =
          "One job a workload. What is learned is kept and changes nothing in the cluster.")
  ScalingLearningJob learn(
      @RequestBody ScalingLearningApi.NewScalingLearning wanted, HttpServletRequest request) {
    var here = subjects.of(wanted.cluster());
    var target =
        ScalingController.target(
            ScalingController.text("namespace", wanted.namespace()),
            wanted.targetKind(),
            ScalingController.text("targetName", wanted.targetName()));
    ScalingController.found(here, target);
    return learning.start(wanted(here.name(), target, wanted), actor(request));
  }

  private static ScalingLearning.Wanted wanted(
      String cluster, ScaleTarget target, ScalingLearningApi.NewScalingLearning wanted) {
    OptionalInt least = integer("minReplicas", wanted.minReplicas(), 1, 10_000);
    OptionalInt most = integer("maxReplicas", wanted.maxReplicas(), 1, 10_000);
    if (least.isPresent() && most.isPresent() && least.getAsInt() > most.getAsInt()) {
      throw HubProblem.invalid(
          "minReplicas is %d, wanted at most maxReplicas, which is %d"
              .formatted(least.getAsInt(), most.getAsInt()));
    }
    return new ScalingLearning.Wanted(
        cluster,
        target,
        integer("days", wanted.days(), 1, ScalingLearning.MOST_DAYS)
            .orElse(ScalingLearning.USUAL_DAYS),
        least,
        most,
        wanted.reserve() == null ? ReserveFor.REPLICA : wanted.reserve(),
        number("capacity", wanted.capacity(), 1e-3, 1e9),
        integer("startSeconds", wanted.startSeconds(), 0, MOST_START_SECONDS),
        number("mostHurt", wanted.mostHurt(), 0, 1));
  }

  private static OptionalInt integer(String field, @Nullable Integer value, int least, int most) {
    var number = number(field, value == null ? null : value.doubleValue(), least, most);
    return number.isPresent() ? OptionalInt.of((int) number.getAsDouble()) : OptionalInt.empty();
  }

  private static OptionalDouble number(
      String field, @Nullable Double value, double least, double most) {
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!(value >= least && value <= most)) {
      throw HubProblem.invalid("%s is %s, wanted %s to %s".formatted(field, value, least, most));
    }
    return OptionalDouble.of(value);
  }

  private static ScalingPlans.Actor actor(HttpServletRequest request) {
    return new ScalingPlans.Actor(Caller.current().name(), request.getRemoteAddr());
  }

  @GetMapping("/learning")
  @Operation(
      operationId = "scalingLearning",
      summary = "How far learning a workload has come, and what was learned of it last")
  ScalingLearningApi.ScalingLearningShown job(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @Parameter(schema = @Schema(allowableValues = {"Deployment", "StatefulSet"})) @RequestParam
          String kind,
      @RequestParam String name,
      @Parameter(description = "seconds to wait for the job's end, 0 to 30")
          @RequestParam(defaultValue = "0")
          int wait) {
    if (wait < 0 || wait > LONGEST_WAIT_SECONDS) {
      throw HubProblem.invalid("wait is %d, wanted 0 to %d".formatted(wait, LONGEST_WAIT_SECONDS));
    }
    var here = subjects.of(cluster);
    var target = ScalingController.target(namespace, kind, name);
    Optional<ScalingLearningJob> job;
    try {
      job = learning.await(here.name(), target, Duration.ofSeconds(wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubProblem(
          HttpStatus.SERVICE_UNAVAILABLE, "Stopping", "this hub is stopping; try again later");
    }
    return new ScalingLearningApi.ScalingLearningShown(
        job.orElse(null),
        learned
            .of(here.name(), target)
            .map(one -> ScalingLearningForms.policy(one, needs.now(one), clock.instant()))
            .orElse(null));
  }

  @DeleteMapping("/learning")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "cancelScalingLearning", summary = "Cancel learning a workload")
  void cancel(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @RequestParam String kind,
      @RequestParam String name,
      HttpServletRequest request) {
    learning.cancel(
        subjects.of(cluster).name(),
        ScalingController.target(namespace, kind, name),
        actor(request));
  }

  @GetMapping("/learned")
  @Operation(operationId = "scalingLearned", summary = "Policies that were learned, newest first")
  ScalingLearningApi.ScalingLearnedList all(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(required = false) @Nullable String namespace) {
    var inCluster = Parameters.given(cluster);
    var space = Parameters.given(namespace);
    return new ScalingLearningApi.ScalingLearnedList(
        learned.all().stream()
            .filter(one -> inCluster.filter(c -> !c.equals(one.cluster())).isEmpty())
            .filter(one -> space.filter(s -> !s.equals(one.target().namespace())).isEmpty())
            .map(one -> ScalingLearningForms.summary(one, needs.now(one)))
            .toList());
  }
}
