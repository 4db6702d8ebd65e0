package io.bridgewatch.drill.cluster;

import tools.jackson.databind.JsonNode;

/** Numbers that may be shares of a whole: {@code 2}, {@code "25%"}. */
final class Shares {
  private Shares() {}

  static int up(JsonNode share, int whole) {
    return (int) Math.ceil(of(share, whole));
  }

  static int down(JsonNode share, int whole) {
    return (int) Math.floor(of(share, whole));
  }

  private static double of(JsonNode share, int whole) {
    var text = share.asString("0");
    return text.endsWith("%")
        ? Integer.parseInt(text.substring(0, text.length() - 1)) * whole / 100.0
        : Integer.parseInt(text);
  }
}
