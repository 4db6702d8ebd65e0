package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.testkit.InMemorySpanJournal;
import io.bridgewatch.testkit.InMemorySpanStore;
import io.bridgewatch.topology.TraceSampling;
import io.bridgewatch.topology.TraceSampling.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TraceKeepingTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final TraceKeepingSettings SETTINGS =
      new TraceKeepingSettings(100, Duration.ofSeconds(15), 20_000);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InMemorySpanStore spans = new InMemorySpanStore();
  private final InMemorySpanJournal journal = new InMemorySpanJournal();

  private Instant clock() {
    return Objects.requireNonNull(now.get());
  }

  private TraceKeeping keeping(SpanStore store, TraceKeepingSettings settings) {
    return new TraceKeeping(store, journal, settings, Timekeeper.by(this::clock));
  }

  private Span span(String trace, String id, String parent, String service, boolean failed) {
    long start = clock().toEpochMilli() * 1_000_000;
    return new Span(
        trace,
        id,
        parent,
        "GET /",
        SpanKind.SERVER,
        start,
        start + 5_000_000,
        failed,
        Attributes.of(AttributeNames.SERVICE, service),
        Attributes.none());
  }

  private List<Span> trace(String id, boolean failed) {
    return List.of(span(id, "a", "", "web", false), span(id, "b", "a", "orders", failed));
  }

  private long waitingInJournal() {
    var count = new long[1];
    journal.replay((last, some) -> count[0] += some.size());
    return count[0];
  }

  /** More than the budget, so that what follows is gathered. */
  private void flood(TraceKeeping keeping) {
    for (int i = 0; i < 600; i++) {
      keeping.keep(trace("flood" + i, false));
    }
    assertThat(keeping.status().gathering()).isTrue();
  }

  private void pass(TraceKeeping keeping, Duration time) {
    now.set(clock().plus(time));
    keeping.step();
  }

  @Test
  void whileFewComeEverySpanIsThereAtOnceAndUnmarked() {
    try (var keeping = keeping(spans, SETTINGS)) {
      keeping.keep(trace("t", false));
      assertThat(spans.trace("t")).isEqualTo(trace("t", false));
      assertThat(keeping.status().undecided()).isEqualTo(2);
      assertThat(waitingInJournal()).isZero();
    }
  }

  @Test
  void withoutABudgetAllAreKept() {
    try (var keeping = keeping(spans, TraceKeepingSettings.everything())) {
      for (int i = 0; i < 5_000; i++) {
        keeping.keep(trace("t" + i, false));
      }
      assertThat(spans.extent().spans()).isEqualTo(10_000);
      assertThat(keeping.status().gathering()).isFalse();
    }
  }

  @Test
  void inAFloodRemarkableTracesAreKeptWholeAndOthersByAStatedShare() {
    var random = new Random(23);
    var ordinary = new ArrayList<String>();
    try (var keeping = keeping(spans, SETTINGS)) {
      flood(keeping);
      for (int second = 0; second < 60; second++) {
        for (int i = 0; i < 250; i++) {
          boolean failed = i == 7;
          String id = (failed ? "bad" : "good") + random.nextLong();
          if (!failed && second >= 30) {
            ordinary.add(id);
          }
          keeping.keep(trace(id, failed));
        }
        pass(keeping, Duration.ofSeconds(1));
      }
      pass(keeping, Duration.ofSeconds(15));
      var status = keeping.status();
      assertThat(status.decided().get(Reason.FAILED)).isEqualTo(new TraceKeeping.Count(60, 120));
      assertThat(status.decided().get(Reason.RARE)).isEqualTo(new TraceKeeping.Count(5, 10));
      double weights = 0;
      for (String id : ordinary) {
        var kept = spans.trace(id);
        assertThat(kept.size()).as("whole or not at all").isIn(0, 2);
        if (!kept.isEmpty()) {
          assertThat(kept.getFirst().attributes().get(TraceSampling.REASON)).contains("sampled");
          weights +=
              Double.parseDouble(kept.getFirst().attributes().getOr(TraceSampling.WEIGHT, ""));
        }
      }
      assertThat(weights).isCloseTo(ordinary.size(), within(ordinary.size() * 0.15));
      long kept = spans.extent().spans() - status.undecided();
      assertThat(kept / 60.0).as("spans a second").isBetween(60.0, 130.0);
      assertThat(status.waiting()).isZero();
      assertThat(waitingInJournal()).isZero();
    }
  }

  @Test
  void whatIsAcknowledgedAndNotDecidedSurvivesAKill() {
    var first = keeping(spans, SETTINGS); // never closed: killed
    flood(first);
    first.keep(trace("bad", true));
    assertThat(spans.trace("bad")).as("not decided yet").isEmpty();
    try (var second = keeping(spans, SETTINGS)) {
      second.start();
      second.keep(List.of(span("bad", "c", "b", "stock", false)));
      pass(second, Duration.ofSeconds(15));
      assertThat(spans.trace("bad"))
          .extracting(Span::spanId)
          .containsExactlyInAnyOrder("a", "b", "c");
      assertThat(waitingInJournal()).isZero();
    }
  }

  @Test
  void whatComesLateFollowsTheDecisionButAFailureIsKept() {
    try (var keeping = keeping(spans, SETTINGS)) {
      flood(keeping);
      for (int i = 0; i < 500; i++) {
        keeping.keep(trace("t" + i, i == 0));
      }
      pass(keeping, Duration.ofSeconds(15));
      keeping.keep(List.of(span("t0", "late", "a", "web", false)));
      assertThat(spans.trace("t0")).hasSize(3);
      String dropped = "";
      for (int i = 1; i < 500 && dropped.isEmpty(); i++) {
        dropped = spans.trace("t" + i).isEmpty() ? "t" + i : "";
      }
      keeping.keep(
          List.of(
              span(dropped, "late", "a", "web", false), span(dropped, "bad", "a", "web", true)));
      assertThat(spans.trace(dropped)).extracting(Span::spanId).containsExactly("bad");
      assertThat(keeping.status().late()).isEqualTo(1);
    }
  }

  @Test
  void aTraceToWhichAnExemplarLeadsIsKept() {
    try (var keeping = keeping(spans, SETTINGS)) {
      flood(keeping);
      for (int i = 0; i < 500; i++) {
        keeping.keep(trace("t" + i, false));
      }
      keeping.exemplar("t400");
      pass(keeping, Duration.ofSeconds(15));
      assertThat(spans.trace("t400"))
          .hasSize(2)
          .allSatisfy(
              span -> assertThat(span.attributes().get(TraceSampling.REASON)).contains("exemplar"));
    }
  }

  @Test
  void aStoreThatRefusesLosesNothingAndInTheEndRefusesToo() {
    var store = new Refusing(spans);
    try (var keeping =
        keeping(store, new TraceKeepingSettings(100, Duration.ofSeconds(15), 1_500))) {
      flood(keeping);
      store.refuse = true;
      for (int i = 0; i < 800; i++) {
        keeping.keep(trace("t" + i, true));
      }
      pass(keeping, Duration.ofSeconds(15));
      assertThatThrownBy(() -> keeping.keep(trace("more", false)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("wait for the store");
      assertThat(keeping.status().early()).isPositive();
      store.refuse = false;
      keeping.step();
      assertThat(spans.trace("t0")).hasSize(2);
      assertThat(spans.trace("t799")).hasSize(2);
    }
  }

  private static final class Refusing implements SpanStore {
    private final SpanStore other;
    private boolean refuse;

    Refusing(SpanStore other) {
      this.other = other;
    }

    @Override
    public void append(List<Span> some) {
      if (refuse && !some.isEmpty()) {
        throw new StoreException("disk full");
      }
      other.append(some);
    }

    @Override
    public List<Span> trace(String traceId) {
      return other.trace(traceId);
    }

    @Override
    public Page<Span> find(Query query, PageRequest page) {
      return other.find(query, page);
    }

    @Override
    public void forgetBefore(Instant time) {
      other.forgetBefore(time);
    }

    @Override
    public Extent extent() {
      return other.extent();
    }
  }
}
