package io.bridgewatch.adapter.report;

import io.bridgewatch.model.Cause;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.model.Symptom;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;

/**
 * A situation report for a terminal: what hurts, since when, what is to blame and on what evidence.
 *
 * <p>Long lists are cut and say so; the JSON document holds all. Control characters of the observed
 * world never reach the terminal.
 */
public final class ReportText {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY_CLOCK = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");
  private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";
  private static final int LABEL_COLUMNS = 11;
  private static final int BAR_COLUMNS = 20;
  private static final int LONGEST_LIST = 6;

  private final SituationReport report;
  private final Language language;
  private final ZoneId zone;
  private final boolean colour;
  private final DateTimeFormatter time;
  private final StringBuilder text = new StringBuilder();

  private ReportText(SituationReport report, Language language, ZoneId zone, boolean colour) {
    this.report = report;
    this.language = language;
    this.zone = zone;
    this.colour = colour;
    Window window = report.window();
    boolean oneDay =
        window.from().atZone(zone).toLocalDate().equals(window.to().atZone(zone).toLocalDate());
    this.time = (oneDay ? CLOCK : DAY_CLOCK).withZone(zone);
  }

  /**
   * The report in lines, each with its end.
   *
   * @param zone that times are shown in
   * @param colour whether to use ANSI escape sequences
   */
  public static String write(
      SituationReport report, Language language, ZoneId zone, boolean colour) {
    return new ReportText(report, language, zone, colour).write();
  }

  private String write() {
    Window window = report.window();
    line(
        clean(report.bundle())
            + "   "
            + FULL.withZone(zone).format(window.from())
            + " – "
            + time.format(window.to())
            + " ("
            + zone.getId()
            + ")");
    if (report.incidents().isEmpty()) {
      line(language.pick("Nothing is wrong in this window.", "该时间窗内没有异常。"));
    }
    int number = 1;
    for (Incident incident : report.incidents()) {
      line("");
      incident(number++, incident);
    }
    return text.toString();
  }

  private void incident(int number, Incident incident) {
    line(styled(BOLD, number + ". " + clean(Wording.title(incident, language))));
    labelled(language.pick("Onset", "开始时间"), time.format(incident.onset()) + "  " + incident.id());
    list(language.pick("Symptoms", "症状"), incident.symptoms(), this::symptom);
    if (incident.causes().isEmpty()) {
      labelled(language.pick("Causes", "原因"), language.pick("none named", "未能指认"));
    }
    String label = language.pick("Causes", "原因");
    for (Cause cause : incident.causes()) {
      labelled(label, cause(cause));
      cause.evidence().stream().limit(LONGEST_LIST).forEach(this::evidence);
      more(cause.evidence());
      if (!cause.path().isEmpty()) {
        labelled("", "  " + path(cause.path()));
      }
      label = "";
    }
    list(language.pick("Ruled out", "已排除"), incident.ruledOut(), this::ruledOut);
    incident
        .insufficientEvidence()
        .ifPresent(
            insufficient ->
                labelled(
                    language.pick("Not sure", "不确定"), Wording.sentence(insufficient, language)));
  }

  private String symptom(Symptom symptom) {
    return at(symptom.finding().onset())
        + clean(Wording.sentence(symptom.finding().fact(), symptom.entity(), language));
  }

  private String cause(Cause cause) {
    return bar(cause.confidence())
        + "  "
        + styled(BOLD, clean(Wording.entity(cause.entity(), language)))
        + language.pick(": ", "：")
        + Vocabulary.kind(cause.kind(), language)
        + language.pick(
            " (" + Vocabulary.layer(cause.layer(), language) + " layer)",
            "（" + Vocabulary.layer(cause.layer(), language) + "层）");
  }

  private void evidence(Evidence evidence) {
    labelled(
        "",
        "  "
            + at(evidence.since())
            + clean(Wording.sentence(evidence.fact(), evidence.entity(), language)));
  }

  private String ruledOut(RuledOut ruledOut) {
    return styled(DIM, clean(Wording.sentence(ruledOut, language)));
  }

  private String path(List<EntityRef> path) {
    return language.pick("Path: ", "传播路径：")
        + String.join(" → ", path.stream().map(e -> clean(Wording.entity(e, language))).toList());
  }

  /** {@code ████████████████░░░░ 83%}, always of one width. */
  private String bar(double confidence) {
    int full = (int) Math.round(confidence * BAR_COLUMNS);
    String percent = Math.round(confidence * 100) + "%";
    return styled(RED, "█".repeat(full))
        + "░".repeat(BAR_COLUMNS - full)
        + " ".repeat(5 - percent.length())
        + percent;
  }

  private String at(Instant moment) {
    return styled(DIM, time.format(moment)) + "  ";
  }

  private <T> void list(String label, List<T> items, Function<T, String> words) {
    String first = label;
    for (T item : items.stream().limit(LONGEST_LIST).toList()) {
      labelled(first, words.apply(item));
      first = "";
    }
    more(items);
  }

  private void more(List<?> items) {
    int left = items.size() - LONGEST_LIST;
    if (left > 0) {
      labelled("", language.pick("… and " + left + " more", "……另有 " + left + " 条"));
    }
  }

  private void labelled(String label, String content) {
    line("   " + label + " ".repeat(Math.max(1, LABEL_COLUMNS - columns(label))) + content);
  }

  private void line(String content) {
    text.append(content.stripTrailing()).append('\n');
  }

  private String styled(String style, String content) {
    return colour && !content.isEmpty() ? style + content + PLAIN : content;
  }

  /** Without control characters, which a log line could use to deceive a terminal. */
  private static String clean(String content) {
    return content.replaceAll("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069]", "\ufffd");
  }

  /** Columns that a terminal gives to a text: two to an ideograph. */
  static int columns(String content) {
    return content.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
      default ->
          codePoint >= 0x3000 && codePoint <= 0x303e
              || codePoint >= 0xff01 && codePoint <= 0xff60
              || codePoint >= 0xffe0 && codePoint <= 0xffe6
              || codePoint >= 0x1f300 && codePoint <= 0x1faff;
    };
  }
}
