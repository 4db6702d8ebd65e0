package io.bridgewatch.adapter.prometheus;

/** Prometheus' words for units, as UCUM spells them. */
final class Units {
  private Units() {}

  /** Base units are translated; others stay as they are said. */
  static String ucum(String unit) {
    return switch (unit) {
      case "seconds" -> "s";
      case "milliseconds" -> "ms";
      case "bytes" -> "By";
      case "ratio", "ratios" -> "1";
      case "celsius" -> "Cel";
      case "meters" -> "m";
      case "grams" -> "g";
      case "joules" -> "J";
      case "volts" -> "V";
      case "amperes" -> "A";
      case "watts" -> "W";
      case "hertz" -> "Hz";
      default -> unit;
    };
  }
}
