package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.RegisteredCluster.Credential;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterRegistry} does. */
public abstract class ClusterRegistryContractTest {

  /** An empty registry. */
  protected abstract ClusterRegistry registry();

  /** A cluster of that name, with all fields filled. */
  public static RegisteredCluster cluster(String name, Credential credential) {
    return new RegisteredCluster(
        name,
        "https://10.0.0.1:6443",
        Optional.of("-----BEGIN CERTIFICATE-----\nauthority of " + name + "\n"),
        credential,
        "wei",
        NOON);
  }

  private static RegisteredCluster cluster(String name) {
    return cluster(name, new Credential.Token("token of " + name));
  }

  @Test
  void clustersAreListedByName() {
    var registry = registry();
    registry.put(cluster("south"));
    registry.put(cluster("north"));
    assertThat(registry.clusters()).containsExactly(cluster("north"), cluster("south"));
  }

  @Test
  void aClusterComesBackWithWhatOpensIt() {
    var registry = registry();
    var byCertificate =
        cluster("south", new Credential.ClientCertificate("certificate 证书", "private key"));
    var plain =
        new RegisteredCluster(
            "bare", "https://a:1", Optional.empty(), new Credential.Token("t"), "lin", NOON);
    registry.put(byCertificate);
    registry.put(plain);
    assertThat(registry.cluster("south")).contains(byCertificate);
    assertThat(registry.cluster("bare")).contains(plain);
    assertThat(registry.cluster("west")).isEmpty();
  }

  @Test
  void aClusterOfTheSameNameIsReplaced() {
    var registry = registry();
    registry.put(cluster("south"));
    var next = cluster("south", new Credential.ClientCertificate("certificate", "key"));
    registry.put(next);
    assertThat(registry.clusters()).containsExactly(next);
    registry.put(cluster("south"));
    assertThat(registry.clusters()).containsExactly(cluster("south"));
  }

  @Test
  void removingTellsWhetherThereWasOne() {
    var registry = registry();
    registry.put(cluster("south"));
    assertThat(registry.remove("north")).isFalse();
    assertThat(registry.remove("south")).isTrue();
    assertThat(registry.remove("south")).isFalse();
    assertThat(registry.clusters()).isEmpty();
  }
}
