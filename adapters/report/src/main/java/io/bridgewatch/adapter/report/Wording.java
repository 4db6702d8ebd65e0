package io.bridgewatch.adapter.report;

import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What facts say, as sentences for an engineer at three in the morning: which entity, what moved,
 * from where to where in units people read, and how unusual that is.
 *
 * <p>No sentence carries a time of day, so that each holds in every time zone.
 */
public final class Wording {

  /** Longer quotations of log lines, messages and summaries are cut, in code points. */
  private static final int QUOTE_LENGTH = 160;

  /** From this many deviations on, more is no longer news. */
  private static final double MANY_DEVIATIONS = 1000;

  /** Below this many lines a minute, a kind of log line counts as not written. */
  private static final double NO_LINES = 1e-3;

  private Wording() {}

  /** One fact about one entity. */
  public static String sentence(Fact fact, EntityRef where, Language language) {
    return entity(where, language) + colon(language) + observed(fact, where, language);
  }

  /** Why an entity is not to blame, and what was seen of it. */
  public static String sentence(RuledOut ruledOut, Language language) {
    return entity(ruledOut.entity(), language)
        + colon(language)
        + Vocabulary.reason(ruledOut.reason(), language)
        + language.pick("; seen: ", "；观察到：")
        + observed(ruledOut.fact(), ruledOut.entity(), language);
  }

  /** What would be needed to tell. */
  public static String sentence(InsufficientEvidence insufficient, Language language) {
    List<String> missing =
        insufficient.missing().stream().map(m -> Vocabulary.missing(m, language)).toList();
    String cannot = language.pick("The cause cannot be told for sure", "无法确定原因");
    return missing.isEmpty()
        ? cannot + language.pick(".", "。")
        : cannot
            + language.pick("; missing: ", "；缺少：")
            + String.join(language.pick(", ", "、"), missing)
            + language.pick(".", "。");
  }

  /**
   * The incident in one line: what is to blame and who is hurt, such as {@code payment: network
   * delay towards it; front hurt}.
   */
  public static String title(Incident incident, Language language) {
    if (incident.causes().isEmpty()) {
      List<String> names = symptomNames(incident, "");
      if (names.isEmpty()) {
        return language.pick("Something is wrong; cause unclear", "存在异常，原因不明");
      }
      String signal =
          Vocabulary.signal(incident.symptoms().getFirst().finding().signal(), language);
      return listed(names, language)
          + colon(language)
          + language.pick("unusual " + signal + "; cause unclear", signal + "异常，原因不明");
    }
    Cause top = incident.causes().getFirst();
    String blamed =
        top.entity().name() + colon(language) + Vocabulary.complaint(top.kind(), language);
    List<String> hurt = symptomNames(incident, top.entity().name());
    boolean itself = top.path().size() == 1; // it is its own symptom
    return hurt.isEmpty() || itself
        ? blamed
        : blamed
            + language.pick(
                "; " + listed(hurt, language) + " hurt", "，影响 " + listed(hurt, language));
  }

  /** An entity by type and name, such as {@code pod checkout-7f9}. */
  public static String entity(EntityRef entity, Language language) {
    return Vocabulary.type(entity.type(), language) + " " + entity.name();
  }

  /** The name of a kind of cause, such as {@code CPU saturation}. */
  public static String kind(CauseKind kind, Language language) {
    return Vocabulary.kind(kind, language);
  }

  private static String observed(Fact fact, EntityRef where, Language language) {
    return switch (fact) {
      case Fact.LevelShift shift -> levelShift(shift, language);
      case Fact.OwnTimeGrew grew -> ownTime(grew, language);
      case Fact.EdgeGapGrew gap -> edgeGap(gap, where, language);
      case Fact.FailureShareRose rose -> failureShare(rose, language);
      case Fact.StepChanged changed -> step(changed, language);
      case Fact.LogPatternChanged changed -> logPattern(changed, language);
      case Fact.ObjectState state -> objectState(state, where, language);
      case Fact.ChangedBefore changed -> changedBefore(changed, language);
      case Fact.FellSilent silent -> fellSilent(silent, language);
    };
  }

  private static String levelShift(Fact.LevelShift shift, Language language) {
    var series = shift.series();
    return MetricNames.of(series, language)
        + moved(shift.before(), shift.after(), series.unit(), MetricNames.share(series), language)
        + aside(language, deviations(shift.deviations(), language));
  }

  private static String ownTime(Fact.OwnTimeGrew grew, Language language) {
    return language.pick("own time of " + grew.operation(), grew.operation() + " 自身耗时（不含对外调用）")
        + moved(grew.beforeSeconds(), grew.afterSeconds(), "s", false, language)
        + aside(
            language,
            deviations(grew.deviations(), language),
            counted(grew.spans(), "span", "个 span", language));
  }

  private static String edgeGap(Fact.EdgeGapGrew gap, EntityRef where, Language language) {
    String caller = gap.caller().name();
    String callee = gap.callee().name();
    String way =
        where.equals(gap.callee())
            ? language.pick("time in transit from " + caller, "来自 " + caller + " 的调用在途时间")
            : where.equals(gap.caller())
                ? language.pick("time in transit to " + callee, "调用 " + callee + " 的在途时间")
                : language.pick(
                    "time in transit from " + caller + " to " + callee,
                    "从 " + caller + " 到 " + callee + " 的调用在途时间");
    return way
        + moved(gap.beforeSeconds(), gap.afterSeconds(), "s", false, language)
        + aside(
            language,
            deviations(gap.deviations(), language),
            counted(gap.calls(), "call", "次调用", language));
  }

  private static String failureShare(Fact.FailureShareRose rose, Language language) {
    return language.pick("failures of " + rose.operation(), rose.operation() + " 失败率")
        + moved(rose.beforeShare(), rose.afterShare(), "1", true, language)
        + aside(
            language,
            deviations(rose.deviations(), language),
            counted(rose.spans(), "span", "个 span", language));
  }

  private static String step(Fact.StepChanged changed, Language language) {
    String parent = changed.parent();
    String child =
        switch (changed.step()) {
          case SPAN, CALL -> changed.child();
          case LOG -> quoted(changed.child());
        };
    String takes =
        switch (changed.step()) {
          case SPAN -> language.pick("runs step ", "执行步骤 ");
          case CALL -> language.pick("calls ", "调用 ");
          case LOG -> language.pick("logs ", "输出日志");
        };
    var share = Quantity.pair(changed.beforeRatio(), changed.afterRatio(), "1", true, language);
    String what =
        changed.beforeRatio() == 0
            ? language.pick(
                parent
                    + " now "
                    + takes
                    + child
                    + " in "
                    + share.after()
                    + " of runs, before never",
                parent + " 新增：" + share.after() + " 的执行会" + takes + child + "，此前从不")
            : changed.afterRatio() == 0
                ? language.pick(
                    parent
                        + " never "
                        + takes
                        + child
                        + " any more, before in "
                        + share.before()
                        + " of runs",
                    parent + " 不再" + takes + child + "，此前 " + share.before() + " 的执行会")
                : language.pick(
                    parent
                        + " "
                        + takes
                        + child
                        + " in "
                        + share.after()
                        + " of runs, before in "
                        + share.before(),
                    parent
                        + " "
                        + share.after()
                        + " 的执行会"
                        + takes
                        + child
                        + "，此前为 "
                        + share.before());
    return what
        + aside(
            language,
            deviations(changed.deviations(), language),
            counted(changed.runs(), "run", "次执行", language));
  }

  private static String logPattern(Fact.LogPatternChanged changed, Language language) {
    String line = Vocabulary.severity(changed.severity(), language);
    var rate =
        Quantity.pair(changed.beforePerMinute(), changed.afterPerMinute(), "", false, language);
    String what =
        changed.beforePerMinute() < NO_LINES
            ? language.pick(
                "new " + line + ", " + rate.after() + " a minute",
                "新出现的 " + line + "，每分钟 " + rate.after() + " 条")
            : changed.afterPerMinute() < NO_LINES
                ? language.pick(
                    line + " no longer written, before " + rate.before() + " a minute",
                    line + " 不再出现，此前每分钟 " + rate.before() + " 条")
                : language.pick(
                    line + " written " + rate.after() + " times a minute, before " + rate.before(),
                    line + " 每分钟 " + rate.after() + " 条，此前 " + rate.before() + " 条");
    return what
        + aside(language, deviations(changed.deviations(), language))
        + colon(language)
        + quoted(changed.pattern());
  }

  private static String objectState(Fact.ObjectState state, EntityRef where, Language language) {
    boolean itself =
        state.name().equals(where.name())
            && state.kind().toLowerCase(Locale.ROOT).equals(where.type().id().replace("-", ""));
    String object = itself ? "" : state.kind() + " " + state.name() + " ";
    String meaning =
        ObjectReason.of(state.reason())
            .map(reason -> StateReasons.meaning(reason, language))
            .map(text -> language.pick(" (" + text + ")", "（" + text + "）"))
            .orElse("");
    String message = state.message().isBlank() ? "" : colon(language) + quoted(state.message());
    return object + state.reason() + meaning + message;
  }

  private static String changedBefore(Fact.ChangedBefore changed, Language language) {
    Change change = changed.change();
    String kind = Vocabulary.change(change.kind(), language);
    String lead = Quantity.duration(changed.lead(), language);
    boolean later = changed.lead().isNegative();
    String when =
        changed.lead().isZero()
            ? language.pick(kind + " at the onset", "故障开始时" + kind)
            : language.pick(
                kind + " " + lead + (later ? " after" : " before") + " the onset",
                tight("故障开始" + (later ? "后 " : "前 ") + lead + " " + kind));
    String author =
        change.author().isBlank()
            ? ""
            : language.pick(" by " + change.author(), "（" + change.author() + "）");
    String summary = change.summary().isBlank() ? "" : colon(language) + quoted(change.summary());
    return when + author + summary;
  }

  private static String fellSilent(Fact.FellSilent silent, Language language) {
    String what = MetricNames.of(silent.what(), language);
    String silentFor = Quantity.duration(silent.silentFor(), language);
    String usual = Quantity.duration(silent.usualInterval(), language);
    return language.pick(
        "no data for " + silentFor + " (" + what + "), usually every " + usual,
        tight(silentFor + " 没有数据（" + what + "），通常每 " + usual + " 一次"));
  }

  /** {@code rose from 0.12 to 0.96 cores}, with the blank in front. */
  private static String moved(
      double before, double after, String unit, boolean share, Language language) {
    var pair = Quantity.pair(before, after, unit, share, language);
    boolean rose = after >= before;
    boolean known = Double.isFinite(before) && Double.isFinite(after);
    return switch (language) {
      case EN ->
          (known ? rose ? " rose" : " fell" : " moved")
              + " from "
              + pair.before()
              + " to "
              + pair.after();
      case ZH ->
          tight("从 " + pair.before() + (known ? rose ? " 升至 " : " 降至 " : " 变为 ") + pair.after());
    };
  }

  /** Empty where the number says nothing. */
  private static String deviations(double deviations, Language language) {
    double size = Math.abs(deviations);
    if (!Double.isFinite(size) || size == 0) {
      return "";
    }
    if (size > MANY_DEVIATIONS) {
      return language.pick("over 1000 deviations", "超过 1000 倍偏差");
    }
    String number = Quantity.number(Math.round(size * 10) / 10.0, language);
    return number.equals("1")
        ? language.pick("1 deviation", "1 倍偏差")
        : number + language.pick(" deviations", " 倍偏差");
  }

  private static String counted(int count, String en, String zh, Language language) {
    String number = Quantity.number(count, language);
    return language.pick(number + " " + en + (count == 1 ? "" : "s"), number + " " + zh);
  }

  private static String aside(Language language, String... parts) {
    List<String> said = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty()) {
        said.add(part);
      }
    }
    if (said.isEmpty()) {
      return "";
    }
    return language.pick(" (" + String.join(", ", said) + ")", "（" + String.join("，", said) + "）");
  }

  private static String quoted(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.codePointCount(0, line.length()) > QUOTE_LENGTH) {
      line = line.substring(0, line.offsetByCodePoints(0, QUOTE_LENGTH)).stripTrailing() + "…";
    }
    return "“" + line + "”";
  }

  /** Chinese without blanks between two of its characters; there are some beside numbers only. */
  private static String tight(String text) {
    return text.replaceAll("(?<=\\p{IsHan}) (?=\\p{IsHan})", "");
  }

  private static List<String> symptomNames(Incident incident, String blamed) {
    return incident.symptoms().stream()
        .map(Symptom::entity)
        .map(EntityRef::name)
        .filter(name -> !name.equals(blamed))
        .distinct()
        .toList();
  }

  /** Two names at most; how many more there are is counted. */
  private static String listed(List<String> names, Language language) {
    return switch (names.size()) {
      case 1 -> names.getFirst();
      case 2 -> names.getFirst() + language.pick(" and ", "、") + names.getLast();
      default ->
          language.pick(
              names.getFirst() + " and " + (names.size() - 1) + " more",
              names.getFirst() + " 等 " + names.size() + " 个对象");
    };
  }

  private static String colon(Language language) {
    return language.pick(": ", "：");
  }
}
