package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction;
import io.bridgewatch.ports.MetricSelector;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Questions about metrics, read from the JSON form and checked. */
final class MetricExpressions {

  private static final int DEEPEST = 8;
  private static final int LONGEST_PATTERN = 1_000;

  private MetricExpressions() {}

  /**
   * The query.
   *
   * @throws HubProblem naming the field that is missing or wrong
   */
  static MetricQuery query(SignalApi.@Nullable MetricExpression expression) {
    return query(expression, "query", 1);
  }

  private static MetricQuery query(
      SignalApi.@Nullable MetricExpression given, String field, int depth) {
    var expression = required(given, field);
    if (depth > DEEPEST) {
      throw HubProblem.invalid(field + " is more than " + DEEPEST + " levels deep");
    }
    try {
      return switch (required(expression.kind(), field + ".kind")) {
        case "select" -> new MetricQuery.Select(selector(expression, field));
        case "rate" -> new MetricQuery.Rate(selector(expression, field), window(expression, field));
        case "increase" ->
            new MetricQuery.Increase(selector(expression, field), window(expression, field));
        case "over-time" ->
            new MetricQuery.OverTime(
                selector(expression, field),
                window(expression, field),
                reduction(expression, field));
        case "aggregate" ->
            new MetricQuery.Aggregate(
                query(expression.of(), field + ".of", depth + 1),
                reduction(expression, field),
                names(expression.by()));
        case "histogram-quantile" ->
            new MetricQuery.HistogramQuantile(
                required(expression.quantile(), field + ".quantile"),
                query(expression.of(), field + ".of", depth + 1));
        case "ratio" ->
            new MetricQuery.Ratio(
                query(expression.of(), field + ".of", depth + 1),
                query(expression.per(), field + ".per", depth + 1));
        default ->
            throw HubProblem.invalid(
                field
                    + ".kind is '"
                    + expression.kind()
                    + "', wanted one of select, rate, increase, over-time, aggregate,"
                    + " histogram-quantile, ratio");
      };
    } catch (IllegalArgumentException e) {
      throw HubProblem.invalid(field + ": " + e.getMessage());
    }
  }

  private static MetricSelector selector(SignalApi.MetricExpression expression, String field) {
    var where = expression.where();
    return new MetricSelector(
        Parameters.given(expression.metric()),
        where == null
            ? List.of()
            : where.stream().map(filter -> match(filter, field + ".where")).toList());
  }

  private static AttributeMatch match(SignalApi.@Nullable AttributeFilter given, String field) {
    var filter = required(given, field);
    var attribute = required(filter.attribute(), field + ".attribute");
    var values = required(filter.values(), field + ".values");
    return switch (required(filter.test(), field + ".test")) {
      case "one-of" -> new AttributeMatch.OneOf(attribute, new HashSet<>(values));
      case "none-of" -> new AttributeMatch.NoneOf(attribute, new HashSet<>(values));
      case "like" -> new AttributeMatch.Like(attribute, pattern(values, field), true);
      case "unlike" -> new AttributeMatch.Like(attribute, pattern(values, field), false);
      default ->
          throw HubProblem.invalid(
              field
                  + ".test is '"
                  + filter.test()
                  + "', wanted one of one-of, none-of, like, unlike");
    };
  }

  private static Pattern pattern(List<String> values, String field) {
    if (values.size() != 1 || values.getFirst().length() > LONGEST_PATTERN) {
      throw HubProblem.invalid(
          field + ".values needs one expression of at most " + LONGEST_PATTERN + " characters");
    }
    try {
      return Pattern.compile(values.getFirst());
    } catch (PatternSyntaxException e) {
      throw HubProblem.invalid(field + ".values is no regular expression: " + e.getMessage());
    }
  }

  private static Duration window(SignalApi.MetricExpression expression, String field) {
    return seconds(
        required(expression.windowSeconds(), field + ".windowSeconds"), field + ".windowSeconds");
  }

  /**
   * A duration to the millisecond.
   *
   * @throws HubProblem unless it is positive and at most a year
   */
  static Duration seconds(double seconds, String field) {
    if (!(seconds >= 0.001 && seconds <= Duration.ofDays(366).toSeconds())) {
      throw HubProblem.invalid(field + " is " + seconds + ", wanted 0.001 to a year");
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static Reduction reduction(SignalApi.MetricExpression expression, String field) {
    var word = required(expression.reduction(), field + ".reduction");
    return word.equals("quantile")
        ? new Reduction.Quantile(required(expression.quantile(), field + ".quantile"))
        : Parameters.word(Reduction.Simple.class, field + ".reduction", word);
  }

  private static Set<String> names(@Nullable List<String> by) {
    return by == null ? Set.of() : new HashSet<>(by);
  }

  private static <T> T required(@Nullable T value, String field) {
    return Optional.ofNullable(value).orElseThrow(() -> HubProblem.invalid(field + " is missing"));
  }
}
