package io.bridgewatch.ports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps recordings as they came, by the SHA-256 of their bytes. What {@link #keep} has returned
 * from survives a crash.
 */
public interface BundleArchive {

  /**
   * Takes a file over: it is moved into the archive, or deleted if the archive has it already.
   *
   * @param file on the file system of the archive
   * @param name what it was called; only its ending matters, which tells the format
   */
  Kept keep(Path file, String name) throws IOException;

  /** Where a recording lies; it may be read, not changed. */
  Optional<Path> find(String digest);

  /** Deletes a recording; does nothing if there is none. */
  void remove(String digest) throws IOException;

  /** Digests of all that is kept. */
  List<String> digests() throws IOException;

  /**
   * @param digest SHA-256 in lower-case hexadecimal
   * @param isNew false if the archive had it already
   */
  record Kept(String digest, Path path, long sizeBytes, boolean isNew) {}
}
