package io.bridgewatch.bench.engines;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An engine that is installed on this machine, started for a bench. */
public final class OtherEngine implements MetricEngine {

  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration TO_ANSWER = Duration.ofMinutes(2);

  /** What there is to compare with. */
  public enum Kind {
    VICTORIA_METRICS("VictoriaMetrics", "victoria-metrics"),
    PROMETHEUS("Prometheus", "prometheus");

    private final String title;
    private final String program;

    Kind(String title, String program) {
      this.title = title;
      this.program = program;
    }

    public String title() {
      return title;
    }

    /** The program, if it is installed. */
    public Optional<Path> find() {
      for (String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
        var file = Path.of(folder, program);
        if (Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
      return Optional.empty();
    }

    private List<String> command(Path file, Path folder, int port) {
      return switch (this) {
        case VICTORIA_METRICS ->
            List.of(
                file.toString(),
                "-storageDataPath=" + folder.resolve("data"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-loggerLevel=ERROR");
        case PROMETHEUS ->
            List.of(
                file.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--log.level=error");
      };
    }
  }

  private final Kind kind;
  private final Path folder;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  private OtherEngine(Kind kind, Path folder, Process process, String address) {
    this.kind = kind;
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it; returns when it answers.
   *
   * @param folder for all that it keeps
   * @throws IOException if it does not start
   */
  public static OtherEngine start(Kind kind, Path program, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
    int port = freePort();
    var process =
        new ProcessBuilder(kind.command(program, folder, port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    var engine = new OtherEngine(kind, folder, process, "http://127.0.0.1:" + port);
    try {
      engine.awaitStart();
      return engine;
    } catch (IOException | InterruptedException e) {
      engine.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException, InterruptedException {
    long latest = System.nanoTime() + TO_START.toNanos();
    while (System.nanoTime() < latest && process.isAlive()) {
      try {
        if (get("/api/v1/query?query=1") == 200) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new IOException(
        kind.title + " does not answer: " + Files.readString(folder.resolve("output.txt")));
  }

  private int get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(TO_ANSWER).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Override
  public String title() {
    return kind.title;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public HttpRequest.Builder write() {
    return HttpRequest.newBuilder(URI.create(address + "/api/v1/write"))
        .timeout(TO_ANSWER)
        .header("Content-Encoding", "snappy")
        .header("Content-Type", "application/x-protobuf")
        .header("X-Prometheus-Remote-Write-Version", "0.1.0");
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    switch (kind) {
      case VICTORIA_METRICS -> get("/internal/force_flush");
      case PROMETHEUS -> {} // keeps its head in memory and in its log
    }
  }

  @Override
  public long bytes() throws IOException {
    return Folders.bytes(folder.resolve("data"));
  }

  @Override
  public long logBytes() throws IOException {
    return switch (kind) {
      case VICTORIA_METRICS -> 0;
      case PROMETHEUS -> Folders.bytes(folder.resolve("data").resolve("wal"));
    };
  }

  @Override
  public double oneSeries(String metric, String pod, String part, Instant end, Duration length)
      throws IOException, InterruptedException {
    return range(metric + "{pod=\"" + pod + "\",part=\"" + part + "\"}", end, length);
  }

  @Override
  public double rate(String metric, Instant end, Duration length)
      throws IOException, InterruptedException {
    return range("rate(" + metric + "[5m])", end, length);
  }

  private double range(String query, Instant end, Duration length)
      throws IOException, InterruptedException {
    long last = end.getEpochSecond();
    String path =
        "/api/v1/query_range?nocache=1&step=60&start="
            + (last - length.toSeconds())
            + "&end="
            + last
            + "&query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8);
    long before = System.nanoTime();
    int status = get(path);
    if (status != 200) {
      throw new IOException(kind.title + " answered " + status + " to " + query);
    }
    return (System.nanoTime() - before) / 1e9;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    client.close();
  }
}
