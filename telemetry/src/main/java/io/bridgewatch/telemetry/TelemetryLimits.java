package io.bridgewatch.telemetry;

import io.bridgewatch.model.Attributes;
import java.util.Optional;

/**
 * How much a message may ask for. A message beyond the first two is refused whole; a record beyond
 * another is rejected alone.
 *
 * @param maxMessageBytes bytes of a message, unpacked
 * @param maxDepth how deep it may nest
 * @param maxRecords points, exemplars, spans or log records of a message
 * @param maxAttributes of a record, and of its resource
 * @param maxTextLength characters of a name, an attribute's name or its value
 * @param maxBodyLength characters of a log record's body
 * @param maxBuckets of a histogram
 */
public record TelemetryLimits(
    int maxMessageBytes,
    int maxDepth,
    int maxRecords,
    int maxAttributes,
    int maxTextLength,
    int maxBodyLength,
    int maxBuckets) {

  /**
   * 8 MiB, 64 levels, 100,000 records, 128 attributes, 4,096 characters, 262,144 of a body, 320
   * buckets.
   */
  public static final TelemetryLimits DEFAULT =
      new TelemetryLimits(8 << 20, 64, 100_000, 128, 4_096, 256 << 10, 320);

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  public TelemetryLimits {
    if (maxMessageBytes <= 0
        || maxDepth <= 0
        || maxRecords <= 0
        || maxAttributes <= 0
        || maxTextLength <= 0
        || maxBodyLength <= 0
        || maxBuckets <= 0) {
      throw new IllegalArgumentException("a limit of telemetry messages is not positive");
    }
  }

  /** For recordings, which have limits of their own: nothing but the depth is limited. */
  public static TelemetryLimits ofDepth(int maxDepth) {
    int any = Integer.MAX_VALUE;
    return new TelemetryLimits(any, maxDepth, any, any, any, any, any);
  }

  /**
   * @throws UnreadableMessageException if a message may not have so many bytes
   */
  void checkSize(int bytes) throws UnreadableMessageException {
    if (bytes > maxMessageBytes) {
      throw new UnreadableMessageException(
          UnreadableMessageException.Reason.TOO_LARGE,
          "cannot read a message of "
              + bytes
              + " bytes: the limit is "
              + maxMessageBytes
              + "; send smaller batches",
          null);
    }
  }

  /** What is too much about these attributes; empty if nothing is. */
  public Optional<Rejection> flaw(Attributes attributes) {
    if (attributes.size() > maxAttributes) {
      return Optional.of(Rejection.TOO_MANY_ATTRIBUTES);
    }
    for (var attribute : attributes.asMap().entrySet()) {
      if (isTooLong(attribute.getKey()) || isTooLong(attribute.getValue())) {
        return Optional.of(Rejection.TEXT_TOO_LONG);
      }
    }
    return Optional.empty();
  }

  public boolean isTooLong(String text) {
    return text.length() > maxTextLength;
  }

  /** How many attributes are worth reading: one more than may be, so that it shows. */
  boolean isWorthReading(int attributesSoFar) {
    return attributesSoFar <= maxAttributes;
  }
}
