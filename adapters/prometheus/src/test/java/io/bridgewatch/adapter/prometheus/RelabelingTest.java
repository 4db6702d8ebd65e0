package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Prometheus' own documentation and tests say that relabelings do. */
class RelabelingTest {
  private static final Map<String, String> LABELS =
      Map.of("a", "foo", "b", "bar", "c", "baz", "__tmp", "x");

  @Test
  void replaceWritesWhatTheGroupsHold() {
    assertThat(
            applied(
                rule(
                    "sourceLabels",
                    List.of("a"),
                    "regex",
                    "f(.*)",
                    "targetLabel",
                    "d",
                    "separator",
                    ";",
                    "replacement",
                    "ch${1}-ch${1}")))
        .containsEntry("d", "choo-choo");
    assertThat(
            applied(
                rule(
                    "sourceLabels",
                    List.of("a", "b"),
                    "regex",
                    "(?P<first>f.*);(.*)",
                    "targetLabel",
                    "${first}_x",
                    "replacement",
                    "$2$$$nothing")))
        .containsEntry("foo_x", "bar$");
    assertThat(applied(rule("sourceLabels", List.of("a"), "regex", "nope", "targetLabel", "a")))
        .containsEntry("a", "foo");
    assertThat(applied(rule("sourceLabels", List.of("a"), "targetLabel", "b", "replacement", "")))
        .doesNotContainKey("b");
    assertThat(applied(rule("targetLabel", "team", "replacement", "blue")))
        .containsEntry("team", "blue");
  }

  @Test
  void groupsEndWhereTheirNamesDo() {
    var rule = rule("sourceLabels", List.of("a"), "regex", "(f)(.*)", "targetLabel", "d");
    assertThat(applied(with(rule, "replacement", "$1x"))).doesNotContainKey("d"); // group 1x
    assertThat(applied(with(rule, "replacement", "${1}x"))).containsEntry("d", "fx");
    assertThat(applied(with(rule, "replacement", "$2-$"))).containsEntry("d", "oo-$");
  }

  @Test
  void keepDropAndTheirEquals() {
    assertThat(apply(rule("action", "keep", "sourceLabels", List.of("a"), "regex", "fo")))
        .isEmpty();
    assertThat(apply(rule("action", "Keep", "sourceLabels", List.of("a"), "regex", "fo.")))
        .isPresent();
    assertThat(apply(rule("action", "drop", "sourceLabels", List.of("a", "b"), "regex", "foo;bar")))
        .isEmpty();
    assertThat(apply(rule("action", "drop", "sourceLabels", List.of("z"), "regex", "foo")))
        .isPresent();
    var same = rule("action", "keepequal", "sourceLabels", List.of("a"), "targetLabel", "z");
    assertThat(Relabelings.of(same).apply(Map.of("a", "1", "z", "1"))).isPresent();
    assertThat(Relabelings.of(same).apply(Map.of("a", "1", "z", "2"))).isEmpty();
    var different = rule("action", "dropequal", "sourceLabels", List.of("a"), "targetLabel", "z");
    assertThat(Relabelings.of(different).apply(Map.of("a", "1", "z", "1"))).isEmpty();
    assertThat(Relabelings.of(different).apply(Map.of("a", "1", "z", "2"))).isPresent();
  }

  @Test
  void labelsAreMappedDroppedKeptAndWrittenInAnotherCase() {
    var map = rule("action", "labelmap", "regex", "__meta_(.+)", "replacement", "${1}_x");
    assertThat(Relabelings.of(map).apply(Map.of("__meta_k", "v", "o", "p")))
        .contains(new TreeMap<>(Map.of("__meta_k", "v", "k_x", "v", "o", "p")));
    assertThat(applied(rule("action", "labeldrop", "regex", "[ab]|__.*")))
        .isEqualTo(Map.of("c", "baz"));
    assertThat(applied(rule("action", "labelkeep", "regex", "[ab]")))
        .isEqualTo(Map.of("a", "foo", "b", "bar"));
    assertThat(
            applied(rule("action", "uppercase", "sourceLabels", List.of("a"), "targetLabel", "u")))
        .containsEntry("u", "FOO");
    assertThat(
            Relabelings.of(
                    rule("action", "lowercase", "sourceLabels", List.of("a"), "targetLabel", "a"))
                .apply(Map.of("a", "FoO")))
        .contains(new TreeMap<>(Map.of("a", "foo")));
  }

  /** The numbers are Prometheus' own, from its tests. */
  @Test
  void hashesAreThoseOfPrometheus() {
    var rule =
        rule(
            "action",
            "hashmod",
            "sourceLabels",
            List.of("c"),
            "targetLabel",
            "d",
            "modulus",
            1000.0);
    assertThat(applied(rule)).containsEntry("d", "976");
    var lines =
        rule(
            "action",
            "hashmod",
            "sourceLabels",
            List.of("a"),
            "targetLabel",
            "b",
            "modulus",
            1000.0);
    assertThat(Relabelings.of(lines).apply(Map.of("a", "foo\nbar")).orElseThrow())
        .containsEntry("b", "734");
  }

  @Test
  void rulesFollowOneAnother() {
    var first = rule("sourceLabels", List.of("a"), "regex", "f(.*)", "targetLabel", "t");
    var second =
        rule(
            "sourceLabels",
            List.of("t", "c"),
            "separator",
            "/",
            "targetLabel",
            "t",
            "regex",
            "(.*)/(.*)",
            "replacement",
            "$2-$1");
    assertThat(
            new Relabeling(List.of(parsed(first).orElseThrow(), parsed(second).orElseThrow()))
                .apply(LABELS)
                .orElseThrow())
        .containsEntry("t", "baz-oo");
  }

  @Test
  void whatIsNoRuleIsTold() {
    assertThat(parsed(rule("action", "explode"))).isEmpty();
    assertThat(parsed(rule("action", "drop", "regex", "("))).isEmpty();
    assertThat(parsed(rule("sourceLabels", List.of("a")))).as("replace without target").isEmpty();
    assertThat(parsed(rule("action", "hashmod", "targetLabel", "x"))).as("no modulus").isEmpty();
  }

  @Test
  void anExpressionThatTakesForEverEndsWithoutAMatch() {
    var rule = rule("action", "drop", "sourceLabels", List.of("a"), "regex", "(x+x+)+y");
    assertThat(Relabelings.of(rule).apply(Map.of("a", "x".repeat(5000)))).isPresent();
  }

  @Test
  void metricsAreRenamedDroppedAndTheirLabelsChanged() {
    var rules =
        rules(
            rule("action", "drop", "sourceLabels", List.of("__name__"), "regex", "go_.*"),
            rule(
                "sourceLabels",
                List.of("__name__"),
                "regex",
                "old_(.*)",
                "targetLabel",
                "__name__",
                "replacement",
                "new_$1"),
            rule("action", "labeldrop", "regex", "secret"),
            rule(
                "sourceLabels",
                List.of("namespace", "code"),
                "separator",
                "/",
                "targetLabel",
                "where"));
    var page = read(rules, "go_threads 5\nold_x{code=\"200\",secret=\"s\"} 1\ny{pod=\"mine\"} 2\n");
    assertThat(lines(page))
        .containsExactly("new_x{code=200, where=shop/200} 1.0", "y{pod=mine, where=shop/} 2.0");
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.RELABELED, 1L));
  }

  @Test
  void labelsOfTheTargetAreAddedAndThePagesOwnAreRenamed() {
    var added =
        new SampleRules(Map.of(), Map.of("team", "buy"), false, List.of(), Set.of(), Set.of());
    assertThat(lines(read(added, "x{team=\"own\"} 1\n")))
        .containsExactly("x{exported_team=own, team=buy} 1.0");
    var honored =
        new SampleRules(Map.of(), Map.of("team", "buy"), true, List.of(), Set.of(), Set.of());
    assertThat(lines(read(honored, "x{team=\"own\"} 1\ny 2\n")))
        .containsExactly("x{team=own} 1.0", "y{team=buy} 2.0");
  }

  @Test
  void seriesThatBecomeOneAreDuplicatesAndEndOnlyTogether() {
    var rules = rules(rule("action", "labeldrop", "regex", "id"));
    var exposition = new Exposition(options(rules), ExpositionLimits.DEFAULT);
    var page =
        exposition.read("x{id=\"1\"} 1\nx{id=\"2\"} 2\n".getBytes(UTF_8), ExpositionFormat.TEXT, 1);
    assertThat(lines(page)).containsExactly("x{} 1.0");
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.DUPLICATE_SAMPLE, 1L));
    var next = exposition.read("x{id=\"2\"} 2\n".getBytes(UTF_8), ExpositionFormat.TEXT, 2);
    assertThat(lines(next)).containsExactly("x{} 2.0");
    assertThat(next.vanished()).isEmpty();
    var last = exposition.read("y 1\n".getBytes(UTF_8), ExpositionFormat.TEXT, 3);
    assertThat(last.vanished()).extracting(SeriesKey::metric).containsExactly("x");
  }

  @Test
  void noiseIsLeftOutButWhatIsToBeKept() {
    var rules =
        SampleRules.NONE.without(Set.of("pg_settings_"), Set.of("pg_settings_max_connections"));
    var page =
        read(rules, "pg_settings_work_mem_bytes 1\npg_settings_max_connections 100\npg_up 1\n");
    assertThat(lines(page)).containsExactly("pg_settings_max_connections{} 100.0", "pg_up{} 1.0");
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.NOISE, 1L));
    assertThat(page.vanished()).isEmpty();
  }

  private static ScrapedPage read(SampleRules rules, String text) {
    return new Exposition(options(rules), ExpositionLimits.DEFAULT)
        .read(text.getBytes(UTF_8), ExpositionFormat.TEXT, 1);
  }

  private static ExpositionOptions options(SampleRules rules) {
    return ExpositionOptions.of(Attributes.of("k8s.pod.name", "cart-0")).withRules(rules);
  }

  private static SampleRules rules(KubernetesObject... rules) {
    return new SampleRules(
        Map.of("namespace", "shop", "pod", "cart-0"),
        Map.of(),
        false,
        Arrays.stream(rules).map(it -> parsed(it).orElseThrow()).toList(),
        Set.of(),
        Set.of());
  }

  private static List<String> lines(ScrapedPage page) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < page.samples().size(); i++) {
      var key = page.samples().key(i);
      lines.add(key.metric() + key.point() + " " + page.samples().value(i));
    }
    return lines;
  }

  /** One rule, as a monitor has it. */
  private static final class Relabelings {
    private Relabelings() {}

    static Relabeling of(KubernetesObject rule) {
      return new Relabeling(List.of(parsed(rule).orElseThrow()));
    }
  }

  private static Optional<RelabelRule> parsed(KubernetesObject rule) {
    return RelabelRule.of(rule);
  }

  private static Optional<Map<String, String>> apply(KubernetesObject rule) {
    return Relabelings.of(rule).apply(LABELS);
  }

  private static Map<String, String> applied(KubernetesObject rule) {
    return apply(rule).orElseThrow();
  }

  private static KubernetesObject with(KubernetesObject rule, String field, String value) {
    var fields = new TreeMap<String, Object>(rule.tree());
    fields.put(field, value);
    return KubernetesObject.of(fields);
  }

  private static KubernetesObject rule(Object... fields) {
    var map = new TreeMap<String, Object>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put((String) fields[i], fields[i + 1]);
    }
    return KubernetesObject.of(map);
  }
}
