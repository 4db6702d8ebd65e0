package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.IncidentBundleWriter;
import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.testkit.MadeUpSystem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported and read back is diagnosed as if it had never left. */
class RewrittenBundlesTest {

  private final Path file;

  RewrittenBundlesTest(@TempDir Path temp) {
    this.file = temp.resolve("rewritten.tar.gz");
  }

  @Test
  void aRecordedIncidentIsDiagnosedTheSame() throws IOException {
    assertIsDiagnosedTheSame(IncidentBundles.read(Path.of("../samples/bank-bad-rollout")));
  }

  @Test
  void anIncidentThatWasNeverInAFileIsDiagnosedTheSame() throws IOException {
    assertIsDiagnosedTheSame(
        new MadeUpSystem(7)
            .service("front", 1, "orders")
            .service("orders", 3, "bank")
            .service("bank", 1)
            .failing("bank", 0.6)
            .bundle());
  }

  private void assertIsDiagnosedTheSame(Bundle bundle) throws IOException {
    IncidentBundleWriter.write(bundle, file);

    var report = new BundleDiagnosis().diagnose(bundle);

    assertThat(report.incidents()).isNotEmpty();
    assertThat(new BundleDiagnosis().diagnose(IncidentBundles.read(file))).isEqualTo(report);
  }
}
