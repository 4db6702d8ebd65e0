package io.bridgewatch.adapter.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is there whole or not at all, whatever happens meanwhile. */
final class ReplacedFile {

  /** Writes what the file is to hold. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  private ReplacedFile() {}

  /**
   * Writes beside the file, forces that to disk and puts it in the file's place. Only the owner can
   * read it.
   */
  static void write(Path file, Content content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.resolveSibling("");
    Path draft = Files.createTempFile(folder, ".bundle-", ".part"); // for its owner only
    try {
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.write(out);
        out.flush();
        channel.force(true);
      }
      Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    try (var channel = FileChannel.open(folder)) { // the name, too, survives a crash
      channel.force(true);
    }
  }

  /** What went wrong, in words: these exceptions often say no more than a path. */
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException e -> "there is no folder " + Path.of(e.getFile()).resolveSibling("");
      case AccessDeniedException e -> "access to " + e.getFile() + " is denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
