package io.bridgewatch.engine.masking;

/** What is hidden. */
public enum SensitiveKind {
  /** Payment cards: a known issuer's digits, and a check digit that is right (Luhn). */
  CARD,
  /** Chinese resident ids of 18 characters, with a date of birth and check character that fit. */
  CHINESE_ID,
  /** Mobile phones of mainland China, with or without +86. */
  MOBILE_PHONE,
  EMAIL,
  /** Passwords, keys, cookies and tokens, by the name before them or by their form. */
  SECRET
}
