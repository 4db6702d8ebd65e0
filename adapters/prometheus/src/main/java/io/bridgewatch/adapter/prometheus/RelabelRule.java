package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.KubernetesObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One relabeling, as Prometheus defines them ({@code relabel_config}).
 *
 * @param sources labels whose values, joined by the separator, are looked at
 * @param regex of the whole value or name; a dot means line ends too
 * @param target label that is written
 * @param replacement with {@code $1}, {@code ${name}} for groups and {@code $$} for a dollar
 * @param modulus of {@link Action#HASHMOD}; 0 for others
 */
public record RelabelRule(
    Action action,
    List<String> sources,
    String separator,
    String regex,
    String target,
    String replacement,
    long modulus) {

  /** What a rule does. */
  public enum Action {
    /** Where the value matches, writes the replacement to the target; an empty one removes it. */
    REPLACE(true),
    /** Drops what does not match. */
    KEEP(false),
    /** Drops what matches. */
    DROP(false),
    /** Drops what has another value in the target than in the sources. */
    KEEPEQUAL(true),
    /** Drops what has the same value in the target as in the sources. */
    DROPEQUAL(true),
    /** Writes the remainder of the value's hash to the target. */
    HASHMOD(true),
    /** Copies each label whose name matches to the name that the replacement makes. */
    LABELMAP(false),
    /** Removes the labels whose names match. */
    LABELDROP(false),
    /** Removes the labels whose names do not match. */
    LABELKEEP(false),
    /** Writes the value in lower case to the target. */
    LOWERCASE(true),
    /** Writes the value in upper case to the target. */
    UPPERCASE(true);

    private final boolean needsTarget;

    Action(boolean needsTarget) {
      this.needsTarget = needsTarget;
    }
  }

  private static final String ANYTHING = "(.*)";

  public RelabelRule {
    sources = List.copyOf(sources);
  }

  /** The rule's pattern, as Java spells it. */
  static Pattern pattern(String regex) {
    return Pattern.compile(regex.replace("(?P<", "(?<"), Pattern.DOTALL);
  }

  /**
   * A rule of a monitor.
   *
   * @return empty if it is none: an unknown action, a regex that cannot be read, a target missing
   */
  static Optional<RelabelRule> of(KubernetesObject object) {
    String word = object.text("action").filter(it -> !it.isEmpty()).orElse("replace");
    Action action;
    String regex = object.text("regex").orElse(ANYTHING);
    try {
      action = Action.valueOf(word.toUpperCase(Locale.ROOT));
      pattern(regex);
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String target = object.text("targetLabel").orElse("");
    long modulus = object.number("modulus").orElse(0.0).longValue();
    if (action.needsTarget && target.isEmpty() || action == Action.HASHMOD && modulus < 1) {
      return Optional.empty();
    }
    return Optional.of(
        new RelabelRule(
            action,
            LabelSelectors.strings(object, "sourceLabels"),
            object.text("separator").orElse(";"),
            regex,
            target,
            object.text("replacement").orElse("$1"),
            modulus));
  }
}
