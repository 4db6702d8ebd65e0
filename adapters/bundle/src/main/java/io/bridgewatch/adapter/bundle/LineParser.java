package io.bridgewatch.adapter.bundle;

import io.bridgewatch.telemetry.ShapeException;
import tools.jackson.core.JsonParser;

/**
 * Takes one line of a file. A line counts whole or not at all: what {@link #parse} throws leaves
 * nothing behind, and {@link #commit} follows only after a line without a fault.
 */
interface LineParser {

  /**
   * Reads the line with the parser on its first token.
   *
   * @throws tools.jackson.core.JacksonException if it is not JSON
   * @throws ShapeException if it is JSON of another shape
   */
  void parse(JsonParser parser);

  /** Keeps what the line held. */
  void commit(Place place) throws BundleException;

  /** Forgets what the line held. */
  void discard();
}
