package io.bridgewatch.bench.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.bench.sale.SaleRun.Judged;
import io.bridgewatch.bench.sale.SaleRun.Plan;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SaleRunTest {

  /** The evening's sale and the hours around it, on two days and on a third that is judged. */
  private static final Plan EVENINGS = new Plan(2, Duration.ofHours(17), Duration.ofMinutes(215));

  @Test
  void aSaleThatWasSeenBeforeHurtsFewAndWasForetold() throws InterruptedException {
    var silent = new PrintStream(OutputStream.nullOutputStream(), false);
    SaleRun.Result result = new SaleRun(5, EVENINGS, List.of(80), silent).result();

    Judged cpu = result.usual().getFirst();
    Judged learned = result.learned();
    assertThat(cpu.hurtShare()).isGreaterThan(0.02);
    assertThat(learned.hurt()).isLessThan(cpu.hurt() / 3);
    assertThat(learned.podHours()).isLessThan(1.3 * cpu.podHours());
    assertThat(cpu.foretold().violationMinutes())
        .isBetween(0.5 * cpu.violationMinutes(), 1.5 * cpu.violationMinutes() + 2);
    assertThat(cpu.foretold().podHours()).isBetween(0.9 * cpu.podHours(), 1.1 * cpu.podHours());

    Map<String, Double> measures = SaleBench.measures(List.of(result));
    assertThat(measures).containsKeys("hurtOver.cpu80", "podHoursOver.cpu80", "podHoursError");
    assertThat(measures.get("hurtOver.cpu80")).isEqualTo((double) learned.hurt() / cpu.hurt());
  }
}
