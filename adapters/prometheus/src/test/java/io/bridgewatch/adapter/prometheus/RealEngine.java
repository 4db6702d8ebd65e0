package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program of another's that speaks Prometheus, from the system's packages, in a process. */
final class RealEngine implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Process process;
  private final URI base;
  private final HttpClient client = HttpClient.newHttpClient();

  private RealEngine(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  /** Debian's {@code prometheus}, which takes samples that are up to 60 days late. */
  static RealEngine prometheus(Path folder, String... more) throws Exception {
    var program = program("prometheus");
    int port = freePort();
    Path settings = folder.resolve("prometheus.yml");
    var given = Files.exists(settings) ? Files.readString(settings) : "global: {}\n";
    Files.writeString(settings, given + "storage: {tsdb: {out_of_order_time_window: 60d}}\n");
    var command =
        new ArrayList<>(
            List.of(
                program,
                "--config.file=" + settings,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=100y",
                "--web.enable-remote-write-receiver",
                "--web.listen-address=127.0.0.1:" + port));
    command.addAll(List.of(more));
    return started(command, folder, port, "/-/ready");
  }

  /** Debian's {@code victoria-metrics}. */
  static RealEngine victoriaMetrics(Path folder) throws Exception {
    var program = program("victoria-metrics");
    int port = freePort();
    return started(
        List.of(
            program,
            "-storageDataPath=" + folder.resolve("data"),
            "-retentionPeriod=100y",
            "-search.latencyOffset=0s",
            "-httpListenAddr=127.0.0.1:" + port),
        folder,
        port,
        "/health");
  }

  /** The version of the installed {@code prometheus}, such as 2 and 42. */
  static int[] prometheusVersion() throws Exception {
    var process =
        new ProcessBuilder(program("prometheus"), "--version").redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    var version = Pattern.compile("version (\\d+)\\.(\\d+)").matcher(said);
    assertThat(version.find()).as(said).isTrue();
    return new int[] {Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))};
  }

  URI base() {
    return base;
  }

  /** The text of a page. */
  String get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(LONGEST_START).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static String program(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return Path.of(folder, name).toString();
      }
    }
    var message =
        "SKIPPED: the program " + name + " is not installed; Debian's package has its name";
    System.out.println(message);
    assumeTrue(false, message);
    throw new IllegalStateException("not reached");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static RealEngine started(List<String> command, Path folder, int port, String ready)
      throws Exception {
    Path log = folder.resolve("log");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var engine = new RealEngine(process, URI.create("http://127.0.0.1:" + port));
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!engine.answers(ready)) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
          .as(() -> command + " ended: " + read(log))
          .isFalse();
      assertThat(System.nanoTime()).as(command + " is not ready").isLessThan(end);
    }
    return engine;
  }

  private boolean answers(String path) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(base.resolve(path)).timeout(LONGEST_START).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static String read(Path log) {
    try {
      return Pattern.compile("\\s+").matcher(Files.readString(log)).replaceAll(" ");
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    client.shutdownNow();
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
