package io.bridgewatch.ports;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.util.List;

/**
 * A recording that was imported, or that a live incident rests on.
 *
 * @param digest SHA-256 of its archive in lower-case hexadecimal; identifies it
 * @param name as the recording calls itself; several may share one
 * @param importedAt when it was taken in
 * @param sizeBytes of its archive
 * @param incidents how many were found in it
 */
public record StoredBundle(
    String digest,
    String name,
    Window window,
    Instant importedAt,
    long sizeBytes,
    int incidents,
    List<Bundle.Rejection> rejections) {

  public StoredBundle {
    rejections = List.copyOf(rejections);
  }
}
