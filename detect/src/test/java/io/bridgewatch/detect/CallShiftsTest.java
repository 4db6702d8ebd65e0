package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.testkit.Telemetry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CallShiftsTest {

  private static final EntityRef ORDERS = EntityRef.service("orders");
  private static final EntityRef STOCK = EntityRef.service("stock");
  private static final long SPLIT = Telemetry.nanos(600_000);
  private static final long END = Telemetry.nanos(1_000_000);
  private static final double CLEAR = 3;

  private final List<Visits.Visit> visits = new ArrayList<>();

  @Test
  void anOperationThatTakesLongerByItselfIsFound() {
    runs(0, 60, 0.010, 0.002, 0);
    runs(600, 40, 0.300, 0.002, 0);
    var own = (Fact.OwnTimeGrew) strongest().fact();
    assertThat(own.operation()).isEqualTo("GET /");
    assertThat(own.afterSeconds()).isCloseTo(0.3, within(0.05));
    assertThat(own.spans()).isEqualTo(40);
    assertThat(own.deviations()).isGreaterThan(CLEAR);
  }

  @Test
  void aGapThatGrewIsFoundOnTheEdge() {
    runs(0, 60, 0.010, 0.002, 0);
    runs(600, 40, 0.010, 0.200, 0);
    var gap = (Fact.EdgeGapGrew) strongest().fact();
    assertThat(gap.caller()).isEqualTo(ORDERS);
    assertThat(gap.callee()).isEqualTo(STOCK);
    assertThat(gap.deviations()).isGreaterThan(CLEAR);
  }

  @Test
  void callsThatDoNotArriveAreTheCallees() {
    attempts(0, 60, 0);
    attempts(600, 40, 2);
    var finding = strongest();
    assertThat(finding.entity()).isEqualTo(STOCK);
    var failed = (Fact.FailureShareRose) finding.fact();
    assertThat(failed.operation()).isEqualTo("orders → stock");
    assertThat(failed.beforeShare()).isZero();
    assertThat(failed.afterShare()).isEqualTo(0.5);
    var shifts = CallShifts.over(visits);
    assertThat(shifts.failureShare(STOCK, failed.operation(), SPLIT)).hasValue(0.5);
    assertThat(shifts.failureShare(STOCK, failed.operation(), END)).isEmpty();
  }

  /** Every second a run that calls once; each so many-th call is lost. */
  private void attempts(int second, int count, int lostEvery) {
    for (int i = 0; i < count; i++) {
      visits.add(
          new Visits.Visit(
              ORDERS,
              Attributes.none(),
              "GET /",
              Telemetry.nanos((second + i) * 1000),
              0.02,
              0.01,
              false,
              Set.of(),
              List.of(),
              List.of(new Visits.Attempt(STOCK, lostEvery > 0 && i % lostEvery == 0))));
    }
  }

  @Test
  void failuresThatBeganHereAreFound() {
    runs(0, 60, 0.010, 0.002, 0);
    runs(600, 40, 0.010, 0.002, 2);
    var failed = (Fact.FailureShareRose) strongest().fact();
    assertThat(failed.beforeShare()).isZero();
    assertThat(failed.afterShare()).isEqualTo(0.5);
  }

  @Test
  void fewRunsSayNothing() {
    runs(0, 60, 0.010, 0.002, 0);
    runs(600, 2, 5, 5, 1);
    assertThat(findings()).isEmpty();
    visits.clear();
    runs(590, 2, 0.010, 0.002, 0);
    runs(600, 60, 5, 5, 1);
    assertThat(findings()).isEmpty();
    visits.clear();
    assertThat(findings()).isEmpty();
  }

  @Test
  void aNewReplicaIsMeasuredByThoseItTookOverFrom() {
    var older = pod("orders-1");
    var newer = pod("orders-2");
    for (int i = 0; i < 60; i++) {
      visits.add(visit(older, ORDERS.identity(), i * 10_000, 0.010, 0.002, false));
    }
    for (int i = 0; i < 40; i++) {
      visits.add(visit(newer, ORDERS.identity(), 600_000 + i * 10_000, 0.300, 0.002, i % 2 == 0));
    }
    assertThat(findings())
        .hasSize(2)
        .allMatch(finding -> finding.entity().equals(newer))
        .allMatch(finding -> finding.severity() > CLEAR)
        .anyMatch(
            finding ->
                finding.fact() instanceof Fact.OwnTimeGrew own && own.beforeSeconds() == 0.010)
        .anyMatch(
            finding ->
                finding.fact() instanceof Fact.FailureShareRose failed
                    && failed.beforeShare() == 0
                    && failed.afterShare() == 0.5);
  }

  private static EntityRef pod(String name) {
    return EntityRef.emitter(Telemetry.pod("orders", name, "node-1")).orElseThrow();
  }

  @Test
  void whatGetsFasterOrSaferIsNoFinding() {
    runs(0, 60, 0.300, 0.200, 2);
    runs(600, 40, 0.010, 0.002, 0);
    assertThat(findings()).isEmpty();
  }

  @Test
  void calmRunsAreNeverClear() {
    runs(0, 60, 0.010, 0.002, 20);
    runs(600, 40, 0.010, 0.002, 20);
    assertThat(findings()).allSatisfy(f -> assertThat(f.severity()).isLessThan(CLEAR));
  }

  @Test
  void microsecondsThatDoubleHurtNobody() {
    runs(0, 60, 0.000_010, 0.000_002, 0);
    runs(600, 40, 0.000_040, 0.000_008, 0);
    assertThat(findings()).allSatisfy(f -> assertThat(f.severity()).isLessThan(CLEAR));
  }

  @Test
  void gapsThatNobodySawAreNotZero() {
    for (int i = 0; i < 100; i++) {
      visits.add(visit(i * 10_000, 0.010, Double.NaN, false));
    }
    assertThat(findings()).noneMatch(f -> f.fact() instanceof Fact.EdgeGapGrew);
  }

  @Test
  void aShareRisesAsMuchAsItWouldFall() {
    assertThat(CallShifts.proportionDeviations(0, 50, 10, 50))
        .isCloseTo(-CallShifts.proportionDeviations(10, 50, 0, 50), within(1e-9))
        .isPositive();
    assertThat(CallShifts.proportionDeviations(0, 0, 0, 0)).isZero();
    assertThat(CallShifts.proportionDeviations(1, 1, 1, 1)).isZero();
    assertThat(CallShifts.proportionDeviations(0, 5, 1, 5))
        .isLessThan(CallShifts.proportionDeviations(0, 500, 100, 500));
  }

  @RepeatedTest(20)
  void theOrderOfVisitsDoesNotMatter(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      visits.add(
          visit(i * 10_000, random.nextDouble(), random.nextDouble(), random.nextInt(5) == 0));
    }
    var straight = findings();
    Collections.shuffle(visits, new Random(seed));
    assertThat(findings()).as("seed %d", seed).isEqualTo(straight);
  }

  /** Runs one every ten seconds; each {@code failsEvery}th fails, none if that is 0. */
  private void runs(int fromSeconds, int count, double own, double gap, int failsEvery) {
    for (int i = 0; i < count; i++) {
      double jitter = 1 + 0.05 * (i % 3 - 1);
      visits.add(
          visit(
              fromSeconds * 1000 + i * 10_000,
              own * jitter,
              gap * jitter,
              failsEvery > 0 && i % failsEvery == 0));
    }
  }

  private static Visits.Visit visit(int millis, double own, double gap, boolean failed) {
    return visit(ORDERS, Attributes.none(), millis, own, gap, failed);
  }

  private static Visits.Visit visit(
      EntityRef component, Attributes service, int millis, double own, double gap, boolean failed) {
    return new Visits.Visit(
        component,
        service,
        "GET /",
        Telemetry.nanos(millis),
        own + gap + 0.01,
        own,
        failed,
        Set.of("call:GET /stock"),
        List.of(new Visits.Outgoing(STOCK, "GET /stock", gap, gap + 0.01)),
        List.of());
  }

  private Finding strongest() {
    return findings().stream()
        .max((a, b) -> Double.compare(a.severity(), b.severity()))
        .orElseThrow();
  }

  private List<Finding> findings() {
    return CallShifts.over(visits).at(SPLIT, END);
  }
}
