package io.bridgewatch.model;

import java.util.Locale;

/**
 * Where in the stack an entity or a cause lives, from what users see down to what can be touched.
 */
public enum Layer {
  BUSINESS,
  WORKLOAD,
  CONTAINER,
  NETWORK,
  NODE,
  HARDWARE;

  /** Lower-case name as written in documents and shown by the API, such as {@code container}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
