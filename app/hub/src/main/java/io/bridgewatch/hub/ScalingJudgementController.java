package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingJudgements.ScalingShadowEffect;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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

  private final ScalingSubjects subjects;
  private final ScalingPolicies policies;
  private final ScalingShadows shadows;
  private final ScalingVerdicts verdicts;

  ScalingJudgementController(
      ScalingSubjects subjects,
      ScalingPolicies policies,
      ScalingShadows shadows,
      ScalingVerdicts verdicts) {
    this.subjects = subjects;
    this.policies = policies;
    this.shadows = shadows;
    this.verdicts = verdicts;
  }

  @GetMapping("/shadow")
  @Operation(
      operationId = "scalingShadow",
      summary = "What a policy in shadow decided, and its effect beside what is in force")
  ScalingJudgements.ScalingShadowShown shadow(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @Parameter(description = "name of the policy") @RequestParam String name,
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "100") int limit) {
    var policy = policies.named(subjects.of(cluster).name(), namespace, name);
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
        shadows.decided(policy, Parameters.limit(limit)).stream()
            .map(ScalingJudgements::decision)
            .toList(),
        ScalingShadows.METRIC);
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
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "100") int limit) {
    return new ScalingJudgements.ScalingVerdictList(
        verdicts
            .of(
                subjects.of(cluster).name(),
                ScalingController.target(namespace, kind, name),
                Parameters.time("from", from).orElse(Instant.EPOCH),
                Parameters.limit(limit))
            .stream()
            .map(ScalingJudgements::verdict)
            .toList());
  }
}
