package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.report.Language;
import java.io.PrintStream;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class JudgementTextTest {

  private static JudgementText in(Language language) {
    var nowhere = new PrintStream(PrintStream.nullOutputStream());
    return new JudgementText(new Console(nowhere, nowhere, language, ZoneOffset.UTC));
  }

  private static final String SHADOW =
      """
      {"metric": "m", "next": "c1",
       "effect": {"own": {"hurtShare": 0.001, "podHours": 10.25, "minutesShort": 1,
                          "rescales": 4},
                  "inForce": {"hurtShare": 0.02, "podHours": 12, "minutesShort": 30,
                              "rescales": 9}},
       "decisions": [
         {"time": "2026-03-02T08:00:15Z", "wanted": 6, "inForce": 4, "recommended": 3,
          "stabilised": 6, "limitedBy": "ScaleDownStabilized", "winner": "external metric needed",
          "metrics": [
            {"metric": "cpu resource", "replicas": 2, "ratio": 0.5, "error": "",
             "leftOut": [{"pods": 1, "why": "NO_SAMPLE", "names": ["a"]}]},
            {"metric": "external metric needed", "replicas": 3, "ratio": null, "error": "",
             "leftOut": []},
            {"metric": "pods metric rps", "replicas": null, "ratio": null,
             "error": "no\\u001b[2J sample", "leftOut": []}]}]}
      """;

  @Test
  void aDecisionTellsWhoWonAndWhatHeldIt() {
    assertThat(in(Language.EN).shadow(HubClient.JSON.readTree(SHADOW)))
        .isEqualTo(
            """
                        hurt      pod-hours   minutes short   rescales
            in shadow   0.1000%   10.3        1.0             4
            in force    2.0000%   12.0        30.0            9

            2026-03-02 08:00:15  wants 6, in force 4, 3 held at 6, limited: ScaleDownStabilized
                cpu resource: 2 (0.50 of its target); 1 pods left out, no sample
              * external metric needed: 3
                pods metric rps: asked for nothing: no[2J sample
            older ones: --limit
            """);
    assertThat(in(Language.ZH).shadow(HubClient.JSON.readTree(SHADOW)))
        .contains("需要 6，现行 4，3 被稳定窗口保持在 6", "1 个 Pod 未计入，没有样本");
    assertThat(in(Language.EN).shadow(HubClient.JSON.readTree("{\"decisions\": []}")))
        .startsWith("no decision in shadow yet");
  }

  @Test
  void aVerdictStandsBesideWhatWouldHaveBeen() {
    var verdicts =
        HubClient.JSON.readTree(
            """
            {"judged": true, "next": null,
             "items": [{"time": "2026-03-02T08:00:00Z", "from": 3, "to": 6, "by": "PERSON",
                        "who": "mei", "needed": true, "inTime": false, "enough": true,
                        "reverted": false, "with": {"hurtShare": 0.01},
                        "without": {"hurtShare": 0.25}}],
             "waiting": [{"time": "2026-03-02T09:00:00Z", "from": 6, "to": 5,
                          "due": "2026-03-02T10:00:00Z"}]}
            """);
    assertThat(in(Language.EN).verdicts(verdicts))
        .isEqualTo(
            """
            time                  change   by    needed   in time   enough   reverted   hurt      without it
            2026-03-02 08:00:00   3 → 6    mei   yes      no        yes      no         1.0000%   25.0000%
            2026-03-02 09:00:00  6 → 5: to be judged at 2026-03-02 10:00:00
            """);
    assertThat(in(Language.ZH).verdicts(HubClient.JSON.readTree("{\"judged\": false}")))
        .startsWith("不评判变化");
  }
}
