package io.bridgewatch.hub;

import io.bridgewatch.engine.TransactionMarks;
import io.bridgewatch.ports.SettingStore;
import io.bridgewatch.topology.TransactionRule;
import io.bridgewatch.topology.TransactionRule.Place;
import io.bridgewatch.topology.TransactionRule.Source;
import io.bridgewatch.topology.Transactions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The rules about transactions that administrators set, kept over restarts. */
@Component
final class TransactionRules {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionRules.class);
  private static final String SETTING = "transaction-rules";
  private static final int MOST_RULES = 100;
  private static final int LONGEST_PATTERN = 500;
  private static final int LONGEST_NAME = 128;

  private final SettingStore settings;
  private final TransactionMarks marks;
  private final JsonMapper json;

  TransactionRules(SettingStore settings, TransactionMarks marks, JsonMapper json) {
    this.settings = settings;
    this.marks = marks;
    this.json = json;
    settings.setting(SETTING).ifPresent(this::restore);
  }

  private void restore(String text) {
    try {
      marks.use(rules(json.readValue(text, TransactionApi.TransactionRules.class)));
    } catch (JacksonException | HubProblem e) {
      LOG.error("cannot use the stored rules about transactions; the usual ones hold", e);
    }
  }

  TransactionApi.TransactionRules shown() {
    return new TransactionApi.TransactionRules(
        marks.rules().rules().stream().map(TransactionRules::form).toList(),
        settings.setting(SETTING).isEmpty());
  }

  /**
   * Keeps other rules; they hold at once.
   *
   * @throws HubProblem if one makes no sense
   */
  synchronized void set(TransactionApi.TransactionRules wanted) {
    var rules = rules(wanted);
    settings.set(
        SETTING,
        json.writeValueAsString(
            new TransactionApi.TransactionRules(
                rules.rules().stream().map(TransactionRules::form).toList(), null)));
    marks.use(rules);
  }

  /** Goes back to the usual ones. */
  synchronized void reset() {
    settings.remove(SETTING);
    marks.use(Transactions.usual());
  }

  private static Transactions rules(TransactionApi.TransactionRules wanted) {
    @Nullable List<TransactionApi.TransactionRuleForm> forms = wanted.rules();
    if (forms == null || forms.size() > MOST_RULES) {
      throw HubProblem.invalid("wanted rules, at most " + MOST_RULES);
    }
    return new Transactions(forms.stream().map(TransactionRules::rule).toList());
  }

  private static TransactionRule rule(TransactionApi.TransactionRuleForm form) {
    var place = place(form);
    var name = Optional.ofNullable(form.name()).map(String::strip).orElse("");
    return switch (Optional.ofNullable(form.kind()).orElse("")) {
      case "name" -> {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
          throw HubProblem.invalid(
              "a rule of kind name needs a name of 1 to " + LONGEST_NAME + " characters");
        }
        if (place.source() == Source.BODY) {
          throw HubProblem.invalid("a span has no body: name " + name + " by another source");
        }
        yield new TransactionRule.Name(name, place);
      }
      case "serial" -> new TransactionRule.Serial(place);
      default -> throw HubProblem.invalid("kind is '" + form.kind() + "', wanted name or serial");
    };
  }

  private static Place place(TransactionApi.TransactionRuleForm form) {
    var text = Optional.ofNullable(form.pattern()).orElse("");
    if (text.isBlank() || text.length() > LONGEST_PATTERN) {
      throw HubProblem.invalid("a rule needs a pattern of 1 to " + LONGEST_PATTERN + " characters");
    }
    var source =
        Parameters.word(Source.class, "source", Optional.ofNullable(form.source()).orElse(""));
    try {
      return new Place(
          source,
          Optional.ofNullable(form.field()).map(String::strip).orElse(""),
          Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw HubProblem.invalid("pattern '" + text + "' is none: " + e.getDescription());
    } catch (IllegalArgumentException e) {
      throw HubProblem.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static TransactionApi.TransactionRuleForm form(TransactionRule rule) {
    var place = rule.place();
    var source = place.source().name().toLowerCase(Locale.ROOT);
    var field = place.field().isEmpty() ? null : place.field();
    var pattern = place.pattern().pattern();
    return switch (rule) {
      case TransactionRule.Name(String name, Place p) ->
          new TransactionApi.TransactionRuleForm("name", name, source, field, pattern);
      case TransactionRule.Serial(Place p) ->
          new TransactionApi.TransactionRuleForm("serial", null, source, field, pattern);
    };
  }
}
