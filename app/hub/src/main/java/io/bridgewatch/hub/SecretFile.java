package io.bridgewatch.hub;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A small file that only its owner may read, replaced as a whole. */
final class SecretFile {

  private final Path file;

  SecretFile(Path file) {
    this.file = file;
  }

  /** Empty if there is none yet. */
  Optional<String> read() {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Written beside it first, so that a crash leaves the old or the new content. */
  void write(String text) {
    try {
      Path beside =
          Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", owned());
      try {
        Files.writeString(beside, text);
        Files.move(
            beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new StoreException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private FileAttribute<?>[] owned() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
