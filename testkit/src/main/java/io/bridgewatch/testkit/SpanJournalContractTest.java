package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.SpanJournal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SpanJournal} does. */
public abstract class SpanJournalContractTest {

  /** An empty journal. */
  protected abstract SpanJournal journal();

  private static Span span(String id) {
    return new Span(
        "trace",
        id,
        "",
        "GET /cart",
        SpanKind.SERVER,
        1_000_000_000L,
        1_005_000_000L,
        true,
        Attributes.of(AttributeNames.SERVICE, "cart"),
        Attributes.of("http.route", "/cart"));
  }

  private static List<Span> read(SpanJournal journal) {
    var read = new ArrayList<Span>();
    journal.replay((last, spans) -> read.addAll(spans));
    return read;
  }

  @Test
  void whatIsWrittenComesBackInOrderUntilItIsCrossedOff() {
    var journal = journal();
    assertThat(read(journal)).isEmpty();
    long first = journal.append(List.of(span("a"), span("b")));
    long second = journal.append(List.of(span("c")));
    long third = journal.append(List.of(span("d"), span("e")));
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
    assertThat(read(journal))
        .containsExactly(span("a"), span("b"), span("c"), span("d"), span("e"));
    journal.trim(second);
    assertThat(read(journal)).containsExactly(span("d"), span("e"));
    journal.trim(first);
    assertThat(read(journal)).containsExactly(span("d"), span("e"));
    journal.trim(third);
    assertThat(read(journal)).isEmpty();
    assertThat(journal.append(List.of(span("f")))).isGreaterThan(third);
    assertThat(read(journal)).containsExactly(span("f"));
  }

  @Test
  void aBatchTellsTheNumberThatItWasGiven() {
    var journal = journal();
    long first = journal.append(List.of(span("a"), span("b")));
    long second = journal.append(List.of(span("c")));
    var numbers = new ArrayList<Long>();
    journal.replay((last, spans) -> numbers.add(last));
    assertThat(numbers).containsExactly(first, second);
  }
}
