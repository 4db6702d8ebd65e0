package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.topology.TransactionRule.Place;
import io.bridgewatch.topology.TransactionRule.Source;
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
              TransactionRule.ofRoute(
                  "转账", Pattern.compile("^POST /api/transfers$"), Optional.of(SERIAL_IN_BODY)),
              new TransactionRule(
                  "Transaction $1",
                  new Place(Source.HEADER, "X-Tx-Code", Pattern.compile("^(T\\d{4})$")),
                  Optional.of(SERIAL_ATTRIBUTE))));

  @Test
  void anEntryIsNamedByRoute() {
    Span entry =
        Spans.with(
            Spans.with(server(""), "http.request.method", "POST"), "http.route", "/api/transfers");

    assertThat(transactions.marked(entry).attributes().get(AttributeNames.TRANSACTION))
        .contains("转账");
    assertThat(transactions.marked(Spans.with(entry, "http.route", "/api/other")).attributes())
        .isEqualTo(Spans.with(entry, "http.route", "/api/other").attributes());
  }

  @Test
  void anEntryIsNamedByTheCodeInAHeader() {
    for (String value : List.of("T0101", "[\"T0101\"]")) {
      Span entry = Spans.with(server(""), "http.request.header.x-tx-code", value);
      assertThat(transactions.marked(entry).attributes().get(AttributeNames.TRANSACTION))
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

    assertThat(transactions.marked(inner)).isSameAs(inner);
    assertThat(transactions.marked(named)).isSameAs(named);
  }

  @Test
  void aSerialNumberMarksSpansAndLogLinesAlike() {
    Span span = Spans.with(server("up"), "bank.serial", "20260301A7");
    LogRecord line = log("transfer accepted, serial=20260301A7 amount=5");

    assertThat(transactions.marked(span).attributes().get(Transactions.SERIAL))
        .contains("20260301A7");
    assertThat(transactions.marked(line).attributes().get(Transactions.SERIAL))
        .contains("20260301A7");
    LogRecord other = log("nothing to see");
    assertThat(transactions.marked(other)).isSameAs(other);
  }

  @Test
  void markingTwiceChangesNothingMore() {
    Span span =
        transactions.marked(
            Spans.with(
                Spans.with(server(""), "http.request.header.x-tx-code", "T0101"),
                "bank.serial",
                "1"));
    LogRecord line = transactions.marked(log("serial=1"));

    assertThat(transactions.marked(span)).isSameAs(span);
    assertThat(transactions.marked(line)).isSameAs(line);
  }

  @Test
  void aRuleThatMakesNoSenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Place(Source.HEADER, "", Pattern.compile("x")))
        .withMessageContaining("HEADER");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionRule.ofRoute(" ", Pattern.compile("x"), Optional.empty()));
  }

  private static Span server(String parent) {
    return Spans.span("t", "a", parent, "web", SpanKind.SERVER, 0, 1, false);
  }

  private static LogRecord log(String body) {
    return new LogRecord(
        Spans.START, Severity.INFO, body, "t", "", Attributes.none(), Attributes.none());
  }
}
