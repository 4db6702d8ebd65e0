package io.bridgewatch.adapter.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.Layer;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Symptom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTest {

  @Test
  void theVocabularyPageHoldsEveryWordInBothLanguages() {
    var page = new StringBuilder();
    page.append("# Vocabulary\n\n");
    page.append("The words of situation reports, the API and the UI, and what people read for ");
    page.append("them. Written by `WordingTest`; build with `-Dgolden.update=true` to renew it.\n");
    table(page, "Layers", Layer.values(), Layer::id, Vocabulary::layer);
    table(page, "Kinds of cause", CauseKind.values(), CauseKind::id, Vocabulary::kind);
    table(
        page,
        "What titles say of a cause",
        CauseKind.values(),
        CauseKind::id,
        Vocabulary::complaint);
    table(page, "Types of entity", EntityType.values(), EntityType::id, Vocabulary::type);
    table(page, "Sorts of signal (`signalType`)", Signal.values(), Signal::id, Vocabulary::signal);
    table(page, "Reasons to rule out", RuledOut.Reason.values(), Enum::name, Vocabulary::reason);
    table(
        page,
        "What can be missing",
        InsufficientEvidence.Missing.values(),
        Enum::name,
        Vocabulary::missing);
    table(page, "Roles on the map", CallMap.Role.values(), WordingTest::lower, Vocabulary::role);
    table(page, "Relations", RelationType.values(), RelationType::id, Vocabulary::relation);
    table(page, "Kinds of change", Change.Kind.values(), WordingTest::lower, Vocabulary::change);
    table(page, "Health", Health.State.values(), Health.State::id, Vocabulary::health);
    table(
        page,
        "Stages of a pod's or container's life",
        Happening.Stage.values(),
        WordingTest::lower,
        Vocabulary::stage);
    table(
        page,
        "How well clusters are heard",
        FeedStatus.State.values(),
        Enum::name,
        Vocabulary::feed);
    table(page, "Severities of log lines", Severity.values(), Enum::name, Vocabulary::severity);
    table(
        page,
        "Reasons of Kubernetes objects",
        ObjectReason.values(),
        ObjectReason::word,
        StateReasons::meaning);
    Golden.assertMatches(Path.of("../../docs/reference/vocabulary.md"), page.toString());
  }

  @Test
  void theExamplesHoldOneFactOfEachSort() {
    Set<Class<?>> shown = new LinkedHashSet<>();
    Examples.FACTS.forEach(fact -> shown.add(fact.getClass()));
    assertThat(shown).containsExactlyInAnyOrder(Fact.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everySortOfFactIsSaidInTheLanguageWithoutTraceOfCode(Language language) {
    for (Fact fact : Examples.FACTS) {
      String sentence = Wording.sentence(fact, Examples.PAYMENT, language);
      assertThat(sentence)
          .startsWith(language == Language.ZH ? "服务 payment：" : "service payment: ")
          .doesNotContain("NaN", "null", "{", "  ");
      assertThat(sentence.codePoints().anyMatch(WordingTest::isHan))
          .as(sentence)
          .isEqualTo(language == Language.ZH);
    }
  }

  @Test
  void aMoveIsSaidWithItsDirection() {
    assertThat(level(0.96, 0.12, 14))
        .isEqualTo("pod payment-7f9: CPU usage fell from 0.96 to 0.12 cores (14 deviations)");
    assertThat(level(0, 0.12, 1)).endsWith("rose from 0 to 0.12 cores (1 deviation)");
    assertThat(level(0.1, 0.12, Double.NaN)).endsWith("rose from 0.1 to 0.12 cores");
    assertThat(level(0.1, 0.12, 1e300)).endsWith("(over 1000 deviations)");
    assertThat(level(Double.NaN, 0.12, 2)).contains("moved from unknown to 0.12 cores");
  }

  @Test
  void aMetricThatIsNotWellKnownStandsAsItIs() {
    var fact =
        new Fact.LevelShift(
            Signal.OTHER,
            Examples.series(
                Examples.PAYMENT, "pay.outbox.depth", "{message}", Attributes.of("topic", "t1")),
            3,
            900,
            7);
    assertThat(Wording.sentence(fact, Examples.PAYMENT, Language.EN))
        .isEqualTo(
            "service payment: pay.outbox.depth [topic=t1] rose from 3 to 900 messages"
                + " (7 deviations)");
  }

  @Test
  void aChangeAfterTheOnsetIsSaidToBeAfterIt() {
    var changed = (Fact.ChangedBefore) Examples.CHANGE;
    var later = new Fact.ChangedBefore(changed.change(), Duration.ofMinutes(-3));
    assertThat(Wording.sentence(later, Examples.PAYMENT, Language.EN))
        .contains("deployment 3 min after the onset by li.wei");
    assertThat(Wording.sentence(later, Examples.PAYMENT, Language.ZH))
        .contains("故障开始后 3 分钟发布（li.wei）");
  }

  @Test
  void anObjectThatIsNotTheEntityItselfIsNamed() {
    var quota =
        new Fact.ObjectState(
            "ResourceQuota", "bank-cpu", "FailedCreate", "exceeded quota", Examples.ONSET);
    assertThat(Wording.sentence(quota, Examples.PAYMENT, Language.EN))
        .isEqualTo(
            "service payment: ResourceQuota bank-cpu FailedCreate (pods cannot be created):"
                + " “exceeded quota”");
  }

  @Test
  void aLongLogLineIsCutBetweenCharacters() {
    var log = new Fact.LogPatternChanged(Severity.ERROR, "😀".repeat(500), 0, 3, "", 9);
    assertThat(Wording.sentence(log, Examples.PAYMENT, Language.EN))
        .endsWith("“" + "😀".repeat(160) + "…”");
  }

  @Test
  void theTitleNamesTheCauseAndWhoIsHurt() {
    assertThat(Wording.title(Examples.payment(), Language.EN))
        .isEqualTo("payment: network delay towards it; front hurt");
    assertThat(Wording.title(Examples.payment(), Language.ZH))
        .isEqualTo("payment：访问它的网络延迟升高，影响 front");
  }

  @Test
  void theTitleOfAnUnclearIncidentSaysSo() {
    assertThat(Wording.title(Examples.unclear(), Language.EN))
        .isEqualTo("ledger and node-3: unusual errors; cause unclear");
    Incident unclear = Examples.unclear();
    assertThat(Wording.title(with(unclear, List.of()), Language.ZH)).isEqualTo("存在异常，原因不明");
  }

  @Test
  void theTitleCountsWhoIsHurtBeyondTwo() {
    List<Symptom> hurt =
        Stream.of("front", "web", "app")
            .map(EntityRef::service)
            .map(e -> new Symptom(e, Examples.payment().symptoms().getFirst().finding()))
            .toList();
    assertThat(Wording.title(with(Examples.payment(), hurt), Language.EN))
        .isEqualTo("payment: network delay towards it; front and 2 more hurt");
    assertThat(Wording.title(with(Examples.payment(), hurt), Language.ZH))
        .isEqualTo("payment：访问它的网络延迟升高，影响 front 等 3 个对象");
  }

  @Test
  void languagesAreReadFromTagsAndLocales() {
    assertThat(Language.of("zh_CN.UTF-8")).contains(Language.ZH);
    assertThat(Language.of("EN-us")).contains(Language.EN);
    assertThat(Language.of("C")).isEqualTo(Optional.empty());
  }

  private static Incident with(Incident incident, List<Symptom> symptoms) {
    return new Incident(
        incident.id(),
        incident.onset(),
        symptoms,
        incident.causes(),
        incident.ruledOut(),
        incident.insufficientEvidence(),
        incident.timeline(),
        incident.map());
  }

  private static String level(double before, double after, double deviations) {
    var series = ((Fact.LevelShift) Examples.CPU).series();
    return Wording.sentence(
        new Fact.LevelShift(Signal.CPU, series, before, after, deviations),
        Examples.PAYMENT_POD,
        Language.EN);
  }

  private static <T> void table(
      StringBuilder page,
      String heading,
      T[] values,
      Function<T, String> id,
      BiFunction<T, Language, String> word) {
    page.append("\n## ").append(heading).append("\n\n| word | English | 中文 |\n|---|---|---|\n");
    for (T value : values) {
      String en = word.apply(value, Language.EN);
      String zh = word.apply(value, Language.ZH);
      assertThat(en).as("%s", value).isNotBlank();
      assertThat(en.codePoints().noneMatch(WordingTest::isHan)).as("%s", value).isTrue();
      assertThat(zh).as("%s", value).isNotBlank();
      page.append("| `").append(id.apply(value)).append("` | ").append(en).append(" | ");
      page.append(zh).append(" |\n");
    }
    assertThat(Arrays.stream(values).map(id)).doesNotHaveDuplicates();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isHan(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }
}
