package io.bridgewatch.bench.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders of stores. */
public final class Folders {

  private Folders() {}

  /** What all files below take; those that go meanwhile count nothing, nor does no folder. */
  public static long bytes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long bytes = 0;
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file)) {
          bytes += size(file);
        }
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return bytes(folder);
      }
      throw e.getCause();
    }
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  public static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
