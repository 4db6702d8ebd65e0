package io.bridgewatch.scale;

import java.util.Locale;

/** How far a policy may go, from looking on to acting by itself; each includes the ones before. */
public enum ScalingMode {
  /** Evidence is gathered, nothing is decided. */
  OBSERVE,
  /** Decisions are made and judged beside what is in force; nothing is applied. */
  SHADOW,
  /** A person confirms each plan before it is applied. */
  APPROVE,
  /** Plans are applied without asking. */
  AUTO;

  /** As objects spell it, such as {@code Shadow}. */
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ScalingMode of(String word) {
    for (ScalingMode mode : values()) {
      if (mode.word().equals(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "cannot read the mode \"%s\": it is none of Observe, Shadow, Approve, Auto"
            .formatted(word));
  }
}
