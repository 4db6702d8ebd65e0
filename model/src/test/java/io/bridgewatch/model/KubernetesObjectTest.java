package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesObjectTest {

  private static final KubernetesObject POD =
      KubernetesObject.of(
          Map.of(
              "kind",
              "Pod",
              "apiVersion",
              "v1",
              "metadata",
              Map.of("name", "a-1", "namespace", "shop", "uid", "u", "labels", Map.of("app", "a")),
              "spec",
              Map.of(
                  "replicas",
                  3,
                  "paused",
                  true,
                  "containers",
                  List.of(Map.of("name", "one"), "odd"))));

  @Test
  void itsIdentityIsReadFromWhereTheApiPutsIt() {
    assertThat(POD.kind()).isEqualTo("Pod");
    assertThat(POD.apiVersion()).isEqualTo("v1");
    assertThat(POD.namespace()).isEqualTo("shop");
    assertThat(POD.name()).isEqualTo("a-1");
    assertThat(POD.uid()).isEqualTo("u");
    assertThat(POD).hasToString("Pod shop/a-1");
  }

  @Test
  void whatIsNotThereIsEmptyAndNoError() {
    var empty = KubernetesObject.of(Map.of());
    assertThat(empty.kind()).isEmpty();
    assertThat(empty.name()).isEmpty();
    assertThat(empty.list("spec", "containers")).isEmpty();
    assertThat(empty.strings("metadata", "labels")).isEmpty();
    assertThat(empty.object("status")).isEmpty();
  }

  @Test
  void aFieldOfAnotherShapeIsNotThere() {
    assertThat(POD.text("spec")).isEmpty();
    assertThat(POD.number("kind")).isEmpty();
    assertThat(POD.text("kind", "deeper")).isEmpty();
    assertThat(POD.list("kind")).isEmpty();
    assertThat(POD.object("kind")).isEmpty();
    assertThat(POD.strings("kind")).isEmpty();
    assertThat(POD.list("spec", "containers"))
        .extracting(o -> o.text("name").orElse(""))
        .containsExactly("one");
  }

  @Test
  void numbersAndBooleansReadAsTextToo() {
    assertThat(POD.text("spec", "replicas")).contains("3");
    assertThat(POD.text("spec", "paused")).contains("true");
    assertThat(POD.number("spec", "replicas")).contains(3.0);
    assertThat(POD.strings("metadata", "labels")).containsEntry("app", "a");
  }

  @Test
  void nullsAreKeptAndReadAsAbsent() {
    var tree = new HashMap<String, Object>();
    tree.put("metadata", null);
    tree.put("items", Arrays.asList(null, Map.of("a", "b")));
    var object = KubernetesObject.of(tree);
    assertThat(object.name()).isEmpty();
    assertThat(object.tree()).containsKey("metadata");
    assertThat(object.list("items")).hasSize(1);
  }

  @Test
  void nobodyCanChangeTheTreeFromOutside() {
    var labels = new HashMap<>(Map.of("app", "a"));
    var containers = new ArrayList<Object>(List.of(Map.of("name", "one")));
    var object =
        KubernetesObject.of(Map.of("metadata", Map.of("labels", labels), "containers", containers));
    labels.put("app", "b");
    containers.clear();
    assertThat(object.strings("metadata", "labels")).containsEntry("app", "a");
    assertThat(object.list("containers")).hasSize(1);
    assertThatThrownBy(() -> object.tree().put("kind", "Node"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> object.object("metadata").orElseThrow().tree().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
