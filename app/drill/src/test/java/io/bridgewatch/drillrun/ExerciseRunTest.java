package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.score.Scoring;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ExerciseRunTest {
  private static final Pace SHORT =
      new Pace(Duration.ZERO, Duration.ofMinutes(2), Duration.ofMinutes(4), Duration.ofSeconds(1));

  private final ExerciseRun exercises =
      new ExerciseRun(new SmallLibrary(), SHORT, DrillApplication.START);

  @Test
  void theWholeHubSeesACrashLoopOnSimulatedTimeAndSaysTheSameEachTime() throws Exception {
    var first = exercises.run(SmallLibrary.CRASH, 1);
    var outcome = Scoring.score(first.exercise()).outcome().orElseThrow();
    assertThat(outcome.detectedAfterSeconds().orElseThrow()).isBetween(5.0, 60.0);
    assertThat(outcome.rank()).contains(1);
    assertThat(outcome.layerRight()).isTrue();
    assertThat(outcome.kindRight()).isTrue();
    assertThat(outcome.incidents()).isEqualTo(1);
    assertThat(first.hurried()).isZero();

    var again = exercises.run(SmallLibrary.CRASH, 1);
    assertThat(again.hurried()).isZero();
    assertThat(again.exercise()).isEqualTo(first.exercise());
  }

  @Test
  void nothingIsSaidWhereNothingIsWrong() throws Exception {
    var run = exercises.run(SmallLibrary.CLEAN, 1);
    assertThat(run.exercise().tellings()).isEmpty();
    assertThat(run.exercise().truth()).isEmpty();
    assertThat(run.hurried()).isZero();
  }
}
