package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.IncidentBundleWriter;
import io.bridgewatch.adapter.bundle.IncidentBundles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadTest {

  private Path directory;
  private RunningHub hub;
  private RunningHub.Client operator;
  private RunningHub.Client auditor;

  @BeforeAll
  void start(@TempDir Path temp) {
    directory = temp;
    hub = RunningHub.start(temp, new SettableClock(), Recordings::diagnosed);
    var admin = hub.admin();
    operator = hub.as(admin, "OPERATOR");
    auditor = hub.as(admin, "AUDITOR");
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  /** Imports it and returns its digest, as the page of its incident knows it. */
  private String imported(String name, String file, byte[] content) {
    var job = operator.job(operator.imported(file, content), "DONE");
    var incident = job.get("incidents").get(0).asString();
    assertThat(incident).isEqualTo("inc-" + name);
    var digest = operator.get("/api/v1/incidents/inc-" + name).json().get("bundleDigest");
    return digest.asString();
  }

  @Test
  void aRecordingComesAsItWentAndThatIsAudited() {
    byte[] recording = Recordings.zip("night");
    var digest = imported("night", "upload.zip", recording);

    var answer = auditor.file("/api/v1/bundles/" + digest + "/file");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(recording);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(answer.headers().firstValue("Content-Length"))
        .contains(String.valueOf(recording.length));
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;")
        .endsWith("filename*=UTF-8''night.zip");
    var noted = auditor.get("/api/v1/audit?action=BUNDLE_DOWNLOADED&user=auditor").json();
    assertThat(noted.get("total").asInt()).isEqualTo(1);
    assertThat(noted.get("items").get(0).get("detail").asString()).isEqualTo("night, " + digest);
  }

  @Test
  void whatIsExportedCanBeImportedDownloadedAndReadAgain() throws IOException {
    var file = Files.createTempFile(directory, "exported", ".tar.gz");
    Files.write(file, Recordings.zip("seed"));
    var seed = IncidentBundles.read(file);
    var bundle = seed.withHints(Optional.of(Recordings.ONSET), Optional.empty());
    var exported = new ByteArrayOutputStream();
    IncidentBundleWriter.write(bundle, exported);
    var digest = imported("seed", "exported.tar.gz", exported.toByteArray());

    var answer = operator.file("/api/v1/bundles/" + digest + "/file");

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/gzip");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .endsWith("filename*=UTF-8''seed.tar.gz");
    assertThat(IncidentBundles.read(Files.write(file, answer.body()))).isEqualTo(bundle);
  }

  @Test
  void aNameThatIsNoFileNameIsMadeOne() {
    assertThat(BundleController.fileName("../支付 \"夜\"\n$(x)")).isEqualTo("_.._支付__夜____x_");
    assertThat(BundleController.fileName("night-1.b_2")).isEqualTo("night-1.b_2");
  }

  @Test
  void onlyRecordingsAreDownloaded() throws IOException {
    for (String digest : List.of("0".repeat(64), "x", "..", "%20")) {
      assertThat(operator.get("/api/v1/bundles/" + digest + "/file").status())
          .as(digest)
          .isIn(400, 401, 404);
    }
    var missing = operator.get("/api/v1/bundles/" + "0".repeat(64) + "/file");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.reason()).isEqualTo("NotFound");
  }

  @Test
  void aRecordingThatWasDeletedIsToldAsGone() throws IOException {
    var digest = imported("gone", "gone.zip", Recordings.zip("gone"));
    Files.delete(directory.resolve("recordings").resolve(digest + ".zip"));

    var answer = operator.get("/api/v1/bundles/" + digest + "/file");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().get("detail").asString())
        .isEqualTo("the archive of bundle gone is gone; import it again");
  }
}
