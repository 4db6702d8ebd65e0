package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no value of the model can be, however it was made. */
class InvariantsTest {

  private static final Instant T = Instant.parse("2026-03-02T01:00:00Z");
  private static final EntityRef SERVICE = EntityRef.service("orders");
  private static final Fact FACT = new Fact.OwnTimeGrew("GET /", 0.1, 0.5, 20, 4);
  private static final Evidence EVIDENCE = new Evidence(SERVICE, T, FACT, 1);

  @Test
  void aWindowHoldsItsStartAndNotItsEnd() {
    var window = new Window(T, T.plusSeconds(60));
    assertThat(window.contains(T)).isTrue();
    assertThat(window.contains(T.plusSeconds(60))).isFalse();
    assertThat(window.contains(T.minusNanos(1))).isFalse();
    assertThat(window.length()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aWindowMayBeEmptyAndNeverEndsBeforeItBegins() {
    assertThat(new Window(T, T).contains(T)).isFalse();
    assertThatThrownBy(() -> new Window(T, T.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before it begins");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, Double.NaN, Double.NEGATIVE_INFINITY})
  void aFindingIsNeverLessThanNotUnusual(double severity) {
    assertThatThrownBy(() -> new Finding(SERVICE, T, severity, FACT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orders");
  }

  @Test
  void aFindingCarriesTheSignalOfItsFact() {
    assertThat(new Finding(SERVICE, T, 0, FACT).signal()).isEqualTo(Signal.LATENCY);
    var log = new Fact.StepChanged(Fact.StepChanged.Step.LOG, "GET /", "saved <*>", 1, 0, 9, -4);
    var call = new Fact.StepChanged(Fact.StepChanged.Step.CALL, "GET /", "GET /x", 1, 0, 9, -4);
    assertThat(log.signal()).isEqualTo(Signal.LOG_PATTERN);
    assertThat(call.signal()).isEqualTo(Signal.CALL_PATTERN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.01, Double.NaN})
  void aConfidenceIsAShare(double confidence) {
    assertThatThrownBy(() -> cause(confidence, List.of(EVIDENCE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("confidence");
  }

  @Test
  void noCauseWithoutEvidence() {
    assertThatThrownBy(() -> cause(0.5, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no evidence");
    assertThatCode(() -> cause(0, List.of(EVIDENCE))).doesNotThrowAnyException();
    assertThatCode(() -> cause(1, List.of(EVIDENCE))).doesNotThrowAnyException();
  }

  @Test
  void evidenceAddedLaterToTheListIsNoEvidence() {
    var evidence = new ArrayList<>(List.of(EVIDENCE));
    var cause = cause(0.5, evidence);
    evidence.clear();
    assertThat(cause.evidence()).containsExactly(EVIDENCE);
  }

  @Test
  void aSpanWhoseClockWasSetBackTookNoTime() {
    var span =
        new Span(
            "t",
            "s",
            "",
            "GET /",
            SpanKind.SERVER,
            2_000,
            1_000,
            false,
            Attributes.none(),
            Attributes.none());
    assertThat(span.durationNanos()).isZero();
  }

  @Test
  void severityNumbersOutsideTheConventionAreUnspecified() {
    assertThat(Severity.ofNumber(0)).isEqualTo(Severity.UNSPECIFIED);
    assertThat(Severity.ofNumber(25)).isEqualTo(Severity.UNSPECIFIED);
    assertThat(Severity.ofNumber(17)).isEqualTo(Severity.ERROR);
    assertThat(Severity.ofNumber(9)).isEqualTo(Severity.INFO);
    assertThat(Severity.ofNumber(24)).isEqualTo(Severity.FATAL);
  }

  private static Cause cause(double confidence, List<Evidence> evidence) {
    return new Cause(
        1, SERVICE, SERVICE.identity(), CauseKind.SERVICE_LATENCY, confidence, evidence, List.of());
  }
}
