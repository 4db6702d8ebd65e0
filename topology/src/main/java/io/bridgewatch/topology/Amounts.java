package io.bridgewatch.topology;

import io.bridgewatch.model.Attributes;

/**
 * An amount of each resource that is counted here.
 *
 * @param cpu cores
 * @param memory bytes
 * @param pods pieces
 */
public record Amounts(double cpu, double memory, double pods) {

  private static final Amounts NONE = new Amounts(0, 0, 0);

  public static Amounts none() {
    return NONE;
  }

  /**
   * What an entity says under a prefix such as {@link FactNames#ALLOCATABLE}; zero where silent.
   */
  static Amounts of(Attributes attributes, String prefix) {
    return new Amounts(
        number(attributes, prefix + "cpu"),
        number(attributes, prefix + "memory"),
        number(attributes, prefix + "pods"));
  }

  private static double number(Attributes attributes, String name) {
    String text = attributes.getOr(name, "");
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  public Amounts plus(Amounts other) {
    return new Amounts(cpu + other.cpu, memory + other.memory, pods + other.pods);
  }

  public Amounts minus(Amounts other) {
    return new Amounts(cpu - other.cpu, memory - other.memory, pods - other.pods);
  }
}
