package io.bridgewatch.model;

/** An entity that looked guilty and is not, with the reason. */
public record RuledOut(EntityRef entity, Reason reason, Fact fact) {

  /** Why it was ruled out. */
  public enum Reason {
    /** What it calls explains its trouble. */
    EXPLAINED_BY_DEPENDENCY,
    /** No call or placement leads from it to the symptom. */
    NO_PATH_TO_SYMPTOM,
    /** It changed only after users were hurt. */
    STARTED_AFTER_SYMPTOM,
    /** It moved, but by little against others. */
    TOO_SMALL,
    /** The change was made, and nothing near it moved. */
    CHANGE_WITHOUT_EFFECT
  }
}
