package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.engine.masking.Masking;
import io.bridgewatch.engine.masking.MaskingSettings;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.testkit.InMemoryMetricStore;
import io.bridgewatch.topology.TransactionRule;
import io.bridgewatch.topology.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TransactionMarksTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InMemoryMetricStore store = new InMemoryMetricStore(this::clock, 1_000);
  private final TransactionMarks marks =
      new TransactionMarks(
          Transactions.usual(),
          new SerialNumbers(new Masking(MaskingSettings.DEFAULTS), "key"),
          store,
          Timekeeper.by(this::clock));

  private Instant clock() {
    return Objects.requireNonNull(now.get());
  }

  private static Span span(String code) {
    long start = NOON.toEpochMilli() * 1_000_000;
    return new Span(
        "t",
        "s",
        "",
        "POST /transfers",
        SpanKind.SERVER,
        start,
        start + 20_000_000,
        code.equals("BAD"),
        Attributes.of(AttributeNames.SERVICE, "core"),
        Attributes.of("transaction.code", code));
  }

  private double sum(String metric, String name) {
    double sum = 0;
    for (var one :
        store.select(
            MetricSelector.of(metric, AttributeMatch.equal(AttributeNames.TRANSACTION, name)),
            NOON,
            NOON.plusSeconds(3_600),
            10)) {
      for (int i = 0; i < one.size(); i++) {
        sum += one.value(i);
      }
    }
    return sum;
  }

  @Test
  void namedTransactionsBecomeMetricsByTheMinute() {
    for (int i = 0; i < 20; i++) {
      marks.count(List.of(marks.marked(span("TRF")), marks.marked(span("BAD"))));
    }
    now.set(NOON.plus(Duration.ofMinutes(2)));
    marks.count(List.of(marks.marked(span("TRF")))); // late, adds up
    marks.close();
    assertThat(sum(TransactionMarks.COUNT, "TRF")).isEqualTo(21);
    assertThat(sum(TransactionMarks.ERRORS, "TRF")).isZero();
    assertThat(sum(TransactionMarks.ERRORS, "BAD")).isEqualTo(20);
    assertThat(marks.status().lost()).isZero();
  }

  @Test
  void otherRulesHoldFromTheMomentTheyAreGiven() {
    marks.use(
        new Transactions(
            List.of(
                new TransactionRule.Name(
                    "Transfer",
                    new TransactionRule.Place(
                        TransactionRule.Source.ROUTE, "", Pattern.compile("/transfers"))))));
    assertThat(marks.marked(span("TRF")).attributes().get(AttributeNames.TRANSACTION))
        .contains("Transfer");
  }
}
