package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.ObjectStore.Edit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} does. */
public abstract class ObjectStoreContractTest {

  private static final ObjectKind PODS = new ObjectKind("", "v1", "pods", "Pod", true);
  private static final ObjectKind NODES = new ObjectKind("", "v1", "nodes", "Node", false);
  private static final ObjectKind DEPLOYMENTS =
      new ObjectKind("apps", "v1", "deployments", "Deployment", true);

  /** An empty store. */
  protected abstract ObjectStore objects();

  private static KubernetesObject object(String kind, String namespace, String name, int version) {
    return KubernetesObject.of(
        Map.of(
            "kind", kind,
            "metadata", Map.of("namespace", namespace, "name", name),
            "spec", Map.of("version", version)));
  }

  @Test
  void theLastVersionOfAnObjectIsFound() {
    var objects = objects();
    objects.apply(
        "south",
        List.of(
            new Edit.Put(PODS, object("Pod", "shop", "cart", 1)),
            new Edit.Put(PODS, object("Pod", "shop", "cart", 2))));
    objects.apply("south", List.of(new Edit.Put(PODS, object("Pod", "shop", "cart", 3))));
    assertThat(objects.find("south", "pods", "shop", "cart"))
        .contains(object("Pod", "shop", "cart", 3));
  }

  @Test
  void clusterKindNamespaceAndNameTellObjectsApart() {
    var objects = objects();
    objects.apply("south", List.of(new Edit.Put(PODS, object("Pod", "shop", "cart", 1))));
    assertThat(objects.find("north", "pods", "shop", "cart")).isEmpty();
    assertThat(objects.find("south", "deployments.apps", "shop", "cart")).isEmpty();
    assertThat(objects.find("south", "pods", "shopc", "art")).isEmpty();
    assertThat(objects.find("south", "pods", "sho", "pcart")).isEmpty();
    assertThat(objects.find("south", "pods", "", "cart")).isEmpty();
  }

  @Test
  void editsAreAppliedInTheirOrder() {
    var objects = objects();
    objects.apply(
        "south",
        List.of(
            new Edit.Put(PODS, object("Pod", "shop", "cart", 1)),
            new Edit.Remove(PODS, "shop", "cart"),
            new Edit.Remove(PODS, "shop", "stock"),
            new Edit.Put(PODS, object("Pod", "shop", "stock", 1))));
    assertThat(objects.find("south", "pods", "shop", "cart")).isEmpty();
    assertThat(objects.find("south", "pods", "shop", "stock")).isPresent();
  }

  @Test
  void allObjectsOfAClusterAreToldWithTheirKinds() {
    var objects = objects();
    var cart = object("Pod", "shop", "cart", 1);
    var shop = object("Deployment", "shop", "cart", 1);
    var node = object("Node", "", "node-1", 1);
    objects.apply(
        "south",
        List.of(
            new Edit.Put(PODS, cart), new Edit.Put(DEPLOYMENTS, shop), new Edit.Put(NODES, node)));
    objects.apply("southern", List.of(new Edit.Put(PODS, object("Pod", "a", "b", 1))));
    var told = new ArrayList<Edit.Put>();
    objects.forEach("south", (kind, object) -> told.add(new Edit.Put(kind, object)));
    assertThat(told)
        .containsExactlyInAnyOrder(
            new Edit.Put(PODS, cart), new Edit.Put(DEPLOYMENTS, shop), new Edit.Put(NODES, node));
    var pods = new ArrayList<KubernetesObject>();
    objects.forEach("south", PODS.resource(), pods::add);
    assertThat(pods).containsExactly(cart);
    objects.forEach("south", "pod", object -> assertThat(object).isNull());
  }

  @Test
  void clearingForgetsOneClusterOnly() {
    var objects = objects();
    var cart = object("Pod", "shop", "cart", 1);
    objects.apply("south", List.of(new Edit.Put(PODS, cart)));
    objects.apply("southern", List.of(new Edit.Put(PODS, cart)));
    objects.clear("south");
    objects.clear("unknown");
    objects.forEach("south", (kind, object) -> assertThat(object).isNull());
    assertThat(objects.find("south", "pods", "shop", "cart")).isEmpty();
    assertThat(objects.find("southern", "pods", "shop", "cart")).contains(cart);
  }

  @Test
  void everyValueOfTheTreeComesBackAsItWas() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("kind", "Odd");
    tree.put("metadata", Map.of("name", "奇怪 \u0000\uD83D\uDE00"));
    tree.put("nothing", null);
    tree.put(
        "numbers",
        List.of(
            0,
            -1,
            Integer.MIN_VALUE,
            5L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0.1,
            -0.0,
            Double.MAX_VALUE,
            new BigInteger("123456789012345678901234567890"),
            new BigDecimal("1.10")));
    tree.put("truths", List.of(true, false));
    tree.put("empty", List.of(Map.of(), List.of(), ""));
    tree.put("long", "x".repeat(300_000));
    var odd = KubernetesObject.of(tree);
    var objects = objects();
    objects.apply("south", List.of(new Edit.Put(PODS, odd)));
    var found = objects.find("south", "pods", "", odd.name()).orElseThrow();
    assertThat(found).isEqualTo(odd);
    assertThat(found.tree().keySet()).containsExactlyElementsOf(odd.tree().keySet());
  }
}
