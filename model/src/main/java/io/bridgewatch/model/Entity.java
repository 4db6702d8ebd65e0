package io.bridgewatch.model;

/** Something that exists: its identity and what is known of it at one time. */
public record Entity(EntityRef ref, Attributes attributes) {

  /** All attributes, identifying and descriptive; the identifying ones win. */
  public Attributes allAttributes() {
    return attributes.with(ref.identity());
  }
}
