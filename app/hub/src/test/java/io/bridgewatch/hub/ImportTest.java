package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.ports.ImportJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

  private final SettableClock clock = new SettableClock();
  private final Path directory;

  ImportTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Holds each diagnosis up until it is let go. */
  private static final class HeldUp implements Diagnosis {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayGo = new Semaphore(0);

    @Override
    public SituationReport diagnose(Bundle bundle) {
      begun.release();
      try {
        mayGo.acquire();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
      return Recordings.diagnosed(bundle);
    }
  }

  private long kept() throws IOException {
    try (var files = Files.list(directory.resolve("recordings"))) {
      return files.count();
    }
  }

  @Test
  void whatIsNoRecordingIsRefusedAndNothingOfItStays() throws IOException {
    try (var hub = RunningHub.start(directory, clock, Recordings::diagnosed)) {
      var admin = hub.admin();
      var id = admin.imported("../../evil.zip", "junk".getBytes(StandardCharsets.UTF_8));
      var job = admin.job(id, "FAILED");
      assertThat(job.get("error").get("reason").asString()).isEqualTo("UnknownContainer");
      assertThat(job.get("error").get("detail").asString())
          .contains("evil.zip")
          .doesNotContain(directory.toString());
      assertThat(kept()).isZero();
      assertThat(admin.get("/api/v1/bundles").json().get("total").asInt()).isZero();
      var audit = admin.get("/api/v1/audit?action=BUNDLE_IMPORT_FAILED").json().get("items").get(0);
      assertThat(audit.get("detail").asString()).isEqualTo("evil.zip: UnknownContainer");
      assertThat(admin.send("DELETE", "/api/v1/jobs/" + id, "").reason()).isEqualTo("JobFinished");
    }
  }

  @Test
  void aFaultInTheDiagnosisFailsThatImportOnly() {
    Diagnosis faulty =
        bundle -> {
          if (bundle.name().equals("bad")) {
            throw new IllegalStateException("a bug");
          }
          return Recordings.diagnosed(bundle);
        };
    try (var hub = RunningHub.start(directory, clock, faulty)) {
      var admin = hub.admin();
      var failed = admin.job(admin.imported("bad.zip", Recordings.zip("bad")), "FAILED");
      assertThat(failed.get("error").get("reason").asString()).isEqualTo("InternalError");
      var done = admin.job(admin.imported("good.zip", Recordings.zip("good")), "DONE");
      assertThat(done.get("progress").asDouble()).isEqualTo(1);
      assertThat(done.get("incidents").get(0).asString()).isEqualTo("inc-good");
    }
  }

  @Test
  void importingTheSameFileTwiceKeepsItOnce() throws IOException {
    try (var hub = RunningHub.start(directory, clock, Recordings::diagnosed)) {
      var admin = hub.admin();
      var recording = Recordings.zip("night");
      admin.job(admin.imported("a.zip", recording), "DONE");
      admin.job(admin.imported("b.zip", recording), "DONE");
      assertThat(kept()).isEqualTo(1);
      assertThat(admin.get("/api/v1/bundles").json().get("total").asInt()).isEqualTo(1);
      assertThat(admin.get("/api/v1/incidents").json().get("total").asInt()).isEqualTo(1);
      assertThat(admin.get("/api/v1/audit?action=BUNDLE_IMPORTED").json().get("total").asInt())
          .isEqualTo(2);
    }
  }

  @Test
  void aFullQueueRefusesAndHasRoomAgainAfterwards() throws InterruptedException {
    var heldUp = new HeldUp();
    try (var hub = RunningHub.start(directory, clock, heldUp)) {
      var admin = hub.admin();
      int capacity = 8;
      var jobs = new ArrayList<String>();
      for (int i = 0; i < capacity; i++) {
        jobs.add(admin.imported("n" + i + ".zip", Recordings.zip("n" + i)));
      }
      heldUp.begun.acquire();
      var refused = admin.upload("more.zip", Recordings.zip("more"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.reason()).isEqualTo("ImportQueueFull");
      assertThat(refused.header("Retry-After")).isNotEmpty();

      assertThat(admin.send("DELETE", "/api/v1/jobs/" + jobs.getLast(), "").status())
          .isEqualTo(204);
      admin.job(jobs.getLast(), "CANCELLED");
      jobs.add(admin.imported("more.zip", Recordings.zip("more")));

      heldUp.mayGo.release(capacity + 1);
      jobs.remove(capacity - 1);
      for (String job : jobs) {
        admin.job(job, "DONE");
      }
      assertThat(admin.get("/api/v1/incidents").json().get("total").asInt()).isEqualTo(capacity);
    }
  }

  @Test
  void aRunningImportCanBeCancelledAndTheNextOneRuns() throws Exception {
    var heldUp = new HeldUp();
    try (var hub = RunningHub.start(directory, clock, heldUp)) {
      var admin = hub.admin();
      var first = admin.imported("a.zip", Recordings.zip("a"));
      var second = admin.imported("b.zip", Recordings.zip("b"));
      heldUp.begun.acquire();
      assertThat(admin.get("/api/v1/jobs/" + first).json().get("step").asString())
          .isEqualTo("DIAGNOSE");
      assertThat(admin.send("DELETE", "/api/v1/jobs/" + first, "").status()).isEqualTo(204);
      admin.job(first, "CANCELLED");
      heldUp.mayGo.release();
      admin.job(second, "DONE");
      assertThat(kept()).isEqualTo(1);
      assertThat(admin.get("/api/v1/incidents").json().get("total").asInt()).isEqualTo(1);
    }
  }

  @Test
  void whatAStopCutShortIsMarkedInterruptedAndLeavesNothing() throws Exception {
    var heldUp = new HeldUp();
    String running;
    String waiting;
    String password;
    try (var hub = RunningHub.start(directory, clock, heldUp)) {
      password = hub.initialPassword();
      var admin = hub.admin();
      running = admin.imported("a.zip", Recordings.zip("a"));
      waiting = admin.imported("b.zip", Recordings.zip("b"));
      heldUp.begun.acquire();
    }
    Files.writeString(directory.resolve("uploads/left-behind"), "half an upload");
    try (var hub = RunningHub.start(directory, clock, Recordings::diagnosed)) {
      var admin = hub.loggedIn("admin", password);
      for (String id : new String[] {running, waiting}) {
        var job = admin.job(id, "FAILED");
        assertThat(job.get("error").get("reason").asString()).isEqualTo("Interrupted");
      }
      assertThat(kept()).isZero();
      assertThat(directory.resolve("uploads")).isEmptyDirectory();
      admin.job(admin.imported("a.zip", Recordings.zip("a")), "DONE");
    }
  }

  @Test
  void whatAKilledProcessLeftIsMarkedInterruptedToo() throws IOException {
    try (var store = EmbeddedStore.open(directory)) {
      var file = Files.write(directory.resolve("upload"), Recordings.zip("a"));
      var kept = store.archive().keep(file, "a.zip");
      store
          .imports()
          .save(
              ImportJob.queued("j1", kept.digest(), "a.zip", "wei", "192.0.2.7", clock.instant())
                  .running(ImportJob.Step.DIAGNOSE, 0.4));
    }
    try (var hub = RunningHub.start(directory, clock, Recordings::diagnosed)) {
      var job = hub.admin().job("j1", "FAILED");
      assertThat(job.get("error").get("reason").asString()).isEqualTo("Interrupted");
      assertThat(kept()).isZero();
    }
  }

  @Test
  void aFormWithoutAFileIsRefused() {
    try (var hub = RunningHub.start(directory, clock, Recordings::diagnosed)) {
      var admin = hub.admin();
      assertThat(admin.send("POST", "/api/v1/bundles", "{}").status()).isEqualTo(415);
      var broken =
          hub.send(
              hub.request("POST", "/api/v1/bundles", "no form at all")
                  .setHeader("Content-Type", "multipart/form-data; boundary=x")
                  .header("Cookie", admin.cookie())
                  .header("X-CSRF-Token", admin.csrf()));
      assertThat(broken.status()).isEqualTo(400);
    }
  }

  @Test
  void aDemonstrationOpensOnTheIncidentOfItsSample() throws Exception {
    var sample = Files.write(directory.resolve("sample.zip"), Recordings.zip("sample"));
    try (var hub =
        RunningHub.start(
            directory.resolve("data"),
            clock,
            Recordings::diagnosed,
            "--demo",
            "--sample=" + sample)) {
      var admin = hub.admin();
      var about = admin.await("/api/v1/about", answer -> !answer.get("openIncident").isNull());
      assertThat(about.get("demo").asBoolean()).isTrue();
      assertThat(about.get("openIncident").asString()).isEqualTo("inc-sample");
      assertThat(sample).exists();
    }
  }

  @Test
  void theSampleThatComesWithTheHubIsImported() throws Exception {
    var imported = new CountDownLatch(1);
    Diagnosis diagnosis =
        bundle -> {
          assertThat(bundle.rejections()).isEmpty();
          imported.countDown();
          return Recordings.diagnosed(bundle);
        };
    try (var hub = RunningHub.start(directory, clock, diagnosis, "--sample")) {
      imported.await();
      assertThat(hub.console()).contains("is ready");
    }
  }
}
