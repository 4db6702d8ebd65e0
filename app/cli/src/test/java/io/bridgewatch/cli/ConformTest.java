package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformTest {

  @TempDir Path folder;

  private static final String CASE =
      """
      {"name":"%s","hpa":{"spec":{"minReplicas":1,"maxReplicas":10,"metrics":[{"type":"Resource",\
      "resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}}]}},\
      "current":2,"statusReplicas":2,"now":"2026-03-02T02:00:00Z","pods":[%s,%s],\
      "metrics":[{"samples":{"a":{"values":{"app":"900m"},"timestamp":"2026-03-02T01:59:50Z",\
      "windowSeconds":30},"b":{"values":{"app":"900m"},"timestamp":"2026-03-02T01:59:50Z",\
      "windowSeconds":30}}}],"history":{"recommendations":[]},\
      "expect":{"replicas":%d,"conditions":[{"type":"AbleToScale","status":"True",\
      "reason":"SucceededRescale"}],"error":false}}
      """;

  @Test
  void eachDifferenceIsPrintedAndFails() throws IOException {
    Path file = folder.resolve("cases.jsonl");
    Files.writeString(file, oneCase("right", 4) + oneCase("wrong", 7) + "{\"name\":\n");
    var run = Runs.run("C", "scale", "conform", file.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .doesNotContain("right")
        .contains("line 2, wrong: replicas: wanted 7, got 4")
        .contains("line 3: cannot be read as JSON")
        .endsWith("1 of 3 cases as expected\n");
  }

  @Test
  void casesThatHoldEndWell() throws IOException {
    Path file = folder.resolve("cases.jsonl");
    Files.writeString(file, oneCase("right", 4));
    assertThat(Runs.run("C", "scale", "conform", "--lang=zh", file.toString()))
        .isEqualTo(new Runs.Result(0, "1 个用例中 1 个符合预期\n", ""));
  }

  /** Worked out by hand from the controller's documented rules. */
  @Test
  void theControllersRulesHold() throws Exception {
    Path file =
        Path.of(Objects.requireNonNull(getClass().getResource("hpa-conformance.jsonl")).toURI());
    var run = Runs.run("C", "scale", "conform", file.toString());
    assertThat(run).isEqualTo(new Runs.Result(0, "199 of 199 cases as expected\n", ""));
  }

  @Test
  void noCasesProveNothing() throws IOException {
    Path file = folder.resolve("cases.jsonl");
    Files.writeString(file, "\n");
    assertThat(Runs.run("C", "scale", "conform", file.toString()).code()).isEqualTo(1);
    assertThat(Runs.run("C", "scale", "conform", folder.resolve("none").toString()).code())
        .isEqualTo(1);
  }

  private static String oneCase(String name, int replicas) {
    return CASE.formatted(name, pod("a"), pod("b"), replicas);
  }

  private static String pod(String name) {
    return """
        {"name":"%s","phase":"Running","ready":true,"readyTransition":"2026-03-02T01:00:00Z",\
        "startTime":"2026-03-02T00:59:00Z","containers":{"app":{"cpu":"1"}}}"""
        .formatted(name);
  }
}
