package io.bridgewatch.model;

/**
 * Something that exists: its identity and what is known of it at one time.
 *
 * @param attributes descriptive ones, which may change
 */
public record Entity(EntityRef ref, Attributes attributes, Health health) {

  /** An entity of whose health nothing is known. */
  public Entity(EntityRef ref, Attributes attributes) {
    this(ref, attributes, Health.unknown());
  }

  /** All attributes, identifying and descriptive; the identifying ones win. */
  public Attributes allAttributes() {
    return attributes.with(ref.identity());
  }
}
