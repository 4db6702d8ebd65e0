package io.bridgewatch.telemetry;

/**
 * Bytes are not of the shape that their format says. Has no stack trace: senders bring it about as
 * often as they like.
 */
public final class ShapeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ShapeException(String message) {
    super(message, null, false, false);
  }
}
