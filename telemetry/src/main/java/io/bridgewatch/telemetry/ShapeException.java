package io.bridgewatch.telemetry;

/** Bytes are not of the shape that their format says. */
public final class ShapeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ShapeException(String message) {
    super(message);
  }
}
