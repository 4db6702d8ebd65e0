package io.bridgewatch.ports;

/** The store could not do what was asked; nothing of it was done. */
public final class StoreException extends RuntimeException {

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
