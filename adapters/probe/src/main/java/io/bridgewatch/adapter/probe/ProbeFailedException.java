package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.ProbeResult.Failure;
import io.bridgewatch.model.ProbeResult.Reason;
import org.jspecify.annotations.Nullable;

/** Ends a run that cannot succeed any more. */
final class ProbeFailedException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  ProbeFailedException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Failure failure() {
    return new Failure(reason, String.valueOf(getMessage()));
  }
}
