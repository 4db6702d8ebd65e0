package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of objects, by kind. */
class TrimTest {

  private static final ObjectKind ROLLOUT =
      new ObjectKind("argoproj.io", "v1alpha1", "rollouts", "Rollout", true);

  @Test
  void managersAreKeptWithoutTheirFieldsButForReplicas() throws Exception {
    var read =
        read(
            named("deployments"),
            """
            {"metadata":{"name":"web","managedFields":[
              {"manager":"kubectl","operation":"Update","time":"2026-01-01T00:00:00Z","apiVersion":"apps/v1",
               "fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:a":{}}},"f:spec":{"f:replicas":{},"f:template":{}}}},
              {"manager":"kube-controller-manager","operation":"Update","subresource":"status","time":"2026-01-01T00:00:01Z",
               "fieldsV1":{"f:status":{"f:replicas":{}}}}]}}""");

    List<KubernetesObject> managers = read.list("metadata", "managedFields");
    assertThat(managers.get(0).tree())
        .isEqualTo(
            Map.of(
                "manager", "kubectl",
                "operation", "Update",
                "time", "2026-01-01T00:00:00Z",
                "fieldsV1", Map.of("f:spec", Map.of("f:replicas", Map.of()))));
    assertThat(managers.get(1).tree())
        .containsOnlyKeys("manager", "operation", "subresource", "time");
  }

  @Test
  void annotationsThatRepeatTheObjectAreDropped() throws Exception {
    var read =
        read(
            named("pods"),
            """
            {"metadata":{"name":"web","annotations":{"a":"1","kubectl.kubernetes.io/last-applied-configuration":"{}",
             "vault/token":"hunter2"}}}""");

    assertThat(read.strings("metadata", "annotations")).containsOnlyKeys("a", "vault/token");
    assertThat(read.toString() + read.tree()).doesNotContain("hunter2");
  }

  @Test
  void imagesOfANodeAreDropped() throws Exception {
    var read =
        read(
            named("nodes"),
            """
            {"metadata":{"name":"n1"},"status":{"images":[{"names":["a"]}],"conditions":[{"type":"Ready"}]}}""");

    assertThat(read.object("status").orElseThrow().tree()).containsOnlyKeys("conditions");
  }

  @Test
  void aPodKeepsWhatTellsItsStoryAndNoCredential() throws Exception {
    var read =
        read(
            named("pods"),
            """
            {"metadata":{"name":"web","namespace":"shop"},
             "spec":{"nodeName":"n1","tolerations":[{"key":"a"}],"containers":[{"name":"app","image":"web:1",
               "command":["run","--db-password","hunter2","--token=hunter2","--port","80"],
               "env":[{"name":"DB_PASSWORD","value":"hunter2"},{"value":"hunter2","name":"API_KEY"},
                      {"name":"URL","value":"mysql://u:hunter2@db/x"},{"name":"MODE","value":"fast"},
                      {"name":"REF","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}],
               "resources":{"limits":{"cpu":"1"}},"terminationMessagePath":"/dev/x",
               "livenessProbe":{"httpGet":{"path":"/","httpHeaders":[{"name":"Authorization","value":"hunter2"}]}}}]},
             "status":{"phase":"Running","containerStatuses":[{"name":"app","restartCount":3}]}}""");

    assertThat(read.tree().toString())
        .doesNotContain("hunter2")
        .doesNotContain("terminationMessage");
    var container = read.list("spec", "containers").getFirst();
    assertThat(container.list("env")).hasSize(5);
    assertThat(container.list("env").get(3).text("value")).hasValue("fast");
    assertThat(container.list("env").get(4).text("valueFrom", "secretKeyRef", "name"))
        .hasValue("db");
    assertThat(container.tree().get("command"))
        .asString()
        .contains("--db-password", "--port", "80");
    assertThat(read.list("status", "containerStatuses").getFirst().number("restartCount"))
        .hasValue(3.0);
  }

  @Test
  void templatesAreMaskedWhereverTheyAre() throws Exception {
    String template =
        """
        {"spec":{"containers":[{"name":"a","env":[{"name":"SECRET","value":"hunter2"}]}]}}""";
    for (String json :
        List.of(
            "deployments {\"spec\":{\"template\":%s}}",
            "replicasets {\"spec\":{\"template\":%s}}",
            "statefulsets {\"spec\":{\"template\":%s}}",
            "daemonsets {\"spec\":{\"template\":%s}}",
            "jobs {\"spec\":{\"template\":%s}}",
            "cronjobs {\"spec\":{\"jobTemplate\":{\"spec\":{\"template\":%s}}}}",
            "controllerrevisions {\"data\":{\"spec\":{\"template\":%s}}}")) {
      String[] parts = json.formatted(template).split(" ", 2);
      var read = read(named(parts[0]), parts[1]);
      assertThat(read.tree().toString()).as(parts[0]).contains("SECRET").doesNotContain("hunter2");
    }
  }

  @Test
  void aConfigMapShowsThatItChangedAndNoCredential() throws Exception {
    var read =
        read(
            named("configmaps"),
            """
            {"metadata":{"name":"c"},"data":{"mode":"fast","db.password":"hunter2","app.properties":"a=1\\npassword=hunter2\\nb=2"},
             "binaryData":{"x":"aHVudGVyMg=="}}""");

    assertThat(read.tree().toString()).doesNotContain("hunter2").doesNotContain("aHVudGVyMg");
    assertThat(read.strings("data")).containsEntry("mode", "fast");
    assertThat(read.strings("data").get("app.properties"))
        .contains("a=1\npassword=••• sha256:", "b=2");
    assertThat(read.strings("binaryData").get("x")).startsWith("sha256:").endsWith("(7 bytes)");
  }

  @Test
  void aDefinitionIsKeptWithoutItsSchema() throws Exception {
    var read =
        read(
            Kinds.DEFINITIONS,
            """
            {"metadata":{"name":"rollouts.argoproj.io"},"spec":{"group":"argoproj.io","scope":"Namespaced",
             "names":{"plural":"rollouts","kind":"Rollout"},"conversion":{"strategy":"None"},
             "versions":[{"name":"v1alpha1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}},
                         {"name":"v1beta1","served":false,"storage":false}]}}""");

    assertThat(read.tree().toString())
        .doesNotContain("openAPIV3Schema")
        .doesNotContain("conversion");
    assertThat(Definitions.kind(read)).hasValue(ROLLOUT);
  }

  @Test
  void versionsAreOrderedAsKubernetesDoes() {
    assertThat(
            List.of("v1alpha1", "foo10", "v2", "v11beta2", "v1", "v10beta3", "v11alpha2", "foo1")
                .stream()
                .sorted(Definitions.BY_PREFERENCE.reversed()))
        .containsExactly(
            "v2", "v1", "v11beta2", "v10beta3", "v11alpha2", "v1alpha1", "foo1", "foo10");
  }

  @Test
  void aCustomResourceKeepsConditionsAndAsMuchOfItsSpecAsShowsChanges() throws Exception {
    String much = "{\"a\":\"%s\"},".formatted("z".repeat(900)).repeat(40);
    var read =
        read(
            ROLLOUT,
            """
            {"metadata":{"name":"r"},"spec":{"replicas":3,"adminPassword":"hunter2","list":[%s{}],"after":"x"},
             "status":{"phase":"Healthy","conditions":[{"type":"Available","status":"True"}]}}"""
                .formatted(much));

    assertThat(read.number("spec", "replicas")).hasValue(3.0);
    assertThat(read.tree().toString()).doesNotContain("hunter2").hasSizeLessThan(20_000);
    assertThat(read.text("spec", ObjectReader.MORE)).isPresent();
    assertThat(read.list("status", "conditions")).hasSize(1);
    assertThat(read.text("status", "phase")).hasValue("Healthy");
  }

  @Test
  void anObjectNeverExceedsItsLimit() throws Exception {
    String huge = "{\"m\":\"%s\"},".formatted("q".repeat(3_000)).repeat(300);
    try (var reader =
        reader(
            named("services"),
            "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"x\":[" + huge + "{}]}}")) {
      ObjectReader.Read read = reader.readOne();
      assertThat(read.shortened()).contains("spec dropped");
      assertThat(KubernetesObject.of(read.tree()).name()).isEqualTo("s");
    }
  }

  private static ObjectKind named(String plural) {
    return Kinds.all().stream().filter(k -> k.plural().equals(plural)).findFirst().orElseThrow();
  }

  private static KubernetesObject read(ObjectKind kind, String json) throws Exception {
    try (var reader = reader(kind, json)) {
      return KubernetesObject.of(reader.readOne().tree());
    }
  }

  private static ObjectReader reader(ObjectKind kind, String json) {
    return new ObjectReader(
        "read " + kind,
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        Trim.of(kind),
        new Masking(""),
        new Interner());
  }
}
