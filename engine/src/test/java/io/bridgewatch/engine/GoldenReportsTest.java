package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.BundleException;
import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.testkit.MadeUpSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whole answers, less their numbers; {@code -Dgolden.update=true} writes them anew for review. */
class GoldenReportsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @Test
  void theRecordedBadRolloutReadsAsKept() throws BundleException, IOException {
    assertReadsAsKept(
        "bank-bad-rollout.txt", IncidentBundles.read(Path.of("../samples/bank-bad-rollout")));
  }

  @Test
  void aBusyPodReadsAsKept() throws IOException {
    assertReadsAsKept("busy-pod.txt", system().busyPod("orders", 1, 400).bundle());
  }

  @Test
  void aSlowNetworkReadsAsKept() throws IOException {
    assertReadsAsKept("slow-network.txt", system().slowNetwork("bank", 250).bundle());
  }

  @Test
  void aFailingServiceReadsAsKept() throws IOException {
    assertReadsAsKept("failing-service.txt", system().failing("bank", 0.6).bundle());
  }

  @Test
  void calmDataReadsAsKept() throws IOException {
    assertReadsAsKept("calm.txt", system().bundle());
  }

  private static MadeUpSystem system() {
    return new MadeUpSystem(42)
        .service("front", 1, "orders", "users")
        .service("orders", 3, "stock", "bank")
        .service("users", 1)
        .service("stock", 1)
        .service("bank", 1);
  }

  private static void assertReadsAsKept(String name, Bundle bundle) throws IOException {
    String outline = Outline.of(new BundleDiagnosis().diagnose(bundle));
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, outline);
    }
    assertThat(outline)
        .as("%s; write it anew with -Dgolden.update=true", file)
        .isEqualTo(Files.readString(file));
  }
}
