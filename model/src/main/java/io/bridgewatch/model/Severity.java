package io.bridgewatch.model;

/** Severity of a log record, as OpenTelemetry groups its severity numbers. */
public enum Severity {
  UNSPECIFIED,
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /** The group of an OpenTelemetry severity number (1 to 24); anything else is unspecified. */
  public static Severity ofNumber(int number) {
    if (number < 1 || number > 24) {
      return UNSPECIFIED;
    }
    return values()[1 + (number - 1) / 4];
  }
}
