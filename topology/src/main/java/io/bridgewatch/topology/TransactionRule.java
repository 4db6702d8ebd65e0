package io.bridgewatch.topology;

import java.util.regex.Pattern;

/** Tells something of business transactions by what spans and log records show. */
public sealed interface TransactionRule {

  /** Where it looks, and for what. */
  Place place();

  /**
   * Names a transaction by what its entry API shows.
   *
   * @param name such as {@code Transfer}; {@code $1} to {@code $9} stand for what the groups of the
   *     pattern matched, as in {@code Transaction $1} for a code in a header
   * @param place what the entry's span must show
   */
  record Name(String name, Place place) implements TransactionRule {
    /**
     * @throws IllegalArgumentException if the name is blank
     */
    public Name {
      if (name.isBlank()) {
        throw new IllegalArgumentException(
            "cannot use a blank name for a transaction: give it one");
      }
    }
  }

  /**
   * Tells where serial numbers stand, in spans and log records.
   *
   * @param place the first group of its pattern is the number, or the whole where there is none
   */
  record Serial(Place place) implements TransactionRule {}

  /** Where a value stands. */
  enum Source {
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
  record Place(Source source, String field, Pattern pattern) {
    /**
     * @throws IllegalArgumentException if a field lacks, or is there without need
     */
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
