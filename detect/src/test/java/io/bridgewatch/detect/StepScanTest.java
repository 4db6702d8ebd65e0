package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.testkit.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepScanTest {

  private static final EntityRef ORDERS = EntityRef.service("orders");
  private static final int LENGTH = 1_200;

  private final List<Visits.Visit> visits = new ArrayList<>();

  @Test
  void aStepThatIsSkippedFromAMomentOnIsABrokenHabit() {
    for (int second = 0; second < LENGTH; second += 5) {
      run(second, second < 720 ? Set.of("span:check", "span:save") : Set.of("span:save"));
    }
    var broken = broken(720);
    assertThat(broken).extracting(StepScan.Broken::step).containsExactly("span:check");
    assertThat(broken.getFirst().component()).isEqualTo(ORDERS);
    assertThat(broken.getFirst().operation()).isEqualTo("GET /");
    assertThat(broken.getFirst().interval().insideShare()).isLessThan(0.1);
    assertThat(broken.getFirst().interval().outsideShare()).isGreaterThan(0.9);
  }

  @Test
  void aStepThatAppearsIsABrokenHabitToo() {
    for (int second = 0; second < LENGTH; second += 5) {
      run(second, second < 720 ? Set.of("span:save") : Set.of("span:save", "span:retry"));
    }
    assertThat(broken(720)).extracting(StepScan.Broken::step).containsExactly("span:retry");
  }

  @Test
  void aHabitThatIsKeptIsNotBroken() {
    for (int second = 0; second < LENGTH; second += 5) {
      run(second, Set.of("span:check", "span:save"));
    }
    assertThat(broken(720)).isEmpty();
    visits.clear();
    assertThat(broken(720)).isEmpty();
  }

  @Test
  void trafficOfADifferentMixBreaksNoHabit() {
    for (int second = 0; second < LENGTH; second += 5) {
      boolean large = second % 20 < (second < 720 ? 5 : 15); // a quarter, then three quarters
      run(second, large ? Set.of("span:large", "span:pack") : Set.of("span:small", "span:wrap"));
    }
    // the mix itself may be told, a habit "whenever large, pack" may not
    assertThat(broken(720))
        .noneMatch(b -> b.given().equals("span:large") || b.given().equals("span:small"));
    visits.clear();
    for (int second = 0; second < LENGTH; second += second < 720 ? 5 : 1) {
      run(second, Set.of("span:check", "span:save")); // five times as much of the same
    }
    assertThat(broken(720)).isEmpty();
  }

  @Test
  void aHabitBrokenBeforeTheMomentIsStillFound() {
    for (int second = 0; second < LENGTH; second += 5) {
      run(second, second < 650 ? Set.of("span:check", "span:save") : Set.of("span:save"));
    }
    assertThat(broken(720)).extracting(StepScan.Broken::step).containsExactly("span:check");
  }

  @Test
  void anEarlierFaultDoesNotHideThePresentOne() {
    for (int second = 0; second < LENGTH; second += 5) {
      boolean earlier = second >= 60 && second < 180;
      boolean now = second >= 720 && second < 960;
      run(second, earlier || now ? Set.of("span:save") : Set.of("span:check", "span:save"));
    }
    assertThat(broken(720)).extracting(StepScan.Broken::step).containsExactly("span:check");
  }

  @Test
  void missingErrorsSayLessThanMissingSteps() {
    for (int second = 0; second < LENGTH; second += 5) {
      run(second, second < 720 ? Set.of("err:1", "log:2") : Set.of());
    }
    double error = weight("err:1");
    double line = weight("log:2");
    assertThat(error).isLessThan(line / 2);
  }

  @Test
  void fewRunsSayNothing() {
    for (int second = 0; second < LENGTH; second += 200) {
      run(second, second < 720 ? Set.of("span:check") : Set.of());
    }
    assertThat(broken(720)).isEmpty();
  }

  @Test
  void runsOutsideTheWindowAreNoError() {
    for (int second = -500; second < 2 * LENGTH; second += 5) {
      run(second, second < 720 ? Set.of("span:check") : Set.of());
    }
    assertThat(broken(720)).hasSizeLessThanOrEqualTo(1);
    assertThat(StepScan.over(visits, Telemetry.nanos(0), Telemetry.nanos(0)).broken(0, 0, 0))
        .isNotNull();
  }

  @Test
  void moreStepsThanCanBeCountedAreNoError() {
    for (int second = 0; second < LENGTH; second += 5) {
      var events = new ArrayList<String>();
      for (int i = 0; i < 20; i++) {
        events.add("span:" + second % 60 + "-" + i);
      }
      run(second, Set.copyOf(events));
    }
    assertThat(broken(720)).isNotNull();
  }

  private double weight(String step) {
    return broken(720).stream()
        .filter(b -> b.step().equals(step))
        .mapToDouble(StepScan.Broken::weight)
        .max()
        .orElse(0);
  }

  private void run(int second, Set<String> events) {
    visits.add(
        new Visits.Visit(
            ORDERS,
            Attributes.none(),
            "GET /",
            Telemetry.nanos(second * 1000),
            0.01,
            0.01,
            false,
            events,
            List.of(),
            List.of()));
  }

  /** Asked for a stretch that starts around that second and lasts. */
  private List<StepScan.Broken> broken(int second) {
    return StepScan.over(visits, Telemetry.nanos(0), Telemetry.nanos(LENGTH * 1000))
        .broken(
            Telemetry.nanos((second - 180) * 1000),
            Telemetry.nanos((second + 110) * 1000),
            Telemetry.nanos((second + 30) * 1000));
  }
}
