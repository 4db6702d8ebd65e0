package io.bridgewatch.cli;

import io.bridgewatch.scale.LoadText;
import io.bridgewatch.scale.LoadTrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Loads on disk: {@code .csv} as {@link LoadText} has it, and the same compressed. */
final class LoadFiles {

  private static final String PLAIN = ".csv";
  private static final String COMPRESSED = ".csv.gz";

  private LoadFiles() {}

  /**
   * Those of a folder by name, or the one file itself.
   *
   * @throws IOException if there is none
   */
  static List<Path> in(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    try (Stream<Path> files = Files.list(place)) {
      List<Path> found =
          files
              .filter(
                  file -> file.toString().endsWith(PLAIN) || file.toString().endsWith(COMPRESSED))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new IOException("no file there ends with .csv or .csv.gz");
      }
      return found;
    }
  }

  /** Without the folder and the ending. */
  static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.replaceFirst("\\.csv(\\.gz)?$", "");
  }

  /**
   * @throws IOException if it cannot be read or does not hold a load
   */
  static LoadTrace read(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        var lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      return LoadText.parse(lines.lines().toList());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
