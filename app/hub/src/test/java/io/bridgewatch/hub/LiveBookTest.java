package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.diagnose.IncidentTracker;
import io.bridgewatch.engine.Housekeeping;
import io.bridgewatch.engine.RetentionSettings;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.StoredIncident;
import io.bridgewatch.ports.Timekeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveBookTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private EmbeddedStore store;
  private KeptRecordings recordings;
  private LiveBook book;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("uploads"));
    store = EmbeddedStore.open(folder);
    recordings = new KeptRecordings(store.archive(), store.incidents(), store.imports());
    book = book();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private LiveBook book() {
    return new LiveBook(
        store.liveIncidents(),
        store.incidents(),
        recordings,
        new StoredForms(RunningHub.JSON),
        HubOptions.parse(List.of("--data-dir=" + folder), Map.of()));
  }

  private Bundle bundle(String name) throws IOException {
    var file = Files.write(folder.resolve(name + ".zip"), Recordings.zip(name));
    return IncidentBundles.read(file);
  }

  private void tell(String id, Bundle bundle, Instant at) {
    SituationReport report = Recordings.diagnosed(bundle);
    book.told("east", id, report.incidents().getFirst(), report, bundle, at);
  }

  private StoredIncident incident(String id) {
    return store.incidents().incident(id).orElseThrow();
  }

  /** Name of the recording that is archived for an incident. */
  private String archived(String id) throws IOException {
    var archive = incident(id).head().archive();
    return IncidentBundles.read(store.archive().find(archive).orElseThrow()).name();
  }

  @Test
  void anOpenedIncidentIsReadUnderItsIdWithARecordingThatGivesTheSameReport() throws IOException {
    var bundle = bundle("night-1");
    tell("inc-first", bundle, NOON);
    var stored = incident("inc-first");
    assertThat(stored.documents().get("en")).contains("\"inc-first\"");
    assertThat(stored.head().status()).isEqualTo(StoredIncident.Status.OPEN);
    var archive = stored.head().archive();
    var read = IncidentBundles.read(store.archive().find(archive).orElseThrow());
    assertThat(store.incidents().report(archive, "en"))
        .contains(new StoredForms(RunningHub.JSON).reports(Recordings.diagnosed(read)).get("en"));
    assertThat(folder.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void anUpdateIsReadAtOnceAndItsRecordingIsWrittenTwoMinutesAfterTheLast() throws IOException {
    tell("inc-1", bundle("night-1"), NOON);
    tell("inc-1", bundle("night-2"), NOON.plusSeconds(30));
    assertThat(incident("inc-1").head().live().orElseThrow().updatedAt())
        .isEqualTo(NOON.plusSeconds(30));
    assertThat(incident("inc-1").head().live().orElseThrow().openedAt()).isEqualTo(NOON);
    book.settle(NOON.plusSeconds(119));
    assertThat(archived("inc-1")).isEqualTo("night-1");
    book.settle(NOON.plusSeconds(120));
    assertThat(archived("inc-1")).isEqualTo("night-2");
    assertThat(store.archive().digests()).as("the older one is gone").hasSize(1);
    tell("inc-1", bundle("night-3"), NOON.plusSeconds(240));
    assertThat(archived("inc-1")).isEqualTo("night-3");
    assertThat(store.archive().digests()).hasSize(1);
  }

  @Test
  void whatWaitsIsWrittenWhenItCloses() throws IOException {
    tell("inc-1", bundle("night-1"), NOON);
    tell("inc-1", bundle("night-2"), NOON.plusSeconds(30));
    book.closed("east", "inc-1", NOON.plusSeconds(30), NOON.plusSeconds(60));
    assertThat(archived("inc-1")).isEqualTo("night-2");
    assertThat(incident("inc-1").head().status()).isEqualTo(StoredIncident.Status.CLOSED);
    assertThat(book.open("east")).isEmpty();
    assertThat(store.archive().digests()).hasSize(1);
  }

  @Test
  void whatWaitsIsWrittenWhenTheHubStops() throws IOException {
    tell("inc-1", bundle("night-1"), NOON);
    tell("inc-1", bundle("night-2"), NOON.plusSeconds(30));
    book.close();
    assertThat(archived("inc-1")).isEqualTo("night-2");
  }

  @Test
  void onlySoManyRecordingsWait() throws IOException {
    for (int i = 0; i <= LiveBook.MOST_WAITING; i++) {
      tell("inc-" + i, bundle("first-" + i), NOON);
    }
    for (int i = 0; i <= LiveBook.MOST_WAITING; i++) {
      tell("inc-" + i, bundle("then-" + i), NOON.plusSeconds(30));
    }
    assertThat(archived("inc-0")).isEqualTo("first-0");
    assertThat(archived("inc-" + LiveBook.MOST_WAITING))
        .as("no room left to wait")
        .isEqualTo("then-" + LiveBook.MOST_WAITING);
  }

  @Test
  void incidentsOfOneDiagnosisShareARecording() throws IOException {
    var bundle = bundle("night-1");
    tell("inc-1", bundle, NOON);
    tell("inc-2", bundle, NOON);
    assertThat(store.archive().digests()).hasSize(1);
    book.settle(NOON);
    tell("inc-1", bundle("night-2"), NOON.plusSeconds(150));
    assertThat(archived("inc-1")).isEqualTo("night-2");
    assertThat(archived("inc-2")).isEqualTo("night-1");
  }

  @Test
  void anotherBookGoesOnWhereThisOneWasKilled() throws IOException {
    tell("inc-1", bundle("night-1"), NOON);
    tell("inc-1", bundle("night-2"), NOON.plusSeconds(30)); // its recording is lost
    var other = book();
    var followed = other.open("east").getFirst();
    assertThat(followed.id()).isEqualTo("inc-1");
    assertThat(followed.isOpen()).isTrue();
    assertThat(followed.firstSeen()).isEqualTo(NOON);
    assertThat(followed.about())
        .isEqualTo(
            IncidentTracker.about(Recordings.diagnosed(bundle("night-2")).incidents().getFirst()));
    assertThat(other.clusters()).containsExactly("east");
    assertThat(archived("inc-1")).isEqualTo("night-1");
  }

  @Test
  void closedOnesAreForgottenWithTheirArchives() throws IOException {
    tell("inc-1", bundle("night-1"), NOON);
    book.closed("east", "inc-1", NOON, NOON);
    var kept = new LiveRecordings(store.liveIncidents(), recordings);
    assertThat(kept.oldest()).isEqualTo(NOON);
    kept.forgetBefore(NOON);
    assertThat(store.archive().digests()).hasSize(1);
    kept.forgetBefore(NOON.plusSeconds(1));
    assertThat(store.archive().digests()).isEmpty();
    assertThat(kept.bytes()).isZero();
    var all = store.incidents().incidents(IncidentStore.Query.all(PageRequest.first(5)));
    assertThat(all.total()).isZero();
  }

  @Test
  void recordingsCountInTheDiskBudgetAndTheFirstClosedGoFirst() throws IOException {
    for (int i = 1; i <= 4; i++) {
      Instant at = NOON.plus(Duration.ofDays(i));
      tell("inc-" + i, bundle("night-" + i), at);
      if (i < 4) {
        book.closed("east", "inc-" + i, at, at);
      }
    }
    var kept = new LiveRecordings(store.liveIncidents(), recordings);
    long each = kept.bytes() / 4;
    assertThat(each).isPositive();
    var settings = RetentionSettings.usual().within(3 * each);
    Instant now = NOON.plus(Duration.ofDays(5));
    try (var housekeeping =
        new Housekeeping(kept.beside(store.storage()), settings, Timekeeper.by(() -> now))) {
      housekeeping.turn();
      assertThat(housekeeping.state().kept())
          .filteredOn(one -> one.kind() == Retained.Kind.RECORDINGS)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.bytes()).isEqualTo(kept.bytes());
                assertThat(one.givenUp()).isPresent();
              });
    }
    assertThat(store.incidents().incident("inc-1")).isEmpty();
    assertThat(store.incidents().incident("inc-4")).as("open").isPresent();
    assertThat(kept.bytes()).isLessThan(4 * each);
  }

  @Test
  void anArchiveThatNobodyWroteDownIsRemovedAtTheNextStart() throws IOException {
    tell("inc-1", bundle("night-1"), NOON);
    var left = Files.write(folder.resolve("left.zip"), Recordings.zip("night-9"));
    store.archive().keep(left, "left.zip");
    recordings.removeOrphans();
    assertThat(store.archive().digests()).containsExactly(incident("inc-1").head().archive());
  }
}
