package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.AutoscalerWriter.Answer;
import io.bridgewatch.ports.AutoscalerWriter.FieldOwner;
import io.bridgewatch.ports.AutoscalerWriter.How;
import io.bridgewatch.ports.AutoscalerWriter.Looked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link AutoscalerWriter} does. */
public abstract class AutoscalerWriterContractTest {

  /** Of a cluster with a namespace shop and nothing in it. */
  protected abstract AutoscalerWriter writer();

  /** Somebody else writes an object of that cluster, by an update under that field manager. */
  protected abstract void write(KubernetesObject object, String manager);

  private static KubernetesObject hpa(int most) {
    return KubernetesSample.object(
        """
        {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
         "metadata": {"name": "cart", "namespace": "shop"},
         "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"},
           "minReplicas": 2, "maxReplicas": %d}}
        """
            .formatted(most));
  }

  private static KubernetesObject at(KubernetesObject object, String version) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("name", object.name());
    metadata.put("namespace", object.namespace());
    metadata.put("resourceVersion", version);
    var tree = new LinkedHashMap<String, @Nullable Object>(object.tree());
    tree.put("metadata", metadata);
    return KubernetesObject.of(tree);
  }

  private Optional<KubernetesObject> found() throws InterruptedException {
    return writer().find("shop", "cart") instanceof Looked.Found found
        ? found.object()
        : Optional.empty();
  }

  private static KubernetesObject accepted(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    return ((Answer.Accepted) answer).object();
  }

  @Test
  void whatIsAppliedIsThere() throws InterruptedException {
    assertThat(writer().find("shop", "cart")).isEqualTo(new Looked.Found(Optional.empty()));
    var applied = accepted(writer().apply(hpa(9), How.FOR_GOOD));
    assertThat(applied.number("spec", "maxReplicas")).contains(9.0);
    assertThat(found().orElseThrow().uid()).isEqualTo(applied.uid()).isNotEmpty();
    accepted(writer().apply(hpa(12), How.FOR_GOOD));
    assertThat(found().orElseThrow().number("spec", "maxReplicas")).contains(12.0);
  }

  @Test
  void aDryRunTellsWhatWouldBeAndKeepsNothing() throws InterruptedException {
    var would = accepted(writer().apply(hpa(9), How.DRY_RUN));
    assertThat(would.number("spec", "maxReplicas")).contains(9.0);
    assertThat(found()).isEmpty();
    accepted(writer().apply(hpa(9), How.FOR_GOOD));
    accepted(writer().apply(hpa(30), How.DRY_RUN));
    assertThat(found().orElseThrow().number("spec", "maxReplicas")).contains(9.0);
  }

  @Test
  void fieldsThatOthersOwnAreNamedAndLeft() throws InterruptedException {
    write(hpa(5), "kubectl");
    for (How how : How.values()) {
      assertThat(writer().apply(hpa(9), how))
          .isEqualTo(
              new Answer.FieldsOwned(List.of(new FieldOwner(".spec.maxReplicas", "kubectl"))));
    }
    assertThat(found().orElseThrow().number("spec", "maxReplicas")).contains(5.0);
    accepted(writer().apply(hpa(5), How.FOR_GOOD)); // shared, for the value is the same
  }

  @Test
  void anotherVersionThanTheOneNamedIsStale() throws InterruptedException {
    var first = accepted(writer().apply(hpa(9), How.FOR_GOOD));
    String version = first.text("metadata", "resourceVersion").orElseThrow();
    var second = accepted(writer().apply(at(hpa(10), version), How.FOR_GOOD));
    assertThat(writer().apply(at(hpa(11), version), How.FOR_GOOD)).isEqualTo(new Answer.Stale());
    assertThat(found().orElseThrow().text("metadata", "resourceVersion"))
        .isEqualTo(second.text("metadata", "resourceVersion"));
  }

  @Test
  void nothingButAnAutoscalerIsWritten() {
    var deployment =
        KubernetesSample.object(
            """
            {"apiVersion": "apps/v1", "kind": "Deployment",
             "metadata": {"name": "cart", "namespace": "shop"}, "spec": {"replicas": 0}}
            """);
    assertThatThrownBy(() -> writer().apply(deployment, How.FOR_GOOD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apps/v1 Deployment");
    var nameless =
        KubernetesObject.of(
            Map.of("apiVersion", "autoscaling/v2", "kind", "HorizontalPodAutoscaler"));
    assertThatThrownBy(() -> writer().apply(nameless, How.FOR_GOOD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer().find("../..", "cart"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
