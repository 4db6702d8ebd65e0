package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** Runs of the command line in this process, and small bundles for them. */
final class Runs {

  private Runs() {}

  /** What a run left. */
  record Result(int code, String out, String err) {}

  static Result run(String locale, String... args) {
    return run(Map.of("LANG", locale), args);
  }

  static Result run(Map<String, String> environment, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            stream(out),
            stream(err),
            environment,
            ZoneId.of("UTC"),
            () -> Instant.parse("2026-03-01T12:00:00Z"));
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Console console(ByteArrayOutputStream err) {
    return new Console(
        stream(new ByteArrayOutputStream()), stream(err), Language.EN, ZoneId.of("UTC"));
  }

  /** A bundle in which nothing was observed. */
  static Path bundle(Path folder, String name) throws IOException {
    Path bundle = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        bundle.resolve("bundle.json"),
        """
        {"format": "bridgewatch.incident-bundle/v1", "name": "%s",
         "window": {"from": "2026-03-02T02:00:00Z", "to": "2026-03-02T02:30:00Z"}}
        """
            .formatted(bundle.getFileName()));
    return bundle;
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
