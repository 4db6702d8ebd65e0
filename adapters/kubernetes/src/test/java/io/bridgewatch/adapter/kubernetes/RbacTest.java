package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.ObjectKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The roles that we ship and the kinds that we ask for are the same list. */
class RbacTest {

  static final Path FOLDER = Path.of("../../deploy/rbac");
  private static final Set<String> VERBS = Set.of("get", "list", "watch");

  /** Asked for by name where somebody wants to know who serves metrics. */
  private static final String BY_NAME = "apiservices.apiregistration.k8s.io";

  @Test
  void theShippedRoleAllowsExactlyWhatIsAskedFor() {
    var allowed = new TreeSet<String>();
    for (JsonNode rule : rules("read-only.yaml")) {
      for (String group : texts(rule.path("apiGroups"))) {
        for (String resource : texts(rule.path("resources"))) {
          assertThat(allowed.add(resource + "." + group)).as("%s once", resource).isTrue();
        }
      }
    }
    Set<String> asked =
        Kinds.all().stream()
            .map(kind -> kind.plural() + "." + kind.group())
            .collect(Collectors.toCollection(TreeSet::new));
    asked.add(BY_NAME);

    assertThat(allowed).isEqualTo(asked);
  }

  @Test
  void theShippedRolesOnlyRead() {
    for (String file : List.of("read-only.yaml", "custom-resources.yaml")) {
      for (JsonNode rule : rules(file)) {
        assertThat(texts(rule.path("verbs"))).as(file).isSubsetOf(VERBS).isNotEmpty();
        assertThat(texts(rule.path("apiGroups"))).as(file).doesNotContain("*");
      }
    }
  }

  @Test
  void theRoleForWritingWritesAutoscalersAndNothingElse() {
    assertThat(rules("write-autoscalers.yaml"))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(texts(rule.path("apiGroups"))).containsExactly("autoscaling");
              assertThat(texts(rule.path("resources"))).containsExactly("horizontalpodautoscalers");
              assertThat(texts(rule.path("verbs"))).containsExactly("get", "create", "patch");
            });
  }

  @Test
  void secretsAreNeitherAllowedNorAskedFor() {
    for (JsonNode rule : rules("read-only.yaml")) {
      assertThat(texts(rule.path("resources"))).doesNotContain("secrets", "*");
    }
    assertThat(Kinds.all()).extracting(ObjectKind::plural).doesNotContain("secrets");
    for (JsonNode rule : rules("custom-resources.yaml")) {
      assertThat(texts(rule.path("apiGroups"))).doesNotContain("");
    }
  }

  @Test
  void nothingThatCallsItselfSecretsOrLeavesItsPathIsRead() {
    assertThat(Kinds.mayBeRead(new ObjectKind("vault.example", "v1", "secrets", "Secret", true)))
        .isFalse();
    assertThat(Kinds.mayBeRead(new ObjectKind("a.b", "v1", "x/../../secrets", "X", true)))
        .isFalse();
    assertThat(Kinds.mayBeRead(new ObjectKind("a.b", "v1?x=", "things", "X", true))).isFalse();
    assertThat(Kinds.mayBeRead(new ObjectKind("argoproj.io", "v1alpha1", "rollouts", "R", true)))
        .isTrue();
    assertThat(Kinds.all()).allMatch(Kinds::mayBeRead);
  }

  static List<JsonNode> rules(String file) {
    var rules = new ArrayList<JsonNode>();
    for (JsonNode document : documents(file)) {
      if (document.path("kind").asString("").equals("ClusterRole")) {
        document.path("rules").forEach(rules::add);
      }
    }
    assertThat(rules).isNotEmpty();
    return rules;
  }

  static List<JsonNode> documents(String file) {
    var mapper = YAMLMapper.builder().build();
    try (var text = Files.newBufferedReader(FOLDER.resolve(file));
        var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
