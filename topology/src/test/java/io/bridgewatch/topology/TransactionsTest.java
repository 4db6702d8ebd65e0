package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.topology.TransactionRule.Place;
import io.bridgewatch.topology.TransactionRule.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TransactionsTest {

  private static final Place SERIAL_IN_BODY =
      new Place(Source.BODY, "", Pattern.compile("serial=(\\w+)"));
  private static final Place SERIAL_ATTRIBUTE =
      new Place(Source.ATTRIBUTE, "bank.serial", Pattern.compile(".+"));

  private final Transactions transactions =
      new Transactions(
          List.of(
              new TransactionRule.Name(
                  "转账", new Place(Source.ROUTE, "", Pattern.compile("^POST /api/transfers$"))),
              new TransactionRule.Name(
                  "Transaction $1",
                  new Place(Source.HEADER, "X-Tx-Code", Pattern.compile("^(T\\d{4})$"))),
              new TransactionRule.Serial(SERIAL_IN_BODY),
              new TransactionRule.Serial(SERIAL_ATTRIBUTE)));

  private Span marked(Span span) {
    return transactions.marked(span, serial -> serial);
  }

  private LogRecord marked(LogRecord record) {
    return transactions.marked(record, serial -> serial);
  }

  @Test
  void anEntryIsNamedByRoute() {
    Span entry =
        Spans.with(
            Spans.with(server(""), "http.request.method", "POST"), "http.route", "/api/transfers");

    assertThat(marked(entry).attributes().get(AttributeNames.TRANSACTION)).contains("转账");
    assertThat(marked(Spans.with(entry, "http.route", "/api/other")).attributes())
        .isEqualTo(Spans.with(entry, "http.route", "/api/other").attributes());
  }

  @Test
  void anEntryIsNamedByTheCodeInAHeader() {
    for (String value : List.of("T0101", "[\"T0101\"]")) {
      Span entry = Spans.with(server(""), "http.request.header.x-tx-code", value);
      assertThat(marked(entry).attributes().get(AttributeNames.TRANSACTION))
          .contains("Transaction T0101");
    }
  }

  @Test
  void onlyEntriesAreNamedAndAGivenNameIsKept() {
    Span inner =
        Spans.with(
            Spans.span("t", "b", "a", "web", SpanKind.INTERNAL, 0, 1, false),
            "http.request.header.x-tx-code",
            "T0101");
    Span named =
        Spans.with(
            Spans.with(server(""), "http.request.header.x-tx-code", "T0101"),
            AttributeNames.TRANSACTION,
            "Own");

    assertThat(marked(inner)).isSameAs(inner);
    assertThat(marked(named)).isSameAs(named);
  }

  @Test
  void aSerialNumberMarksSpansAndLogLinesAlike() {
    Span span = Spans.with(server("up"), "bank.serial", "20260301A7");
    LogRecord line = log("transfer accepted, serial=20260301A7 amount=5");

    assertThat(marked(span).attributes().get(Transactions.SERIAL)).contains("20260301A7");
    assertThat(marked(line).attributes().get(Transactions.SERIAL)).contains("20260301A7");
    LogRecord other = log("nothing to see");
    assertThat(marked(other)).isSameAs(other);
  }

  @Test
  void markingTwiceChangesNothingMore() {
    Span span =
        marked(
            Spans.with(
                Spans.with(server(""), "http.request.header.x-tx-code", "T0101"),
                "bank.serial",
                "1"));
    LogRecord line = marked(log("serial=1"));

    assertThat(marked(span)).isSameAs(span);
    assertThat(marked(line)).isSameAs(line);
  }

  @Test
  void aRuleThatMakesNoSenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Place(Source.HEADER, "", Pattern.compile("x")))
        .withMessageContaining("HEADER");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransactionRule.Name(" ", SERIAL_IN_BODY));
  }

  @Test
  void whatASerialNumberMayShowIsDecidedBeforeItIsKept() {
    Span own = Spans.with(server(""), Transactions.SERIAL, "secret-1");
    assertThat(transactions.marked(own, serial -> "hidden").attributes().get(Transactions.SERIAL))
        .contains("hidden");
    assertThat(
            transactions
                .marked(log("serial=123456"), serial -> "hidden")
                .attributes()
                .get(Transactions.SERIAL))
        .contains("hidden");
  }

  @Test
  void commonNamesAndNumbersNeedNoSetting() {
    var usual = Transactions.usual();
    Span entry =
        Spans.with(
            Spans.with(server(""), "transaction.code", " TRF001 "),
            "http.request.header.x-serial-no",
            "[\"20261129000017\"]");
    var marked = usual.marked(entry, serial -> serial).attributes();
    assertThat(marked.get(AttributeNames.TRANSACTION)).contains("TRF001");
    assertThat(marked.get(Transactions.SERIAL)).contains("20261129000017");
    for (String body :
        List.of(
            "booked serialNo=20261129000017, amount 5",
            "{\"serial_no\": \"20261129000017\"}",
            "transaction id: 20261129000017",
            "{'txnId':'20261129000017'}",
            "转账成功，流水号：20261129000017")) {
      assertThat(usual.marked(log(body), s -> s).attributes().get(Transactions.SERIAL))
          .as(body)
          .contains("20261129000017");
    }
    for (String body : List.of("serial killer", "serialNo=", "transaction identity", "txn: 7")) {
      assertThat(usual.marked(log(body), s -> s).attributes().has(Transactions.SERIAL))
          .as(body)
          .isFalse();
    }
  }

  @Test
  void namedTransactionsAreAddedUpByTheMinute() {
    var traffic = new TransactionTraffic();
    var spans = new ArrayList<Span>();
    for (int i = 0; i < 1_000; i++) {
      spans.add(
          Spans.with(
              Spans.span("t", "s" + i, "", "web", SpanKind.SERVER, 10, 20, i % 10 == 0),
              AttributeNames.TRANSACTION,
              "Transfer"));
    }
    spans.add(server("")); // without a name
    Instant now = Instant.ofEpochSecond(0, Spans.START);
    assertThat(traffic.step(now, spans, TransactionsTest::service)).isEmpty();
    var over = traffic.step(now.plusSeconds(90), List.of(), TransactionsTest::service);
    assertThat(over)
        .singleElement()
        .satisfies(
            minute -> {
              assertThat(minute.kind())
                  .isEqualTo(new TransactionTraffic.Kind(EntityRef.service("web"), "Transfer"));
              assertThat(minute.minute()).isEqualTo(now);
              assertThat(minute.count()).isEqualTo(1_000);
              assertThat(minute.errors()).isEqualTo(100);
              assertThat(minute.latency().count()).isEqualTo(1_000);
              assertThat(minute.latency().quantile(0.5)).isCloseTo(0.020, within(0.001));
            });
    assertThat(traffic.finish()).isEmpty();
  }

  @Test
  void namesWithoutNumberAreAddedUpTogetherAndCounted() {
    var traffic = new TransactionTraffic();
    var spans = new ArrayList<Span>();
    for (int i = 0; i < 1_000; i++) {
      spans.add(
          Spans.with(
              Spans.span("t", "s" + i, "", "web", SpanKind.SERVER, 10, 20, false),
              AttributeNames.TRANSACTION,
              "name " + i));
    }
    traffic.step(Instant.ofEpochSecond(0, Spans.START), spans, TransactionsTest::service);
    var over = traffic.finish();
    assertThat(over).hasSize(201);
    assertThat(traffic.overflowed()).isEqualTo(800);
    assertThat(over.getFirst().kind().name()).isEmpty();
    assertThat(over.getFirst().count()).isEqualTo(800);
  }

  private static Optional<EntityRef> service(Attributes resource) {
    return resource.get(AttributeNames.SERVICE).map(EntityRef::service);
  }

  private static Span server(String parent) {
    return Spans.span("t", "a", parent, "web", SpanKind.SERVER, 0, 1, false);
  }

  private static LogRecord log(String body) {
    return new LogRecord(
        Spans.START, Severity.INFO, body, "t", "", Attributes.none(), Attributes.none());
  }
}
