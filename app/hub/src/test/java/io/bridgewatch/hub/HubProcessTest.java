package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub as a process of its own. */
class HubProcessTest {

  private static Process start(String... args) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-cp",
                System.getProperty("java.class.path"),
                HubApplication.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).start();
  }

  private static List<String> untilReady(BufferedReader console) throws IOException {
    var lines = new ArrayList<String>();
    String line;
    while ((line = console.readLine()) != null) {
      lines.add(line);
      if (line.startsWith("Bridgewatch is ready at http://127.0.0.1:")) {
        return lines;
      }
    }
    throw new AssertionError("ended before it was ready: " + lines);
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void startsSaysSoKeepsOthersOutAndStopsWhenAsked(@TempDir Path directory) throws Exception {
    var hub = start("--http-port=0", "--data-dir=" + directory);
    try (var console = hub.inputReader()) {
      assertThat(untilReady(console)).hasSize(2);

      var second = start("--http-port=0", "--data-dir=" + directory);
      assertThat(errors(second))
          .contains("bridgewatch: cannot use data directory " + directory)
          .contains("another Bridgewatch process uses it")
          .hasLineCount(1);
      assertThat(second.waitFor()).isEqualTo(1);

      hub.toHandle().destroy(); // SIGTERM
      assertThat(console.readLine()).as("nothing more on the console").isNull();
      assertThat(errors(hub)).isEmpty();
      assertThat(hub.waitFor()).isIn(0, 143);
    }
    assertThat(directory.resolve("bridgewatch.db-wal")).as("closed in order").doesNotExist();
  }

  @Test
  void aPortInUseIsToldInOneLine(@TempDir Path directory) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var hub = start("--http-port=" + taken.getLocalPort(), "--data-dir=" + directory);
      assertThat(errors(hub))
          .isEqualToIgnoringNewLines(
              "bridgewatch: cannot listen on port "
                  + taken.getLocalPort()
                  + ": it is in use; choose another with --http-port");
      assertThat(hub.waitFor()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownOptionIsToldInOneLine() throws Exception {
    var hub = start("--port=1");
    assertThat(errors(hub))
        .isEqualToIgnoringNewLines(
            "bridgewatch: unknown option '--port=1'; --help lists the known ones");
    assertThat(hub.waitFor()).isEqualTo(2);
  }
}
