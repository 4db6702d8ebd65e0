package io.bridgewatch.bench.metrics;

import io.bridgewatch.bench.discover.Percentiles;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Another engine, in a process of its own, fed the same samples by remote write. */
final class PeerRun {

  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration TO_ANSWER = Duration.ofMinutes(2);
  private static final Duration TO_BE_QUIET = Duration.ofMinutes(3);
  private static final double TICKS_PER_SECOND = 100;

  /** What there is to compare with. */
  enum Peer {
    VICTORIA_METRICS("VictoriaMetrics", "victoria-metrics"),
    PROMETHEUS("Prometheus", "prometheus");

    private final String title;
    private final String program;

    Peer(String title, String program) {
      this.title = title;
      this.program = program;
    }

    String title() {
      return title;
    }

    /** The program, if it is installed. */
    Optional<Path> find() {
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
                "-storageDataPath=" + folder,
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

  private final MetricsOptions options;
  private final Peer peer;
  private final Path program;
  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private String address = "";

  PeerRun(MetricsOptions options, Peer peer, Path program, Path folder) {
    this.options = options;
    this.peer = peer;
    this.program = program;
    this.folder = folder;
  }

  Measures run() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
    int port = freePort();
    address = "http://127.0.0.1:" + port;
    var process =
        new ProcessBuilder(peer.command(program, folder, port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    try {
      awaitStart(process);
      double cpuBefore = cpuSeconds(process.pid());
      long sent = load();
      flush();
      awaitQuiet();
      double cpu = cpuSeconds(process.pid()) - cpuBefore;
      long bytes = Folders.bytes(folder);
      long log = logBytes();
      double resident = residentMiB(process.pid());
      var oneSeries = new ArrayList<Double>();
      var rate = new ArrayList<Double>();
      ask(oneSeries, rate);
      return new Measures(
          peer.title,
          sent,
          cpu,
          Optional.empty(),
          bytes,
          log,
          resident,
          Optional.empty(),
          Percentiles.of(oneSeries),
          Percentiles.of(rate),
          Optional.empty());
    } finally {
      process.destroy();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart(Process process) throws IOException, InterruptedException {
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
        peer.title + " does not answer: " + Files.readString(folder.resolve("output.txt")));
  }

  private int get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(TO_ANSWER).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private long load() throws IOException, InterruptedException {
    var samples = new MadeUpSamples(options.series(), options.start(), options.seed());
    var writer = new RemoteWrite(samples.keys());
    long sent = 0;
    for (int round = 0; round < options.rounds(); round++) {
      samples.next();
      for (int from = 0; from < samples.size(); from += options.batch()) {
        int to = Math.min(samples.size(), from + options.batch());
        var request =
            HttpRequest.newBuilder(URI.create(address + "/api/v1/write"))
                .timeout(TO_ANSWER)
                .header("Content-Encoding", "snappy")
                .header("Content-Type", "application/x-protobuf")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(BodyPublishers.ofByteArray(writer.request(samples, from, to)))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
          throw new IOException(peer.title + " refused samples: " + answer.body());
        }
        sent += to - from;
      }
    }
    return sent;
  }

  private void flush() throws IOException, InterruptedException {
    switch (peer) {
      case VICTORIA_METRICS -> get("/internal/force_flush");
      case PROMETHEUS -> {} // keeps its head in memory and in its log
    }
  }

  /** Waits until its files have not changed for a while: it still merges. */
  private void awaitQuiet() throws IOException {
    long latest = System.nanoTime() + TO_BE_QUIET.toNanos();
    long bytes = -1;
    int same = 0;
    while (same < 10 && System.nanoTime() < latest) {
      long now = Folders.bytes(folder);
      same = now == bytes ? same + 1 : 0;
      bytes = now;
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }

  private long logBytes() throws IOException {
    return switch (peer) {
      case VICTORIA_METRICS -> 0;
      case PROMETHEUS -> Folders.bytes(folder.resolve("data").resolve("wal"));
    };
  }

  private void ask(List<Double> oneSeries, List<Double> rate)
      throws IOException, InterruptedException {
    var random = new SplittableRandom(options.seed());
    for (int i = 0; i < options.queries(); i++) {
      int pod = random.nextInt(Math.max(1, options.series() / MadeUpSamples.PER_POD));
      String one =
          MadeUpSamples.metric(random.nextInt(MadeUpSamples.METRICS))
              + "{k8s_pod_name=\""
              + MadeUpSamples.pod(pod)
              + "\",part=\"part-1\"}";
      oneSeries.add(range(one, Duration.ofHours(6)));
      String events = MadeUpSamples.metric(MadeUpSamples.EVENTS);
      rate.add(range("rate(" + events + "[5m])", Duration.ofHours(1)));
    }
  }

  /** Returns how many seconds the answer took. */
  private double range(String query, Duration length) throws IOException, InterruptedException {
    long end = options.end() / 1000;
    String path =
        "/api/v1/query_range?nocache=1&step=60&start="
            + (end - length.toSeconds())
            + "&end="
            + end
            + "&query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8);
    long before = System.nanoTime();
    int status = get(path);
    if (status != 200) {
      throw new IOException(peer.title + " answered " + status + " to " + query);
    }
    return (System.nanoTime() - before) / 1e9;
  }

  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static double residentMiB(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }
}
