package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.StoredIncident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link LiveIncidentStore} does. */
public abstract class LiveIncidentStoreContractTest {

  private static final Set<EntityRef> ABOUT =
      Set.of(
          EntityRef.service("ledger"),
          new EntityRef(
              EntityType.POD,
              Attributes.of(AttributeNames.POD, "支付-0", AttributeNames.NAMESPACE, "bank")));

  /** Ports on an empty store. */
  protected abstract Stores stores();

  /** Puts an incident with a recording of its own. */
  private static List<String> put(Stores stores, String id, String cluster, String digest) {
    return stores
        .live()
        .put(
            StoredSamples.open(id, cluster, digest, NOON),
            ABOUT,
            Optional.of(StoredSamples.watched(digest)));
  }

  private static List<String> ids(Stores stores, IncidentStore.Query query) {
    return stores.incidents().incidents(query).items().stream()
        .map(StoredIncident.Head::id)
        .toList();
  }

  private static IncidentStore.Query of(
      Optional<StoredIncident.Status> status, Optional<String> cluster) {
    return new IncidentStore.Query("", Optional.empty(), status, cluster, PageRequest.first(50));
  }

  private static IncidentStore.Query all() {
    return IncidentStore.Query.all(PageRequest.first(50));
  }

  @Test
  void anOpenIncidentIsReadAsItWasPutWithTheReportOfItsRecording() {
    var stores = stores();
    assertThat(put(stores, "inc-1", "east", "d1")).isEmpty();
    var put = StoredSamples.open("inc-1", "east", "d1", NOON);
    assertThat(stores.incidents().incident("inc-1")).contains(put);
    assertThat(put.head().status()).isEqualTo(StoredIncident.Status.OPEN);
    assertThat(stores.incidents().report("d1", "en")).contains("{\"report\":\"d1\"}");
    assertThat(stores.live().open("east"))
        .containsExactly(new LiveIncidentStore.Open(put.head(), ABOUT));
    assertThat(stores.live().open("west")).isEmpty();
    assertThat(stores.live().clusters()).containsExactly("east");
  }

  @Test
  void whatRestsOnANewRecordingTakesTheOldOneAlong() {
    var stores = stores();
    put(stores, "inc-1", "east", "d1");
    assertThat(put(stores, "inc-1", "east", "d2")).containsExactly("d1");
    assertThat(stores.incidents().report("d1", "en")).isEmpty();
    assertThat(stores.incidents().report("d2", "en")).isPresent();
    assertThat(ids(stores, all())).containsExactly("inc-1");
  }

  @Test
  void aRecordingStaysWhileAnIncidentRestsOnIt() {
    var stores = stores();
    put(stores, "inc-1", "east", "d1");
    put(stores, "inc-2", "east", "d1");
    assertThat(put(stores, "inc-1", "east", "d2")).isEmpty();
    assertThat(stores.incidents().report("d1", "en")).isPresent();
    assertThat(put(stores, "inc-2", "east", "d2")).containsExactly("d1");
  }

  @Test
  void itIsToldOtherwiseWhileItsRecordingStays() {
    var stores = stores();
    put(stores, "inc-1", "east", "d1");
    var later = StoredSamples.open("inc-1", "east", "d1", NOON.plusSeconds(30));
    var about = Set.of(EntityRef.node("n1"));
    assertThat(stores.live().put(later, about, Optional.empty())).isEmpty();
    assertThat(stores.incidents().incident("inc-1")).contains(later);
    assertThat(stores.live().open("east").getFirst().about()).isEqualTo(about);
  }

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothing() {
    var stores = stores();
    var open = StoredSamples.open("inc-1", "east", "d1", NOON);
    assertThatThrownBy(() -> stores.live().put(open, ABOUT, Optional.empty()))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () -> stores.live().put(open, ABOUT, Optional.of(StoredSamples.watched("d2"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rests on recording d1, given was d2");
    var recorded = StoredSamples.incident("inc-1", "d1", NOON, NOON);
    assertThatThrownBy(
            () -> stores.live().put(recorded, ABOUT, Optional.of(StoredSamples.watched("d1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a live one");
    assertThat(ids(stores, all())).isEmpty();
    assertThat(stores.incidents().report("d1", "en")).isEmpty();
  }

  @Test
  void aClosedOneIsNotOpenAndClosesOnce() {
    var stores = stores();
    put(stores, "inc-1", "east", "d1");
    Instant seen = NOON.plusSeconds(60);
    Instant closed = NOON.plusSeconds(360);
    stores.live().close("inc-1", seen, closed);
    stores.live().close("inc-1", closed, closed.plusSeconds(30));
    stores.live().close("inc-9", closed, closed);
    var live = stores.incidents().incident("inc-1").orElseThrow().head().live();
    assertThat(live)
        .contains(new StoredIncident.Live("east", NOON, NOON, seen, Optional.of(closed)));
    assertThat(stores.live().open("east")).isEmpty();
    assertThat(stores.live().clusters()).isEmpty();
    put(stores, "inc-1", "east", "d2");
    assertThat(stores.live().open("east")).as("found again").hasSize(1);
  }

  @Test
  void openOnesComeFirstAndAreFoundByStatusAndCluster() {
    var stores = stores();
    put(stores, "inc-open-b", "west", "d1");
    put(stores, "inc-open-a", "east", "d1");
    put(stores, "inc-closed", "east", "d1");
    stores.live().close("inc-closed", NOON, NOON);
    stores
        .imports()
        .complete(
            StoredSamples.job("j1", "d3").done(List.of("inc-3", "inc-4")),
            StoredSamples.recording("d3", NOON, "inc-3", "inc-4"),
            StoredSamples.imported("d3"));
    assertThat(ids(stores, all()))
        .containsExactly("inc-open-a", "inc-open-b", "inc-4", "inc-3", "inc-closed");
    assertThat(ids(stores, of(Optional.of(StoredIncident.Status.OPEN), Optional.of("east"))))
        .containsExactly("inc-open-a");
    assertThat(ids(stores, of(Optional.of(StoredIncident.Status.RECORDED), Optional.empty())))
        .containsExactly("inc-4", "inc-3");
    assertThat(ids(stores, of(Optional.empty(), Optional.of("east"))))
        .containsExactly("inc-open-a", "inc-closed");

    var seen = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = stores.incidents().incidents(IncidentStore.Query.all(new PageRequest(1, cursor)));
      page.items().forEach(head -> seen.add(head.id()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(seen).isEqualTo(ids(stores, all()));
  }

  @Test
  void onlyWhatWasImportedIsListedAmongRecordingsAndStays() {
    var stores = stores();
    put(stores, "inc-1", "east", "d1");
    assertThat(stores.incidents().bundles(PageRequest.first(5)).total()).isZero();
    stores
        .imports()
        .complete(
            StoredSamples.job("j1", "d1").done(List.of("inc-1", "inc-2")),
            StoredSamples.recording("d1", NOON, "inc-1", "inc-2"),
            StoredSamples.imported("d1"));
    assertThat(stores.incidents().bundles(PageRequest.first(5)).items()).hasSize(1);
    assertThat(stores.incidents().incident("inc-1"))
        .as("an import takes nothing from a live one")
        .contains(StoredSamples.open("inc-1", "east", "d1", NOON));
    assertThat(put(stores, "inc-1", "east", "d2")).isEmpty();
    assertThat(stores.incidents().report("d1", "en")).isPresent();
    assertThat(ids(stores, all())).containsExactlyInAnyOrder("inc-1", "inc-2");
  }

  @Test
  void closedOnesAreForgottenWithTheirRecordings() {
    var stores = stores();
    put(stores, "inc-old", "east", "d1");
    put(stores, "inc-new", "east", "d2");
    put(stores, "inc-open", "east", "d3");
    stores.live().close("inc-old", NOON, NOON);
    stores.live().close("inc-new", NOON, NOON.plus(Duration.ofDays(1)));
    assertThat(stores.live().forgetClosedBefore(NOON)).isEmpty();
    assertThat(stores.live().forgetClosedBefore(NOON.plusSeconds(1))).containsExactly("d1");
    assertThat(ids(stores, all())).containsExactlyInAnyOrder("inc-new", "inc-open");
    assertThat(stores.incidents().report("d1", "zh")).isEmpty();
  }

  @Test
  void theRoomOfRecordingsIsToldAndSinceWhenIncidentsAreClosed() {
    var stores = stores();
    assertThat(stores.live().extent()).isEqualTo(new LiveIncidentStore.Extent(0, Instant.MAX));
    put(stores, "inc-1", "east", "d1");
    put(stores, "inc-2", "east", "d2");
    long each = StoredSamples.recording("d1", NOON, "inc-1").bundle().sizeBytes();
    assertThat(stores.live().extent())
        .isEqualTo(new LiveIncidentStore.Extent(2 * each, Instant.MAX));
    stores.live().close("inc-2", NOON, NOON.plusSeconds(9));
    stores.live().close("inc-1", NOON, NOON.plusSeconds(5));
    assertThat(stores.live().extent())
        .isEqualTo(new LiveIncidentStore.Extent(2 * each, NOON.plusSeconds(5)));
    stores
        .imports()
        .complete(
            StoredSamples.job("j1", "d2").done(List.of("inc-2")),
            StoredSamples.recording("d2", NOON, "inc-2"),
            StoredSamples.imported("d2"));
    assertThat(stores.live().extent().bytes()).as("an imported one stays").isEqualTo(each);
    stores.live().forgetClosedBefore(NOON.plusSeconds(6));
    assertThat(stores.live().extent())
        .isEqualTo(new LiveIncidentStore.Extent(0, NOON.plusSeconds(9)));
  }
}
