package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallTrafficTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void aCallIsCountedOnceWhicheverSideComesFirst() {
    Span client = Spans.span("t", "c", "", "web", SpanKind.CLIENT, 0, 30, false);
    Span server = Spans.span("t", "s", "c", "orders", SpanKind.SERVER, 5, 20, true);
    for (List<Span> order : List.of(List.of(client, server), List.of(server, client))) {
      var traffic = new CallTraffic(CallTraffic.Settings.DEFAULT);
      var told = new ArrayList<EdgeMinute>();
      for (Span span : order) {
        told.addAll(traffic.step(NOW, List.of(span), CallTrafficTest::service));
      }
      told.addAll(traffic.finish());

      EdgeMinute minute = edge(told, "web", "orders");
      assertThat(told).hasSize(1);
      assertThat(minute.minute()).isEqualTo(NOW);
      assertThat(minute.calls()).isEqualTo(1);
      assertThat(minute.errors()).isEqualTo(1);
      assertThat(minute.latency().quantile(0.5)).isCloseTo(0.030, within(0.0003));
      assertThat(minute.gap().quantile(0.5)).isCloseTo(0.010, within(0.0001));
    }
  }

  @Test
  void aServerWithoutCallerComesFromOutsideAndAClientWithoutCalleeGoesToItsPeer() {
    var traffic = new CallTraffic(CallTraffic.Settings.DEFAULT);
    Span entry = Spans.span("t", "s", "", "web", SpanKind.SERVER, 0, 30, false);
    Span query =
        Spans.with(
            Spans.span("t", "q", "s", "web", SpanKind.CLIENT, 5, 20, false),
            "db.system.name",
            "mysql");
    var told = new ArrayList<>(traffic.step(NOW, List.of(entry, query), CallTrafficTest::service));
    told.addAll(traffic.step(NOW.plusSeconds(29), List.of(), CallTrafficTest::service));
    assertThat(told).isEmpty();
    // settled half a minute later, handed out a minute and a half after that
    told.addAll(traffic.step(NOW.plusSeconds(30), List.of(), CallTrafficTest::service));
    told.addAll(traffic.step(NOW.plusSeconds(120), List.of(), CallTrafficTest::service));

    assertThat(told).hasSize(2);
    assertThat(edge(told, "", "web").calls()).isEqualTo(1);
    assertThat(edge(told, "web", "mysql").calls()).isEqualTo(1);
    assertThat(edge(told, "web", "mysql").gap().count()).isZero();
  }

  @Test
  void aSpanBelowOneOfAnotherComponentIsACallAndBelowItsOwnIsNone() {
    var traffic = new CallTraffic(CallTraffic.Settings.DEFAULT);
    traffic.step(
        NOW,
        List.of(
            Spans.span("t", "a", "", "web", SpanKind.UNSPECIFIED, 0, 30, false),
            Spans.span("t", "b", "a", "web", SpanKind.INTERNAL, 1, 20, false),
            Spans.span("t", "c", "b", "orders", SpanKind.UNSPECIFIED, 2, 10, false)),
        CallTrafficTest::service);
    List<EdgeMinute> told = traffic.finish();

    assertThat(told).hasSize(1);
    assertThat(edge(told, "web", "orders").calls()).isEqualTo(1);
  }

  @Test
  void howSpansAreCutAndShuffledNeverChangesTheSums() {
    for (long seed = 1; seed <= 100; seed++) {
      var random = new Random(seed);
      List<Span> spans = calls(random, 1 + random.nextInt(60));
      var whole = new CallTraffic(CallTraffic.Settings.DEFAULT);
      var expected = new ArrayList<>(whole.step(NOW, spans, CallTrafficTest::service));
      expected.addAll(whole.finish());

      Collections.shuffle(spans, random);
      var cut = new CallTraffic(CallTraffic.Settings.DEFAULT);
      var told = new ArrayList<EdgeMinute>();
      Instant now = NOW;
      for (int at = 0; at < spans.size(); ) {
        int next = Math.min(spans.size(), at + random.nextInt(9));
        told.addAll(cut.step(now, spans.subList(at, next), CallTrafficTest::service));
        now = now.plusMillis(random.nextInt(50)); // never so long that a side gives up
        at = next;
      }
      told.addAll(cut.finish());

      assertThat(sums(told)).as("seed %d", seed).isEqualTo(sums(expected));
    }
  }

  @Test
  void partsOfAMinuteAddUpToTheWhole() {
    var settings = new CallTraffic.Settings(Duration.ofSeconds(1), 100_000);
    var random = new Random(5);
    List<Span> spans = calls(random, 500);
    var atOnce = new CallTraffic(settings);
    atOnce.step(NOW, spans, CallTrafficTest::service);
    var inParts = new CallTraffic(settings);
    var told = new ArrayList<EdgeMinute>();
    for (int at = 0; at < spans.size(); at += 2) { // both sides of a call stay together
      told.addAll(
          inParts.step(
              NOW.plusSeconds(2L * at), spans.subList(at, at + 2), CallTrafficTest::service));
    }
    told.addAll(inParts.finish());

    assertThat(told.size()).isGreaterThan(sums(told).size());
    assertThat(sums(told)).isEqualTo(sums(atOnce.finish()));
  }

  @Test
  void tooManyWaitingSpansAreSettledEarlyAndCounted() {
    var traffic = new CallTraffic(new CallTraffic.Settings(Duration.ofSeconds(30), 10));
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      spans.add(Spans.span("t" + i, "s", "gone", "web", SpanKind.SERVER, 0, 1, false));
    }
    traffic.step(NOW, spans, CallTrafficTest::service);

    assertThat(traffic.settledEarly()).isEqualTo(15);
    assertThat(edge(traffic.finish(), "", "web").calls()).isEqualTo(25);
  }

  @Test
  void aSpanThatIsToldTwiceCountsOnce() {
    Span server = Spans.span("t", "s", "", "web", SpanKind.SERVER, 0, 1, false);
    var traffic = new CallTraffic(CallTraffic.Settings.DEFAULT);
    traffic.step(NOW, List.of(server, server), CallTrafficTest::service);

    assertThat(edge(traffic.finish(), "", "web").calls()).isEqualTo(1);
  }

  /** Client and server, one after the other, between three services within three minutes. */
  private static List<Span> calls(Random random, int count) {
    var spans = new ArrayList<Span>();
    for (int i = 0; i < count; i++) {
      int start = random.nextInt(180_000);
      int took = 2 + random.nextInt(500);
      spans.add(
          Spans.span(
              "t" + i, "c", "", "a" + random.nextInt(3), SpanKind.CLIENT, start, took, false));
      spans.add(
          Spans.span(
              "t" + i,
              "s",
              "c",
              "b" + random.nextInt(3),
              SpanKind.SERVER,
              start + 1,
              took / 2,
              random.nextInt(5) == 0));
    }
    return spans;
  }

  private static Map<String, EdgeMinute> sums(List<EdgeMinute> parts) {
    var sums = new TreeMap<String, EdgeMinute>();
    for (EdgeMinute part : parts) {
      sums.merge(part.minute() + " " + part.edge(), part, EdgeMinute::plus);
    }
    return sums;
  }

  private static EdgeMinute edge(List<EdgeMinute> minutes, String caller, String callee) {
    return minutes.stream()
        .filter(m -> m.edge().caller().map(EntityRef::name).orElse("").equals(caller))
        .filter(m -> m.edge().callee().name().equals(callee))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<EntityRef> service(Attributes resource) {
    return resource.get(AttributeNames.SERVICE).map(EntityRef::service);
  }
}
