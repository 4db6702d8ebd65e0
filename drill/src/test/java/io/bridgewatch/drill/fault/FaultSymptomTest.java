package io.bridgewatch.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.world.BankWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each kind of trouble to what the guide says of it, against the same world without it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultSymptomTest {
  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final Duration BEFORE = Duration.ofSeconds(30);
  private static final Duration GROWING = Duration.ofMinutes(2);
  private static final Duration WATCHED = Duration.ofMinutes(2);

  private Observed usual;

  private static BankWorld world() {
    var options = new BankWorld.Options(0, false, UnaryOperator.identity());
    return BankWorld.start(StandardBank.plan(), START, 7, options);
  }

  @BeforeAll
  void lookAtTheWorldWithoutTrouble() {
    try (var world = world()) {
      world.advance(BEFORE.plus(GROWING));
      usual = Observed.during(world, WATCHED);
    }
  }

  static Stream<FaultKind> troubles() {
    return FaultLibrary.all().stream().filter(kind -> !kind.isHarmless());
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void eachShowsAsTheGuideSays(FaultKind kind) {
    try (var world = world()) {
      world.advance(BEFORE);
      Fault fault = world.cluster().reading(() -> kind.choose(world));
      world
          .cluster()
          .reading(
              () -> {
                fault.inject().run();
                return true;
              });
      world.advance(GROWING);
      Observed ill = Observed.during(world, WATCHED);
      for (Symptom symptom : FaultGuide.of(kind).orElseThrow().shows()) {
        assertThat(ill.shows(symptom, fault.target(), usual))
            .as("%s at %s shows %s%s", kind.id(), fault.target(), symptom, ill)
            .isTrue();
        assertThat(usual.shows(symptom, fault.target(), usual))
            .as("%s is seen without %s", symptom, kind.id())
            .isFalse();
      }
    }
  }

  @Test
  void withoutTroubleNothingWarns() {
    assertThat(usual.hasWarnings()).as("%s", usual).isFalse();
  }
}
