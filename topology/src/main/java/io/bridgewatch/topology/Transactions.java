package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.topology.TransactionRule.Place;
import io.bridgewatch.topology.TransactionRule.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks entry spans and log records with the business transaction that they belong to, so that a
 * store finds them by it: the name as {@code bridgewatch.transaction.name}, the serial number as
 * {@code bridgewatch.transaction.serial}. From there the trace id leads to the rest.
 *
 * <p>The first rule that fits names an entry: a server's or consumer's span, or one without parent.
 * A name that the source gave itself is kept. Serial numbers are looked for in every span and
 * record.
 *
 * @param rules in order of precedence
 */
public record Transactions(List<TransactionRule> rules) {

  /** The attribute of a transaction's serial number. */
  public static final String SERIAL = "bridgewatch.transaction.serial";

  private static final int LONGEST = 4_096;
  private static final int LONGEST_FOUND = 128;

  public Transactions {
    rules = List.copyOf(rules);
  }

  /** What works without any setting: names and numbers that senders commonly give. */
  public static Transactions usual() {
    var rules = new ArrayList<TransactionRule>();
    var whole = Pattern.compile("^\\s*(\\S(?:.*\\S)?)\\s*$");
    for (String field : List.of("transaction.name", "transaction.code", "txn.code", "trans.code")) {
      rules.add(new TransactionRule.Name("$1", new Place(Source.ATTRIBUTE, field, whole)));
    }
    for (String field : List.of("x-transaction-name", "x-transaction-code", "x-trans-code")) {
      rules.add(new TransactionRule.Name("$1", new Place(Source.HEADER, field, whole)));
    }
    for (String field :
        List.of("transaction.serial", "transaction.id", "txn.id", "serial.number", "serialNo")) {
      rules.add(new TransactionRule.Serial(new Place(Source.ATTRIBUTE, field, whole)));
    }
    for (String field : List.of("x-transaction-id", "x-serial-no")) {
      rules.add(new TransactionRule.Serial(new Place(Source.HEADER, field, whole)));
    }
    rules.add(
        new TransactionRule.Serial(
            new Place(
                Source.BODY,
                "",
                Pattern.compile(
                    "(?:[sS]erial[_ ]?(?:[nN]o|[nN]um|[nN]umber)"
                        + "|(?:[tT]xn|[tT]rans(?:action)?)[_ ]?(?:[iI]d|[nN]o|[sS]erial)|流水号)"
                        + "[\"']?\\s*[:=：]\\s*[\"']?([A-Za-z0-9][A-Za-z0-9_-]{5,63})"))));
    return new Transactions(rules);
  }

  /**
   * The span with what is known of its transaction.
   *
   * @param shown what to keep of a serial number, which may hold what nobody may see
   */
  public Span marked(Span span, UnaryOperator<String> shown) {
    Attributes attributes = span.attributes();
    if (isEntry(span) && !attributes.has(AttributeNames.TRANSACTION)) {
      Optional<String> name = name(span);
      if (name.isPresent()) {
        attributes = attributes.with(AttributeNames.TRANSACTION, name.get());
      }
    }
    attributes = withSerial(attributes, source -> value(source, span), shown);
    return attributes.equals(span.attributes()) ? span : span.withAttributes(attributes);
  }

  /** The record with its transaction's serial number, where it tells one. */
  public LogRecord marked(LogRecord record, UnaryOperator<String> shown) {
    Attributes attributes = withSerial(record.attributes(), source -> value(source, record), shown);
    return attributes.equals(record.attributes()) ? record : record.withAttributes(attributes);
  }

  private Attributes withSerial(Attributes given, Values values, UnaryOperator<String> shown) {
    Optional<String> serial = given.get(SERIAL).or(() -> serial(values)).map(shown);
    return serial.isEmpty() || serial.equals(given.get(SERIAL))
        ? given
        : given.with(SERIAL, serial.get());
  }

  private static boolean isEntry(Span span) {
    return span.parentSpanId().isEmpty()
        || span.kind() == SpanKind.SERVER
        || span.kind() == SpanKind.CONSUMER;
  }

  private Optional<String> name(Span entry) {
    for (TransactionRule rule : rules) {
      if (rule instanceof TransactionRule.Name(String name, Place place)) {
        Optional<String> filled =
            match(place, value(place, entry))
                .map(match -> cut(filledIn(name, match).strip()))
                .filter(text -> !text.isEmpty());
        if (filled.isPresent()) {
          return filled;
        }
      }
    }
    return Optional.empty();
  }

  private static String cut(String text) {
    return text.length() > LONGEST_FOUND ? text.substring(0, LONGEST_FOUND) : text;
  }

  private interface Values {
    Optional<String> at(Place place);
  }

  private Optional<String> serial(Values values) {
    for (TransactionRule rule : rules) {
      Optional<String> serial =
          rule instanceof TransactionRule.Serial(Place place)
              ? match(place, values.at(place))
                  .map(match -> match.groupCount() > 0 ? match.group(1) : match.group())
                  .filter(found -> found != null && !found.isEmpty())
                  .map(Transactions::cut)
              : Optional.empty();
      if (serial.isPresent()) {
        return serial;
      }
    }
    return Optional.empty();
  }

  private static Optional<MatchResult> match(Place place, Optional<String> value) {
    return value
        .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text)
        .map(text -> place.pattern().matcher(text))
        .filter(Matcher::find)
        .map(Matcher::toMatchResult);
  }

  private static Optional<String> value(Place place, Span span) {
    Attributes attributes = span.attributes();
    return switch (place.source()) {
      case ROUTE -> Optional.of(route(span));
      case HEADER ->
          attributes
              .get("http.request.header." + place.field().toLowerCase(Locale.ROOT))
              .map(Transactions::only);
      case ATTRIBUTE -> attributes.get(place.field()).or(() -> span.resource().get(place.field()));
      case BODY -> Optional.empty();
    };
  }

  private static Optional<String> value(Place place, LogRecord record) {
    return switch (place.source()) {
      case BODY -> Optional.of(record.body());
      case ATTRIBUTE -> record.attributes().get(place.field());
      case ROUTE, HEADER -> Optional.empty();
    };
  }

  /** A header is recorded as a list of its values; mostly there is one. */
  private static String only(String list) {
    return list.startsWith("[\"") && list.endsWith("\"]")
        ? list.substring(2, list.length() - 2)
        : list;
  }

  /** As instrumentations name it, old and new: "POST /transfers"; else the span's name. */
  private static String route(Span span) {
    Attributes attributes = span.attributes();
    Optional<String> path =
        attributes
            .get("http.route")
            .or(() -> attributes.get("url.path"))
            .or(() -> attributes.get("http.target"));
    String method =
        attributes.get("http.request.method").or(() -> attributes.get("http.method")).orElse("");
    return path.map(found -> (method + " " + found).strip()).orElse(span.name());
  }

  /** The name with the groups of a match in place of {@code $1} to {@code $9}. */
  private static String filledIn(String name, MatchResult match) {
    var out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int group = c == '$' && i + 1 < name.length() ? Character.digit(name.charAt(i + 1), 10) : 0;
      if (group > 0) {
        String text = group <= match.groupCount() ? match.group(group) : null;
        out.append(text == null ? "" : text);
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
