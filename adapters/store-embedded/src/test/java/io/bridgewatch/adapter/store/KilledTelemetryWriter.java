package io.bridgewatch.adapter.store;

import static io.bridgewatch.testkit.StoredSamples.NOON;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Writes log lines and spans until it is killed, while commits follow each other closely; prints a
 * number as soon as both batches of that number were acknowledged.
 */
final class KilledTelemetryWriter {

  /** In a batch. */
  static final int LINES = 20;

  /** More than are open for writing, so that they are closed and opened again all the time. */
  private static final int HOURS = 5;

  private KilledTelemetryWriter() {}

  record Stores(HistoryDb history, LuceneLogs logs, LuceneSpans spans) implements AutoCloseable {
    static Stores open(Path directory) {
      var pace = new JournaledIndex.Pace(Duration.ofMillis(20), 50, 1_000);
      var history = HistoryDb.open(directory.resolve("history"));
      return new Stores(
          history,
          LuceneLogs.open(
              directory.resolve("logs"),
              new BatchJournal(history, HistoryDb.Family.LOG_BATCHES),
              pace),
          LuceneSpans.open(
              directory.resolve("spans"),
              new BatchJournal(history, HistoryDb.Family.SPAN_BATCHES),
              pace));
    }

    @Override
    public void close() {
      logs.close();
      spans.close();
      history.close();
    }
  }

  static List<String> bodies(int number) {
    return IntStream.range(0, LINES).mapToObj(i -> "batch " + number + " line " + i).toList();
  }

  /** Every batch tells half of the one before again. */
  static List<String> ids(int number) {
    return IntStream.range(0, LINES).mapToObj(i -> "span " + (number * LINES / 2 + i)).toList();
  }

  private static long nanos(int i) {
    return NOON.toEpochMilli() * 1_000_000 + Duration.ofHours(i % HOURS).toNanos();
  }

  private static LogRecord line(String body, int i) {
    return new LogRecord(
        nanos(i), Severity.INFO, body, "", "", Attributes.none(), Attributes.none());
  }

  private static Span span(String id) {
    long start = nanos(Integer.parseInt(id.substring(5)));
    return new Span(
        "trace",
        id,
        "",
        "GET /",
        SpanKind.SERVER,
        start,
        start + 1,
        false,
        Attributes.none(),
        Attributes.none());
  }

  static List<String> lines(LogStore logs) {
    var query = LogStore.Query.between(NOON, NOON.plus(Duration.ofDays(1)));
    return all(page -> logs.find(query, page).page()).stream().map(LogRecord::body).toList();
  }

  static List<String> spans(SpanStore spans) {
    var query = SpanStore.Query.between(NOON, NOON.plus(Duration.ofDays(1)));
    return all(page -> spans.find(query, page)).stream().map(Span::spanId).toList();
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> find) {
    var found = new ArrayList<T>();
    var cursor = Optional.<String>empty();
    do {
      var page = find.apply(new PageRequest(PageRequest.LARGEST, cursor));
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return found;
  }

  public static void main(String[] args) {
    int number = Integer.parseInt(args[1]);
    try (var stores = Stores.open(Path.of(args[0]))) {
      while (true) {
        var bodies = bodies(number);
        stores
            .logs()
            .append(IntStream.range(0, LINES).mapToObj(i -> line(bodies.get(i), i)).toList());
        stores.spans().append(ids(number).stream().map(KilledTelemetryWriter::span).toList());
        System.out.println(number);
        System.out.flush();
        number++;
      }
    }
  }
}
