package io.bridgewatch.drill.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scorecards as JSON documents; {@code docs/reference/scorecard.schema.json} describes them. What
 * is empty is null.
 */
public final class ScorecardJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ScorecardJson() {}

  public static String write(Scorecard card) {
    return JSON.writeValueAsString(card) + "\n";
  }

  /**
   * @throws IllegalArgumentException if it is no scorecard of a format that is known
   */
  public static Scorecard read(String json) {
    try {
      var card = JSON.readValue(json, Scorecard.class);
      if (card.format() != Scorecard.FORMAT) {
        throw new IllegalArgumentException(
            "cannot read a scorecard of format %d: this version knows %d; score anew"
                .formatted(card.format(), Scorecard.FORMAT));
      }
      return card;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("this is no scorecard: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no scorecard
   */
  public static Scorecard read(Path file) {
    try {
      return read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
