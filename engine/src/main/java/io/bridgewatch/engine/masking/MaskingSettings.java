package io.bridgewatch.engine.masking;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to hide, and what to show in its place.
 *
 * @param kinds which of the known kinds
 * @param patterns further expressions; a whole match is hidden
 */
public record MaskingSettings(Set<SensitiveKind> kinds, List<Pattern> patterns, Shown shown) {

  /** Everything known, with the last four characters left. */
  public static final MaskingSettings DEFAULTS =
      new MaskingSettings(EnumSet.allOf(SensitiveKind.class), List.of(), new Shown.LastFour());

  public MaskingSettings {
    kinds = Set.copyOf(kinds);
    patterns = List.copyOf(patterns);
  }

  /** What stands in place of what was hidden. */
  public sealed interface Shown {

    /** The kind alone. */
    record Nothing() implements Shown {}

    /** The kind and the last four characters; of an e-mail its host; of secrets the kind alone. */
    record LastFour() implements Shown {}

    /**
     * The kind and 16 hexadecimal digits that are the same for the same value, so that it can be
     * followed without being known (HMAC-SHA-256).
     *
     * @param key kept secret: who has it can try out values
     */
    record Digest(byte[] key) implements Shown {
      /**
       * @throws IllegalArgumentException if the key has fewer than 16 bytes
       */
      public Digest {
        if (key.length < 16) {
          throw new IllegalArgumentException(
              "the key of a digest has " + key.length + " bytes, wanted at least 16");
        }
        key = key.clone();
      }

      @Override
      public byte[] key() {
        return key.clone();
      }
    }
  }
}
