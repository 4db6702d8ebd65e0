package io.bridgewatch.kubernetes.server;

/** resourceVersions, which clients must not read but servers may. */
final class Versions {
  private Versions() {}

  static long parse(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(
          "Invalid value: \"%s\": resourceVersion is no number".formatted(text));
    }
  }
}
