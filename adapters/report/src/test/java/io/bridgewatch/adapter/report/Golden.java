package io.bridgewatch.adapter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole answers kept as files; {@code -Dgolden.update=true} writes them anew for review. */
final class Golden {

  private Golden() {}

  static void assertMatches(String name, String text) {
    assertMatches(Path.of("src/test/resources/golden", name), text);
  }

  static void assertMatches(Path file, String text) {
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
      }
      assertThat(text)
          .as("%s; write it anew with -Dgolden.update=true", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
