package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link IncidentStore} does. */
public abstract class IncidentStoreContractTest {

  /** Ports on an empty store. */
  protected abstract Stores stores();

  private IncidentStore filled() {
    var stores = stores();
    store(stores, "d1", 0, "inc-1", "inc-2", "inc-3");
    store(stores, "d2", 1, "inc-4", "inc-5");
    store(stores, "d3", 2);
    return stores.incidents();
  }

  private static void store(Stores stores, String digest, int second, String... incidents) {
    stores
        .imports()
        .complete(
            StoredSamples.job("job-" + digest, digest).done(List.of(incidents)),
            StoredSamples.recording(digest, NOON.plusSeconds(second), incidents),
            StoredSamples.imported(digest));
  }

  private static IncidentStore.Query search(String text) {
    return new IncidentStore.Query(
        text, Optional.empty(), Optional.empty(), Optional.empty(), PageRequest.first(50));
  }

  private static List<String> ids(List<StoredIncident.Head> heads) {
    return heads.stream().map(StoredIncident.Head::id).toList();
  }

  @Test
  void pagesThroughAllIncidentsLatestOnsetFirst() {
    var store = filled();
    var seen = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = store.incidents(IncidentStore.Query.all(new PageRequest(2, cursor)));
      assertThat(page.total()).isEqualTo(5);
      seen.addAll(ids(page.items()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(seen).containsExactly("inc-3", "inc-2", "inc-5", "inc-1", "inc-4");
  }

  @Test
  void findsARecordingByItsDigest() {
    var store = filled();
    assertThat(store.bundle("d1"))
        .contains(StoredSamples.recording("d1", NOON, "inc-1", "inc-2", "inc-3").bundle());
    assertThat(store.bundle("d")).isEmpty();
    assertThat(store.bundle("")).isEmpty();
  }

  @Test
  void findsByTitleInEitherLanguageByNameAndById() {
    var store = filled();
    assertThat(ids(store.incidents(search("支付变慢 INC-2")).items())).containsExactly("inc-2");
    assertThat(ids(store.incidents(search("payment BECAME slow inc-4")).items()))
        .containsExactly("inc-4");
    assertThat(ids(store.incidents(search("case-d2")).items())).containsExactly("inc-5", "inc-4");
    assertThat(store.incidents(search("Ledger")).total()).isEqualTo(5);
    assertThat(store.incidents(search("%")).total()).as("no wildcard").isZero();
    assertThat(store.incidents(search("_nc")).total()).as("no wildcard").isZero();
  }

  @Test
  void filtersByTheRecordingsName() {
    var query =
        new IncidentStore.Query(
            "", Optional.of("case-d2"), Optional.empty(), Optional.empty(), PageRequest.first(1));
    var page = filled().incidents(query);
    assertThat(ids(page.items())).containsExactly("inc-5");
    assertThat(page.total()).isEqualTo(2);
    assertThat(page.next()).isPresent();
  }

  @Test
  void givesBackAnIncidentAsItWasStored() {
    var store = filled();
    assertThat(store.incident("inc-2"))
        .contains(StoredSamples.incident("inc-2", "d1", NOON, NOON.minusSeconds(540)));
    assertThat(store.incident("inc-9")).isEmpty();
  }

  @Test
  void listsRecordingsLatestFirstAndGivesTheirReports() {
    var store = filled();
    var page = store.bundles(PageRequest.first(2));
    assertThat(page.items()).extracting(StoredBundle::digest).containsExactly("d3", "d2");
    assertThat(page.total()).isEqualTo(3);
    assertThat(store.bundles(new PageRequest(2, page.next())).items())
        .containsExactly(StoredSamples.recording("d1", NOON, "a", "b", "c").bundle());
    assertThat(store.report("d2", "zh")).contains("{\"报告\":\"d2\"}");
    assertThat(store.report("d2", "fr")).isEmpty();
    assertThat(store.report("d9", "en")).isEmpty();
  }

  @Test
  void refusesACursorOfAnotherStore() {
    var store = filled();
    var page = new PageRequest(5, Optional.of("abc"));
    assertThatThrownBy(() -> store.bundles(page)).isInstanceOf(InvalidCursorException.class);
    assertThatThrownBy(() -> store.incidents(IncidentStore.Query.all(page)))
        .isInstanceOf(InvalidCursorException.class);
  }
}
