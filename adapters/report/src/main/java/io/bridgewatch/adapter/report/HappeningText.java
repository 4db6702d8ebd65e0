package io.bridgewatch.adapter.report;

import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.ObjectReason;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a cluster, as one sentence that carries no time of day. What a cluster said
 * itself is quoted in its own words, with the meaning beside them where this product knows it.
 */
public final class HappeningText {

  private static final int QUOTE_LENGTH = 200;

  private HappeningText() {}

  /** One sentence, such as {@code Deployment cart: rollback by alice: image cart:2 → cart:1}. */
  public static String sentence(Happening happening, Language language) {
    return Wording.entity(happening.entity(), language)
        + colon(language)
        + switch (happening) {
          case Happening.Changed changed -> changed(changed, language);
          case Happening.Lived lived -> lived(lived, language);
          case Happening.HealthChanged health -> health(health, language);
          case Happening.Reported reported -> reported(reported, language);
        };
  }

  private static String changed(Happening.Changed changed, Language language) {
    var change = changed.change();
    String who = !changed.user().isBlank() ? changed.user() : change.author();
    return Vocabulary.change(change.kind(), language)
        + (who.isBlank() ? "" : language.pick(" by " + who, "（" + who + "）"))
        + said(change.summary(), language);
  }

  private static String lived(Happening.Lived lived, Language language) {
    List<String> asides = new ArrayList<>();
    lived
        .exitCode()
        .ifPresent(code -> asides.add(language.pick("exit code " + code, "退出码 " + code)));
    if (!lived.reason().isBlank()) {
      asides.add(withMeaning(lived.reason(), language));
    }
    String joined = String.join(language.pick(", ", "，"), asides);
    return Vocabulary.stage(lived.stage(), language)
        + (joined.isEmpty() ? "" : language.pick(", " + joined, "，" + joined))
        + said(lived.message(), language);
  }

  private static String health(Happening.HealthChanged changed, Language language) {
    Health now = changed.health();
    String reason = now.reason().isBlank() ? "" : withMeaning(now.reason(), language);
    return Vocabulary.health(changed.before(), language)
        + " → "
        + Vocabulary.health(now.state(), language)
        + (reason.isEmpty() ? "" : language.pick(", " + reason, "，" + reason))
        + said(now.message(), language);
  }

  private static String reported(Happening.Reported reported, Language language) {
    String times = reported.count() > 1 ? " ×" + reported.count() : "";
    return withMeaning(reported.reason(), language) + times + said(reported.message(), language);
  }

  private static String withMeaning(String reason, Language language) {
    return reason
        + ObjectReason.of(reason)
            .map(known -> StateReasons.meaning(known, language))
            .map(text -> language.pick(" (" + text + ")", "（" + text + "）"))
            .orElse("");
  }

  private static String said(String text, Language language) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "";
    }
    if (line.codePointCount(0, line.length()) > QUOTE_LENGTH) {
      line = line.substring(0, line.offsetByCodePoints(0, QUOTE_LENGTH)).stripTrailing() + "…";
    }
    return colon(language) + line;
  }

  private static String colon(Language language) {
    return language.pick(": ", "：");
  }
}
