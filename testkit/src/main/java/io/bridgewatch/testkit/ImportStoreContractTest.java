package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.StoredIncident;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link io.bridgewatch.ports.ImportStore} does. */
public abstract class ImportStoreContractTest {

  /** Ports on an empty store. */
  protected abstract Stores stores();

  private static List<String> incidentIds(Stores stores) {
    return stores
        .incidents()
        .incidents(IncidentStore.Query.all(PageRequest.first(50)))
        .items()
        .stream()
        .map(StoredIncident.Head::id)
        .toList();
  }

  @Test
  void keepsAJobThroughItsStates() {
    var imports = stores().imports();
    var queued = StoredSamples.job("j1", "d1");
    imports.save(queued);
    assertThat(imports.find("j1")).contains(queued);
    assertThat(imports.find("j2")).isEmpty();
    var running =
        queued
            .running(ImportJob.Step.DIAGNOSE, 0.5)
            .rejecting(List.of(new Bundle.Rejection("spans.jsonl", "NoTime", 3, "spans.jsonl:1")));
    imports.save(running);
    assertThat(imports.find("j1")).contains(running);
    var failed = running.failed("BundleInvalid", "not a recording");
    imports.save(failed);
    assertThat(imports.find("j1")).contains(failed);
  }

  @Test
  void namesTheUnfinishedOldestFirst() {
    var imports = stores().imports();
    imports.save(StoredSamples.job("j2", "d2"));
    imports.save(StoredSamples.job("j1", "d1").running(ImportJob.Step.READ, 0));
    imports.save(StoredSamples.job("j3", "d3").cancelled());
    imports.save(StoredSamples.job("j4", "d4").failed("Interrupted", "the hub was stopped"));
    assertThat(imports.unfinished()).extracting(ImportJob::id).containsExactly("j2", "j1");
  }

  @Test
  void completingStoresAllOfIt() {
    var stores = stores();
    var job = StoredSamples.job("j1", "d1");
    stores.imports().save(job);
    stores
        .imports()
        .complete(
            job.done(List.of("inc-1", "inc-2")),
            StoredSamples.recording("d1", NOON, "inc-1", "inc-2"),
            StoredSamples.imported("d1"));
    assertThat(stores.imports().find("j1")).contains(job.done(List.of("inc-1", "inc-2")));
    assertThat(incidentIds(stores)).containsExactly("inc-2", "inc-1");
    assertThat(
            stores
                .audit()
                .entries(
                    new AuditLog.Query(Optional.empty(), Optional.empty(), PageRequest.first(5)))
                .items())
        .containsExactly(StoredSamples.imported("d1"));
  }

  @Test
  void importingTheSameRecordingAgainReplacesIt() {
    var stores = stores();
    complete(stores, "j1", "d1", "inc-1", "inc-2");
    complete(stores, "j2", "d1", "inc-2", "inc-3");
    assertThat(incidentIds(stores)).containsExactlyInAnyOrder("inc-2", "inc-3");
    assertThat(stores.incidents().bundles(PageRequest.first(5)).total()).isEqualTo(1);
  }

  @Test
  void anIncidentSeenInAnotherRecordingMovesThere() {
    var stores = stores();
    complete(stores, "j1", "d1", "inc-1");
    complete(stores, "j2", "d2", "inc-1");
    assertThat(incidentIds(stores)).containsExactly("inc-1");
    assertThat(stores.incidents().incident("inc-1"))
        .hasValueSatisfying(found -> assertThat(found.head().archive()).isEqualTo("d2"));
  }

  private static void complete(Stores stores, String id, String digest, String... incidents) {
    stores
        .imports()
        .complete(
            StoredSamples.job(id, digest).done(List.of(incidents)),
            StoredSamples.recording(digest, NOON, incidents),
            StoredSamples.imported(digest));
  }
}
