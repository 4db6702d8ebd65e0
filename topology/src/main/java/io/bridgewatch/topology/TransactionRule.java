package io.bridgewatch.topology;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a business transaction by what its entry API shows, and tells where its serial number
 * stands.
 *
 * @param name such as {@code Transfer}; {@code $1} to {@code $9} stand for what the groups of the
 *     entry's pattern matched, as in {@code Transaction $1} for a code in a header
 * @param entry what the entry's span must show
 * @param serials where serial numbers stand, in spans and log records; the first group of the
 *     pattern is the number, or the whole where there is none
 */
public record TransactionRule(String name, Place entry, Optional<Place> serials) {

  /**
   * @throws IllegalArgumentException if the name is blank
   */
  public TransactionRule {
    if (name.isBlank()) {
      throw new IllegalArgumentException("cannot use a blank name for a transaction: give it one");
    }
  }

  /** A rule by the route of the entry API, such as {@code POST /api/transfers} or a part of it. */
  public static TransactionRule ofRoute(String name, Pattern route, Optional<Place> serials) {
    return new TransactionRule(name, new Place(Source.ROUTE, "", route), serials);
  }

  /** Where a value stands. */
  public enum Source {
    /** Method and route of a span, such as {@code GET /orders/{id}}; the path without a route. */
    ROUTE,
    /** A header of the request, where the instrumentation records it. */
    HEADER,
    /** An attribute of a span or of a log record. */
    ATTRIBUTE,
    /** The body of a log record. */
    BODY
  }

  /**
   * A value and what it must look like.
   *
   * @param field the name of the header or the attribute; not used otherwise
   * @param pattern to be found in the value's first 4,096 characters
   */
  public record Place(Source source, String field, Pattern pattern) {
    public Place {
      boolean needsField = source == Source.HEADER || source == Source.ATTRIBUTE;
      if (needsField == field.isBlank()) {
        throw new IllegalArgumentException(
            "cannot use \""
                + field
                + "\" as field of "
                + source
                + ": wanted "
                + (needsField ? "a name" : "none"));
      }
    }
  }
}
