package io.bridgewatch.adapter.store;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract cannot see: many hours, failing disks, restarts. */
class JournaledIndexTest {

  /** Commits only when told to, or when closed. */
  private static final JournaledIndex.Pace SELDOM =
      new JournaledIndex.Pace(Duration.ofHours(1), 1_000_000, 2_000_000);

  private final Path directory;
  private HistoryDb history;

  JournaledIndexTest(@TempDir Path directory) {
    this.directory = directory;
    history = HistoryDb.open(directory.resolve("history"));
  }

  @AfterEach
  void close() {
    history.close();
  }

  private BatchJournal journal() {
    return new BatchJournal(history, HistoryDb.Family.LOG_BATCHES);
  }

  private LuceneLogs logs() {
    return LuceneLogs.open(directory.resolve("logs"), journal(), SELDOM);
  }

  private static LogRecord line(Duration afterNoon, String body) {
    return new LogRecord(
        NOON.toEpochMilli() * 1_000_000 + afterNoon.toNanos(),
        Severity.INFO,
        body,
        "",
        "",
        Attributes.none(),
        Attributes.none());
  }

  private static List<String> newest(LogStore logs) {
    return logs
        .find(LogStore.Query.between(Instant.MIN, Instant.MAX), PageRequest.first(200))
        .page()
        .items()
        .stream()
        .map(LogRecord::body)
        .toList();
  }

  @Test
  void moreHoursThanMayBeOpenAreFoundAllTheSame() {
    int hours = HourIndexes.MOST_READ + 4;
    try (var logs = logs()) {
      logs.append(
          IntStream.range(0, hours).mapToObj(i -> line(Duration.ofHours(i), "h" + i)).toList());
      logs.append(List.of(line(Duration.ofHours(0), "late")));
    }
    try (var logs = logs()) {
      assertThat(newest(logs))
          .hasSize(hours + 1)
          .startsWith("h" + (hours - 1))
          .endsWith("late", "h0");
      assertThat(newest(logs)).hasSize(hours + 1);
      assertThat(logs.extent().records()).isEqualTo(hours + 1);
      assertThat(logs.extent().oldest()).isEqualTo(NOON);
      logs.forgetBefore(NOON.plus(Duration.ofHours(hours - 2)));
      assertThat(newest(logs)).containsExactly("h" + (hours - 1), "h" + (hours - 2));
    }
    assertThat(directory.resolve("logs").toFile().list()).hasSize(2);
  }

  @Test
  void whatWasForgottenIsNotTakenAgain() {
    try (var logs = logs()) {
      logs.append(List.of(line(Duration.ofMinutes(1), "old"), line(Duration.ofMinutes(9), "new")));
      logs.forgetBefore(NOON.plus(Duration.ofMinutes(5)));
      logs.append(List.of(line(Duration.ofMinutes(2), "late")));
    }
    try (var logs = logs()) {
      assertThat(newest(logs)).containsExactly("new");
      assertThat(logs.extent().records()).isEqualTo(1);
    }
  }

  @Test
  void theJournalIsEmptyAfterACommit() throws IOException {
    try (var logs = logs()) {
      logs.append(List.of(line(Duration.ZERO, "a")));
      assertThat(journaled()).isEqualTo(1);
    }
    assertThat(journaled()).isZero();
  }

  private int journaled() throws IOException {
    var count = new int[1];
    journal().replay(0, (first, batch) -> count[0]++);
    return count[0];
  }

  /** Fails at lines that say so. */
  private static final class Failing implements DocumentForm<LogRecord> {
    private final LogForm form = new LogForm();

    @Override
    public long nanos(LogRecord item) {
      return form.nanos(item);
    }

    @Override
    public byte[] encode(List<LogRecord> batch) {
      return form.encode(batch);
    }

    @Override
    public List<LogRecord> decode(byte[] batch) {
      return form.decode(batch);
    }

    @Override
    public void index(LogRecord item, long number, HourIndex into) throws IOException {
      if (item.body().equals("fail")) {
        throw new IOException("No space left on device");
      }
      form.index(item, number, into);
    }
  }

  @Test
  void aBatchThatCannotBeIndexedIsTakenBackAndNothingElseIsLost() throws IOException {
    try (var index =
        JournaledIndex.open(directory.resolve("logs"), new Failing(), journal(), SELDOM)) {
      index.append(List.of(line(Duration.ZERO, "committed"), line(Duration.ofHours(1), "c2")));
      index.commit();
      index.append(
          List.of(line(Duration.ofHours(1), "journaled"), line(Duration.ofHours(2), "j2")));
      var bad =
          List.of(
              line(Duration.ZERO, "half"),
              line(Duration.ofHours(2), "half"),
              line(Duration.ofHours(3), "half"),
              line(Duration.ofHours(4), "fail"));
      assertThatThrownBy(() -> index.append(bad))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("No space left");
      index.append(List.of(line(Duration.ofHours(3), "after")));
      assertThat(bodies(index))
          .containsExactlyInAnyOrder("committed", "c2", "journaled", "j2", "after");
      assertThat(journaled()).isEqualTo(2);
    }
    try (var logs = logs()) {
      assertThat(newest(logs)).containsExactly("after", "j2", "journaled", "c2", "committed");
    }
  }

  private static List<String> bodies(JournaledIndex<LogRecord> index) {
    return new NewestFirst<>(index, LogForm::read)
        .all(MatchAllDocsQuery.INSTANCE).stream().map(LogRecord::body).toList();
  }

  @Test
  void aFolderThatIsNoHourIsLeftAlone() throws IOException {
    var other = Files.createDirectories(directory.resolve("logs").resolve("lost+found"));
    logs().close();
    assertThat(other).exists();
  }
}
