package io.bridgewatch.hub;

import io.bridgewatch.engine.WorkloadSubject;
import io.bridgewatch.hub.ScalingJudgements.ScalingShadowEffect;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What policies in shadow decide, and whether real changes of replicas were right. */
@RestController
@RequestMapping("/api/v1/scaling")
@Tag(name = "scaling")
final class ScalingJudgementController {

  private static final String POLICY = "name of the policy";
  private static final String CURSOR = "next of the answer before; the newest unless given";
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  private final Moments moments;
  private final ScalingPolicies policies;
  private final ScalingLearned learned;
  private final ScalingShadows shadows;
  private final ScalingShadowCourse course;
  private final ScalingVerdicts verdicts;
  private final QueryLimits limits;
  private final InstantSource clock;

  ScalingJudgementController(
      Moments moments,
      ScalingPolicies policies,
      ScalingLearned learned,
      ScalingShadows shadows,
      ScalingShadowCourse course,
      ScalingVerdicts verdicts,
      QueryLimits limits,
      InstantSource clock) {
    this.moments = moments;
    this.policies = policies;
    this.learned = learned;
    this.shadows = shadows;
    this.course = course;
    this.verdicts = verdicts;
    this.limits = limits;
    this.clock = clock;
  }

  @GetMapping("/shadow")
  @Operation(
      operationId = "scalingShadow",
      summary = "What a policy in shadow decided, and its effect beside what is in force")
  ScalingJudgements.ScalingShadowShown shadow(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @Parameter(description = POLICY) @RequestParam String name,
      @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor,
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "100") int limit) {
    int most = Parameters.limit(limit);
    var policy = policies.named(moments.live(cluster).name(), namespace, name);
    var decided = shadows.decided(policy, before(cursor), most + 1);
    return new ScalingJudgements.ScalingShadowShown(
        shadows
            .effects(policy)
            .map(
                both ->
                    new ScalingShadowEffect(
                        both.from(),
                        both.to(),
                        ScalingLearningForms.effect(both.own()),
                        ScalingLearningForms.effect(both.inForce())))
            .orElse(null),
        decided.stream().limit(most).map(ScalingJudgements::decision).toList(),
        decided.size() > most ? decided.get(most - 1).time().toString() : null,
        ScalingShadows.METRIC);
  }

  /** What is older than the last that was told; all there is at the beginning. */
  private static Instant before(@Nullable String cursor) {
    return Parameters.time("cursor", cursor).orElse(Instant.MAX);
  }

  @GetMapping("/shadow/replicas")
  @Operation(
      operationId = "scalingShadowReplicas",
      summary = "Replicas over time, in force and in shadow")
  ScalingJudgements.ScalingShadowReplicas replicas(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @Parameter(description = POLICY) @RequestParam String name,
      @Parameter(description = "RFC 3339; a day before the end unless given")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "RFC 3339; now unless given") @RequestParam(required = false)
          @Nullable String to) {
    var end = Parameters.time("to", to).orElseGet(clock::instant);
    var begin = Parameters.time("from", from).orElseGet(() -> end.minus(USUAL));
    if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw HubProblem.invalid(
          "from is %s and to is %s, wanted at most %d days one after the other"
              .formatted(begin, end, LONGEST.toDays()));
    }
    var here = moments.live(cluster).name();
    var target = policies.named(here, namespace, name).policy().target();
    return limits.answer(
        () ->
            course.of(
                WorkloadSubject.resource(here, target.namespace(), target.kind(), target.name()),
                new SignalRange(begin, end)));
  }

  @GetMapping("/verdicts")
  @Operation(
      operationId = "scalingVerdicts",
      summary = "Whether changes of a workload's replicas were needed, in time and enough")
  ScalingJudgements.ScalingVerdictList verdicts(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @Parameter(schema = @Schema(allowableValues = {"Deployment", "StatefulSet"})) @RequestParam
          String kind,
      @RequestParam String name,
      @Parameter(description = "RFC 3339; all that are kept unless given")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor,
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "100") int limit) {
    int most = Parameters.limit(limit);
    var live = moments.live(cluster);
    var target = ScalingController.target(namespace, kind, name);
    var since = Parameters.time("from", from).orElse(Instant.EPOCH);
    return limits.answer(
        () -> {
          var found = verdicts.of(live.name(), target, since, before(cursor), most + 1);
          return new ScalingJudgements.ScalingVerdictList(
              learned.of(live.name(), target).isPresent(),
              found.stream().limit(most).map(ScalingJudgements::verdict).toList(),
              found.size() > most ? found.get(most - 1).note().time().toString() : null,
              verdicts.waiting(live, target).stream().map(ScalingJudgements::awaited).toList());
        });
  }
}
