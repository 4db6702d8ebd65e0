package io.bridgewatch.model;

import java.util.Locale;

/** What sort of thing was observed to be unusual. */
public enum Signal {
  LATENCY,
  ERRORS,
  TRAFFIC,
  CPU,
  MEMORY,
  NETWORK,
  DISK,
  SATURATION,
  LOG_PATTERN,
  CALL_PATTERN,
  EDGE,
  OBJECT_STATE,
  CHANGE,
  SILENCE,
  OTHER;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
