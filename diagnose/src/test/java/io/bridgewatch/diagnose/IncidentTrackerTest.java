package io.bridgewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.diagnose.IncidentTracker.Settings;
import io.bridgewatch.diagnose.IncidentTracker.State;
import io.bridgewatch.diagnose.IncidentTracker.Turn;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentTrackerTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Settings SETTINGS = new Settings(2, 3, Duration.ofHours(1));
  private static final EntityRef DB = EntityRef.service("db");
  private static final EntityRef CACHE = EntityRef.service("cache");
  private static final EntityRef FRONT = EntityRef.service("front");
  private static final EntityRef PAY = EntityRef.service("pay");
  private static final EntityRef EDGE = EntityRef.service("edge");
  private static final EntityRef MAIL = EntityRef.service("mail");

  private State state = State.begin();
  private Instant now = NOON;
  private boolean felt;

  private List<String> turn(Incident... found) {
    now = now.plus(Duration.ofSeconds(30));
    var step = IncidentTracker.step(state, now, List.of(found), incident -> felt, SETTINGS);
    state = step.state();
    var told = new ArrayList<String>();
    for (Turn turn : step.turns()) {
      told.add(
          switch (turn) {
            case Turn.Opened opened -> "opened " + opened.id();
            case Turn.Updated updated -> "updated " + updated.id();
            case Turn.Closed closed -> "closed " + closed.id() + " " + closed.lastSeen();
          });
    }
    return told;
  }

  private static Incident slow(String id, EntityRef cause, double confidence, EntityRef... hurt) {
    Fact fact =
        new Fact.LevelShift(
            Signal.LATENCY,
            new SeriesKey(Attributes.none(), "duration", "s", MetricKind.GAUGE, Attributes.none()),
            1,
            2,
            9);
    return incident(id, cause, confidence, fact, hurt);
  }

  private static Incident incident(
      String id, EntityRef cause, double confidence, Fact fact, EntityRef... hurt) {
    var symptoms = new ArrayList<Symptom>();
    for (EntityRef one : hurt) {
      symptoms.add(new Symptom(one, new Finding(one, NOON, 9, fact)));
    }
    return new Incident(
        id,
        NOON,
        symptoms,
        List.of(
            new Cause(
                1,
                cause,
                cause.identity(),
                CauseKind.SERVICE_LATENCY,
                confidence,
                List.of(new Evidence(cause, NOON, fact, 1)),
                List.of(cause))),
        List.of(),
        Optional.empty(),
        List.of(),
        new CallMap(List.of(), List.of()));
  }

  @Test
  void twoThatAreFollowedNeverShareAnId() {
    turn(slow("i", DB, 0.8, FRONT));
    assertThat(turn(slow("i", DB, 0.8, FRONT))).containsExactly("opened i");
    var moved = slow("j", CACHE, 0.8, FRONT);
    assertThat(turn(moved)).containsExactly("updated i");
    turn(moved, slow("i", DB, 0.8, PAY));
    assertThat(turn(moved, slow("i", DB, 0.8, PAY))).containsExactly("opened i-2");
  }

  @Test
  void theSameCauseFoundAgainOpensThoughItHurtsOthersByThen() {
    assertThat(turn(slow("a1", DB, 0.8, FRONT, PAY, EDGE))).isEmpty();
    assertThat(turn(slow("a2", DB, 0.9, MAIL, CACHE, EntityRef.service("web"))))
        .containsExactly("opened a1");
  }

  @Test
  void anotherCauseOfOthersIsNotTheSameBecauseItBeganTogether() {
    assertThat(turn(slow("a1", DB, 0.8, FRONT, PAY, EDGE))).isEmpty();
    assertThat(turn(slow("a2", CACHE, 0.9, MAIL, EDGE, EntityRef.service("web")))).isEmpty();
  }

  @Test
  void itOpensWhenFoundAgainIsUpdatedWhenItReadsOtherwiseAndClosesWhenItIsGone() {
    assertThat(turn(slow("a1", DB, 0.6, FRONT))).isEmpty();
    assertThat(turn(slow("a2", DB, 0.6, FRONT))).containsExactly("opened a1");
    assertThat(turn(slow("a3", DB, 0.65, FRONT))).isEmpty();
    assertThat(turn(slow("a4", DB, 0.75, FRONT))).containsExactly("updated a1");
    assertThat(turn(slow("a5", DB, 0.75, FRONT, PAY))).containsExactly("updated a1");
    Instant last = now;
    assertThat(turn()).isEmpty();
    assertThat(turn()).isEmpty();
    assertThat(turn()).containsExactly("closed a1 " + last);
    assertThat(state.followed()).isEmpty();
  }

  @Test
  void whatIsFoundOnceIsNeverTold() {
    for (int i = 0; i < 20; i++) {
      assertThat(turn(slow("a" + i, EntityRef.service("s" + i), 0.9, EntityRef.service("t" + i))))
          .isEmpty();
    }
  }

  @Test
  void whatAnObjectSaysItselfIsToldAtOnce() {
    Fact fact = new Fact.ObjectState("Pod", "db-0", "CrashLoopBackOff", "", NOON);
    assertThat(turn(incident("a1", DB, 0.9, fact, DB))).containsExactly("opened a1");
  }

  @Test
  void anInterruptionShorterThanTheLimitDoesNotCloseIt() {
    turn(slow("a1", DB, 0.6, FRONT));
    turn(slow("a1", DB, 0.6, FRONT));
    turn();
    turn();
    assertThat(turn(slow("a9", DB, 0.6, FRONT))).isEmpty();
    turn();
    turn();
    assertThat(state.followed()).hasSize(1);
    assertThat(state.followed().getFirst().id()).isEqualTo("a1");
  }

  @Test
  void whatIsFeltStillStaysThoughItsBeginningIsSeenNoMore() {
    turn(slow("a1", DB, 0.6, FRONT));
    turn(slow("a1", DB, 0.6, FRONT));
    felt = true;
    for (int i = 0; i < 60; i++) {
      assertThat(turn()).isEmpty();
    }
    Instant last = now;
    felt = false;
    turn();
    turn();
    assertThat(turn()).containsExactly("closed a1 " + last);
  }

  @Test
  void whatIsFeltForTooLongIsUsual() {
    turn(slow("a1", DB, 0.6, FRONT));
    turn(slow("a1", DB, 0.6, FRONT));
    felt = true;
    var told = new ArrayList<String>();
    while (now.isBefore(NOON.plus(Duration.ofMinutes(62)))) {
      told.addAll(turn());
    }
    assertThat(told).containsExactly("closed a1 " + NOON.plusSeconds(3570));
  }

  @Test
  void whatNobodyWasToldOfIsNotKeptBecauseItIsFelt() {
    felt = true;
    turn(slow("a1", DB, 0.6, FRONT));
    assertThat(turn()).isEmpty();
    assertThat(state.followed()).isEmpty();
  }

  @Test
  void theSameCauseIsTheSameIncidentEvenIfSomethingElseHurts() {
    turn(slow("a1", DB, 0.6, FRONT));
    turn(slow("a1", DB, 0.6, FRONT));
    assertThat(turn(slow("b1", DB, 0.6, PAY))).containsExactly("updated a1");
  }

  @Test
  void anotherCauseOfOtherTroubleIsAnotherIncident() {
    turn(slow("a1", DB, 0.6, FRONT), slow("b1", CACHE, 0.6, PAY));
    assertThat(turn(slow("b2", CACHE, 0.6, PAY), slow("a2", DB, 0.6, FRONT)))
        .containsExactlyInAnyOrder("opened a1", "opened b1");
  }

  @Test
  void theOneThatIsMostAlikeIsRecognisedFirst() {
    turn(slow("a1", DB, 0.6, FRONT, PAY));
    turn(slow("a1", DB, 0.6, FRONT, PAY));
    assertThat(turn(slow("b1", CACHE, 0.6, PAY), slow("a2", DB, 0.6, FRONT, PAY))).isEmpty();
    assertThat(state.followed())
        .filteredOn(IncidentTracker.Followed::isOpen)
        .singleElement()
        .satisfies(one -> assertThat(one.about()).contains(DB).doesNotContain(CACHE));
  }

  @Test
  void whatBeganTogetherAndSharesAnythingIsOne() {
    turn(slow("a1", DB, 0.6, FRONT, PAY, EDGE));
    turn(slow("a1", DB, 0.6, FRONT, PAY, EDGE));
    assertThat(turn(slow("b1", CACHE, 0.6, EDGE, MAIL))).containsExactly("updated a1");
    var later = slow("c1", DB, 0.6, MAIL, FRONT, PAY);
    assertThat(turn(beginning(later, NOON.plus(Duration.ofMinutes(9))))).isEmpty();
  }

  private static Incident beginning(Incident incident, Instant onset) {
    return new Incident(
        incident.id(),
        onset,
        incident.symptoms(),
        incident.causes(),
        incident.ruledOut(),
        incident.insufficientEvidence(),
        incident.timeline(),
        incident.map());
  }

  @Test
  void anotherSuspectForTheSameTroubleUpdatesIt() {
    turn(slow("a1", DB, 0.6, FRONT));
    turn(slow("a1", DB, 0.6, FRONT));
    assertThat(turn(slow("a1", CACHE, 0.6, FRONT))).containsExactly("updated a1");
  }

  @Test
  void afterARestartItGoesOnUnderItsId() {
    turn(slow("a1", DB, 0.6, FRONT));
    turn(slow("a1", DB, 0.6, FRONT));
    var before = state.followed().getFirst();
    state =
        new State(
            List.of(
                new IncidentTracker.Followed(
                    before.id(),
                    before.firstSeen(),
                    before.lastSeen(),
                    0,
                    0,
                    true,
                    before.about(),
                    Optional.empty())));
    assertThat(turn(slow("z1", DB, 0.6, FRONT))).containsExactly("updated a1");
    assertThat(turn(slow("z2", DB, 0.6, FRONT))).isEmpty();
  }
}
