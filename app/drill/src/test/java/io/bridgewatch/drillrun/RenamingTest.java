package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.library.BankLibrary;
import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.score.RunScore;
import io.bridgewatch.drill.score.Scoring;
import io.bridgewatch.drill.world.Drill;
import io.bridgewatch.drill.world.DrillLibrary;
import io.bridgewatch.engine.LiveSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What things are called must not matter to whoever watches them. */
class RenamingTest {

  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Pace SHORT =
      new Pace(
          Duration.ofMinutes(5),
          Duration.ofMinutes(7),
          Duration.ofMinutes(2),
          Duration.ofSeconds(5));
  private static final long SEED = 1;

  @Test
  void renamingEveryServiceAndNodeChangesNoScore() throws Exception {
    var plan = StandardBank.plan();
    var renamed = plan.renamed(name -> "n" + new StringBuilder(name).reverse() + "n");
    assertThat(renamed.services())
        .noneMatch(
            service -> plan.services().stream().anyMatch(s -> s.name().equals(service.name())));
    RunScore score = score(new BankLibrary(plan));
    assertThat(score.outcome().orElseThrow().detectedAfterSeconds())
        .as("only what is noticed says something")
        .isPresent();
    assertThat(score(new BankLibrary(renamed)))
        .usingRecursiveComparison()
        .withEqualsForType(RenamingTest::isSame, Double.class)
        .withEqualsForFields(
            RenamingTest::isWithinATurn,
            "outcome.value.detectedAfterSeconds.value",
            "outcome.value.diagnosedAfterSeconds.value")
        .isEqualTo(score);
  }

  /** Lines come in another order, so that patterns of them differ a little. */
  private static boolean isSame(double one, double other) {
    return Math.abs(one - other) < 0.02;
  }

  /** So what stands just below the bar at one turn of the diagnosis may stand above it. */
  private static boolean isWithinATurn(Object one, Object other) {
    return Math.abs((double) one - (double) other) <= LiveSettings.usual().every().toSeconds();
  }

  private static RunScore score(DrillLibrary library) throws Exception {
    Drill drill =
        library.drills().stream()
            .filter(one -> one.name().equals("sql-slow"))
            .findFirst()
            .orElseThrow();
    var result = new ExerciseRun(library, SHORT, START).run(drill, SEED);
    assertThat(result.hurried()).as("times at which the hub had not come to rest").isZero();
    return Scoring.score(result.exercise());
  }
}
