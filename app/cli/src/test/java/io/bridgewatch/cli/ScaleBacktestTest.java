package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleBacktestTest {

  private static final String HPA =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: other}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: checkout}
      spec:
        minReplicas: 2
        maxReplicas: 12
        metrics:
        - type: External
          external: {metric: {name: %s}, target: {type: AverageValue, averageValue: "1"}}
        - type: Resource
          resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
      """;

  @TempDir Path folder;
  private Path load = Path.of("");

  @BeforeEach
  void writeLoad() throws IOException {
    load = folder.resolve("shop.csv");
    var text = new StringBuilder("minute,requests\n");
    for (int minute = 0; minute < 900; minute++) {
      text.append(minute).append(',').append(minute % 60 < 6 ? 900 : 300).append('\n');
    }
    Files.writeString(load, text);
  }

  private Path hpa(String metric) throws IOException {
    Path file = folder.resolve("hpa.yaml");
    Files.writeString(file, HPA.formatted(metric));
    return file;
  }

  @Test
  void manifestsUsualAndLearnedPoliciesStandBesideEachOther() throws IOException {
    var run =
        Runs.run(
            "C",
            "scale",
            "backtest",
            "--load",
            load.toString(),
            "--from=8h",
            "--cpu",
            "50,80",
            "--learn",
            hpa("http-requests").toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("time to capacity p95", "cpu 50%, down 300s", "cpu 80%, down 300s", "checkout")
        .contains("learned to beat checkout (forecast", "learned for hurt ≤ 0.1%");
  }

  @Test
  void whatCannotBeReplayedIsNamed() throws IOException {
    var metric = Runs.run("C", "scale", "backtest", "--load=" + load, hpa("sales").toString());
    assertThat(metric.code()).isEqualTo(2);
    assertThat(metric.err()).contains("cannot replay a load for metric sales");
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(broken, "a: [\n");
    var yaml = Runs.run("C", "scale", "backtest", "--load=" + load, broken.toString());
    assertThat(yaml.code()).isEqualTo(1);
    assertThat(yaml.err()).contains("broken.yaml: no YAML or JSON");
    var nothing = Runs.run("C", "scale", "backtest", "--load=" + load);
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("no policy to replay");
    var empty = Runs.run("C", "scale", "backtest", "--load=" + load, "--cpu=50", "--from=9d");
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("the stretch from 9d to the end holds nothing");
    var early = Runs.run("C", "scale", "backtest", "--load=" + load, "--cpu=50", "--learn");
    assertThat(early.err()).contains("--learn wants --from");
  }
}
