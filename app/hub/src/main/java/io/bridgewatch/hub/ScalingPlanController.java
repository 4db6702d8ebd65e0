package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.ports.ScalingStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Plans to apply scaling policies: made, shown, confirmed or cancelled. */
@RestController
@RequestMapping("/api/v1/scaling/plans")
@Tag(name = "scaling")
final class ScalingPlanController {

  private final ScalingPlans plans;
  private final ScalingStore store;
  private final ScalingPolicies policies;
  private final ScalingSubjects subjects;

  ScalingPlanController(
      ScalingPlans plans, ScalingStore store, ScalingPolicies policies, ScalingSubjects subjects) {
    this.plans = plans;
    this.store = store;
    this.policies = policies;
    this.subjects = subjects;
  }

  @GetMapping
  @Operation(operationId = "scalingPlans", summary = "Plans, the newest first")
  ScalingApi.ScalingPlanList plans(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(required = false) @Nullable String namespace,
      @Parameter(description = "name of the policy") @RequestParam(required = false)
          @Nullable String policy,
      @RequestParam(required = false) ScalingStore.@Nullable State state,
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var query =
        new ScalingStore.Query(
            Parameters.given(cluster),
            Parameters.given(namespace),
            Parameters.given(policy),
            Optional.ofNullable(state),
            Parameters.limit(limit));
    return new ScalingApi.ScalingPlanList(
        store.plans(query).stream().map(plan -> shown(plan, language)).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      operationId = "planScaling",
      summary = "Make a plan of a policy: the API server tries it and says what would change")
  ScalingApi.ScalingPlanShown make(
      @RequestBody ScalingApi.NewScalingPlan wanted,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var policy =
        policies.named(
            subjects.of(wanted.cluster()).name(),
            Parameters.given(wanted.namespace())
                .orElseThrow(() -> HubProblem.invalid("namespace is missing")),
            Parameters.given(wanted.policy())
                .orElseThrow(() -> HubProblem.invalid("policy is missing")));
    return shown(plans.make(policy, actor(request)), language);
  }

  @GetMapping("/{id}")
  @Operation(operationId = "scalingPlan", summary = "One plan")
  ScalingApi.ScalingPlanShown plan(
      @PathVariable String id,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    return shown(plans.find(id), Parameters.language(lang, request));
  }

  @PostMapping("/{id}/confirm")
  @Operation(
      operationId = "confirmScalingPlan",
      summary = "Apply a plan; its state tells what came of it",
      description =
          "Nothing is applied if the policy, the autoscaler or who else scales the workload changed"
              + " since the plan was made.")
  ScalingApi.ScalingPlanShown confirm(
      @PathVariable String id,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    return shown(plans.confirm(id, actor(request)), language);
  }

  @PostMapping("/{id}/cancel")
  @Operation(operationId = "cancelScalingPlan", summary = "Give a plan up")
  ScalingApi.ScalingPlanShown cancel(
      @PathVariable String id,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    return shown(plans.cancel(id, actor(request)), language);
  }

  private static ScalingPlans.Actor actor(HttpServletRequest request) {
    return new ScalingPlans.Actor(Caller.current().name(), request.getRemoteAddr());
  }

  private ScalingApi.ScalingPlanShown shown(ScalingStore.Plan plan, Language language) {
    return ScalingForms.plan(plan, plans.content(plan), language);
  }
}
