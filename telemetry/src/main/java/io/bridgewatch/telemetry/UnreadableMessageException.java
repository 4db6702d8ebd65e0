package io.bridgewatch.telemetry;

import org.jspecify.annotations.Nullable;

/** A message cannot be read as a whole; nothing of it is used. */
public final class UnreadableMessageException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** The bytes are not the format they should be. */
    BROKEN("BrokenMessage"),
    /** More bytes than may be, as they came or unpacked. */
    TOO_LARGE("MessageTooLarge"),
    /** A format or compression that is not read here. */
    UNSUPPORTED("UnsupportedFormat");

    private final String id;

    Reason(String id) {
      this.id = id;
    }

    /** As people search for it. */
    public String id() {
      return id;
    }
  }

  private final Reason reason;

  public UnreadableMessageException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
