package io.bridgewatch.adapter.otlp;

/** Tells who may send telemetry. Safe for use by several threads. */
public interface TokenChecker {

  /**
   * @param bearerToken what follows {@code Bearer } in the header {@code authorization}; empty if
   *     there is none
   */
  boolean accepts(String bearerToken);
}
