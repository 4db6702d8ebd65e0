package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.report.Language;
import org.junit.jupiter.api.Test;

class PlanTextTest {

  @Test
  void aMetricThatNobodyServesIsShownWithTheWaysOut() {
    var plan =
        HubClient.JSON.readTree(
            """
            {"id": "p1", "state": "PLANNED", "reason": "", "message": "", "owners": [],
             "changes": [{"field": "spec.maxReplicas", "before": null, "after": "9"}],
             "unservedMetrics": [{"metric": "needed", "owner": "keda/metrics",
               "text": "external.metrics.k8s.io is owned by keda/metrics",
               "ways": [
                 {"text": "leave it to KEDA", "yaml": "triggers:\\n  - type: prometheus\\n"},
                 {"text": "scale by CPU", "yaml": null}]}]}
            """);
    assertThat(PlanText.of(plan, Language.EN))
        .isEqualTo(
            """
            plan p1: PLANNED
            field              before   after
            spec.maxReplicas   -        9
            ! external.metrics.k8s.io is owned by keda/metrics
              - leave it to KEDA
                  triggers:
                    - type: prometheus
              - scale by CPU
            """);
  }
}
