package io.bridgewatch.ports;

/** A cursor that this store did not make. */
public final class InvalidCursorException extends RuntimeException {

  public InvalidCursorException(String cursor) {
    super(
        "cannot continue from cursor '"
            + (cursor.length() > 80 ? cursor.substring(0, 80) + "…" : cursor)
            + "'; pass on the value of 'next' unchanged, or none for the first page");
  }
}
