package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.numerics.LogTemplates;
import io.bridgewatch.testkit.Telemetry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitsTest {

  private static final Attributes FRONT = Telemetry.pod("front", "1", "node-1");
  private static final Attributes ORDERS = Telemetry.pod("orders", "1", "node-2");
  private static final Attributes STOCK = Telemetry.pod("stock", "1", "node-2");

  private final List<Span> spans = new ArrayList<>();
  private final List<LogRecord> logs = new ArrayList<>();

  @Test
  void ownTimeIsWhatTheCallsLeave() {
    span("a", "", "GET /", SpanKind.SERVER, FRONT, 0, 100);
    span("b", "a", "GET /orders", SpanKind.CLIENT, FRONT, 10, 70);
    span("c", "b", "GET /orders", SpanKind.SERVER, ORDERS, 15, 60);
    assertThat(visit("front-1").ownSeconds()).isCloseTo(0.030, within(1e-9));
    assertThat(visit("front-1").totalSeconds()).isCloseTo(0.100, within(1e-9));
    assertThat(visit("orders-1").ownSeconds()).isCloseTo(0.060, within(1e-9));
    assertThat(visits()).hasSize(2);
  }

  @Test
  void callsAtTheSameTimeAreNotTakenOffTwice() {
    span("a", "", "GET /", SpanKind.SERVER, FRONT, 0, 100);
    span("b", "a", "one", SpanKind.CLIENT, FRONT, 10, 50);
    span("c", "b", "one", SpanKind.SERVER, ORDERS, 12, 40);
    span("d", "a", "two", SpanKind.CLIENT, FRONT, 20, 50);
    span("e", "d", "two", SpanKind.SERVER, STOCK, 22, 40);
    assertThat(visit("front-1").ownSeconds()).isCloseTo(0.040, within(1e-9));
  }

  @Test
  void aCallThatOutlivesItsCallerTakesNoMoreThanThereWas() {
    span("a", "", "GET /", SpanKind.SERVER, FRONT, 0, 20);
    span("b", "a", "later", SpanKind.CONSUMER, ORDERS, 10, 5_000);
    assertThat(visit("front-1").ownSeconds()).isCloseTo(0.010, within(1e-9));
  }

  @Test
  void theGapBelongsToTheEdgeAndIsUnknownWithoutTheCallersSide() {
    span("a", "", "GET /", SpanKind.SERVER, FRONT, 0, 100);
    span("b", "a", "GET /orders", SpanKind.CLIENT, FRONT, 10, 70);
    span("c", "b", "GET /orders", SpanKind.SERVER, ORDERS, 15, 60);
    span("d", "a", "GET /stock", SpanKind.SERVER, STOCK, 85, 5);
    assertThat(visit("front-1").outgoing())
        .extracting(Visits.Outgoing::gapSeconds)
        .containsExactlyInAnyOrder(0.01, Double.NaN);
  }

  @Test
  void localSpansLinesAndCallsAreTheEventsOfAVisit() {
    span("a", "", "GET /", SpanKind.SERVER, FRONT, 0, 100);
    Span check = span("b", "a", "check", SpanKind.INTERNAL, FRONT, 1, 2);
    span("c", "a", "GET /orders", SpanKind.SERVER, ORDERS, 10, 20);
    logs.add(Telemetry.line(check, 2, Severity.INFO, "checked 7 items"));
    logs.add(Telemetry.line(check, 2, Severity.ERROR, "refused"));
    assertThat(visit("front-1").events())
        .containsExactlyInAnyOrder("span:check", "call:GET /orders", "log:0", "err:1");
    assertThat(visit("orders-1").events()).isEmpty();
  }

  @Test
  void onlyTheComponentWhereAFailureBeganFailed() {
    spans.add(server("a", "", FRONT, true));
    spans.add(server("b", "a", ORDERS, true));
    spans.add(server("c", "b", STOCK, true));
    assertThat(visit("front-1").failed()).isFalse();
    assertThat(visit("orders-1").failed()).isFalse();
    assertThat(visit("stock-1").failed()).isTrue();
  }

  @Test
  void aSpanWhoseParentWasNotRecordedEntersToo() {
    span("b", "lost", "GET /orders", SpanKind.SERVER, ORDERS, 15, 60);
    assertThat(visit("orders-1").totalSeconds()).isCloseTo(0.060, within(1e-9));
  }

  @Test
  void aClientThatNobodyCalledIsNoVisit() {
    span("a", "", "GET /", SpanKind.CLIENT, FRONT, 0, 100);
    assertThat(visits()).isEmpty();
  }

  @Test
  void loopsSelfParentsAndClocksSetBackAreNoError() {
    span("a", "b", "x", SpanKind.SERVER, FRONT, 0, 10);
    span("b", "a", "y", SpanKind.SERVER, ORDERS, 0, -10);
    span("c", "c", "z", SpanKind.SERVER, STOCK, 0, 10);
    span("d", "", "root", SpanKind.SERVER, FRONT, 0, 10);
    span("d", "d", "the same id again", SpanKind.INTERNAL, FRONT, 0, 10);
    spans.add(server("e", "", Attributes.none(), false));
    assertThat(visits()).allSatisfy(v -> assertThat(v.ownSeconds()).isGreaterThanOrEqualTo(0));
  }

  @Test
  void theOrderOfSpansDoesNotMatter() {
    span("a", "", "GET /", SpanKind.SERVER, FRONT, 0, 100);
    span("b", "a", "GET /orders", SpanKind.CLIENT, FRONT, 10, 70);
    span("c", "b", "GET /orders", SpanKind.SERVER, ORDERS, 15, 60);
    var straight = visits();
    Collections.reverse(spans);
    assertThat(visits()).isEqualTo(straight);
  }

  @Test
  void aCallThatFailsWithoutAnAnswerIsLostAndNoFailureOfTheCaller() {
    spans.add(Telemetry.span("t", "a", "", "GET /", SpanKind.SERVER, FRONT, 0, 100, true));
    spans.add(client("b", "orders", true));
    spans.add(client("c", "stock", true));
    spans.add(Telemetry.span("t", "d", "c", "GET /", SpanKind.SERVER, STOCK, 10, 10, true));
    spans.add(client("e", "rates", false));
    var front = visit("front-1");
    assertThat(front.failed()).isFalse();
    assertThat(front.attempts())
        .containsExactlyInAnyOrder(
            new Visits.Attempt(EntityRef.service("orders"), true),
            new Visits.Attempt(EntityRef.service("stock"), false),
            new Visits.Attempt(EntityRef.service("rates"), false));
  }

  private static Span client(String id, String peer, boolean failed) {
    return Telemetry.span("t", id, "a", "GET", SpanKind.CLIENT, FRONT, 5, 20, failed)
        .withAttributes(Attributes.of("server.address", peer));
  }

  private Span span(
      String id,
      String parent,
      String name,
      SpanKind kind,
      Attributes resource,
      double start,
      double millis) {
    var span = Telemetry.span("t", id, parent, name, kind, resource, start, millis, false);
    spans.add(span);
    return span;
  }

  private static Span server(String id, String parent, Attributes pod, boolean failed) {
    return Telemetry.span("t", id, parent, "GET /", SpanKind.SERVER, pod, 0, 10, failed);
  }

  private Visits.Visit visit(String pod) {
    return visits().stream()
        .filter(v -> v.component().name().equals(pod))
        .findFirst()
        .orElseThrow();
  }

  private List<Visits.Visit> visits() {
    return Visits.of(spans, logs, new LogTemplates(0.7, 100)).stream()
        .sorted(Comparator.comparing(v -> v.component()))
        .toList();
  }
}
