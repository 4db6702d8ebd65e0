package io.bridgewatch.bench.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub in a process of its own, spoken to over HTTP as users and senders do. */
public final class HubProcess implements MetricEngine {

  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String MAIN = "io.bridgewatch.hub.HubApplication";
  private static final String READY = "Bridgewatch is ready at ";
  private static final String PASSWORD = "Initial password of admin (shown once): ";
  private static final Duration TO_ANSWER = Duration.ofMinutes(2);
  private static final Duration TO_STOP = Duration.ofMinutes(2);
  private static final Pattern HEAP = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

  private final Settings settings;
  private final Process process;
  private final Duration startUp;
  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String cookie = "";
  private String csrf = "";
  private String token = "";

  /**
   * How to start a hub.
   *
   * @param classPath with the hub and all that it needs
   * @param heap the most, such as {@code 4g}
   * @param folder where it keeps its data, over restarts too
   */
  public record Settings(String classPath, String heap, Path folder) {

    private Path data() {
      return folder.resolve("data");
    }

    private Path password() {
      return folder.resolve("password");
    }

    private Path collections() {
      return folder.resolve("gc.log");
    }
  }

  private HubProcess(Settings settings, Process process, Duration startUp, String address) {
    this.settings = settings;
    this.process = process;
    this.startUp = startUp;
    this.address = address;
  }

  /**
   * Starts it, logs in and opens the intake; returns when it is ready.
   *
   * @throws IOException if it does not start; with what it said
   */
  public static HubProcess start(Settings settings) throws IOException, InterruptedException {
    Files.createDirectories(settings.folder);
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + settings.heap,
            "-XX:+UseG1GC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.language=en",
            "-Xlog:gc:file=" + settings.collections() + "::filecount=0",
            "-cp",
            settings.classPath,
            MAIN,
            "--http-port=0",
            "--trace-budget=0", // all spans are kept, so that they can be counted
            "--data-dir=" + settings.data());
    builder.environment().keySet().removeIf(name -> name.startsWith("BW_"));
    builder.redirectError(settings.folder.resolve("errors.txt").toFile());
    long before = System.nanoTime();
    var process = builder.start();
    try {
      String address = awaitReady(settings, process.inputReader());
      var hub =
          new HubProcess(settings, process, Duration.ofNanos(System.nanoTime() - before), address);
      hub.logIn();
      hub.token = hub.send("PUT", "/api/v1/pipeline/ingest-token", "").path("token").asString("");
      return hub;
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String awaitReady(Settings settings, BufferedReader console) throws IOException {
    var said = new ArrayList<String>();
    for (var line = console.readLine(); line != null; line = console.readLine()) {
      said.add(line);
      if (line.startsWith(PASSWORD)) {
        Files.writeString(settings.password(), line.substring(PASSWORD.length()));
      }
      if (line.startsWith(READY)) {
        String url = line.substring(READY.length());
        return url.substring(0, url.length() - 1);
      }
    }
    throw new IOException(
        "the hub did not start: "
            + String.join(" ", said)
            + Files.readString(settings.folder.resolve("errors.txt")));
  }

  private void logIn() throws IOException, InterruptedException {
    var login =
        JSON.createObjectNode()
            .put("username", "admin")
            .put("password", Files.readString(settings.password()));
    var answer = exchange("POST", "/api/v1/session", login.toString());
    cookie = answer.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
    csrf = parsed(answer).path("csrfToken").asString("");
  }

  /** From the start of the process until it said that it is ready. */
  public Duration startUp() {
    return startUp;
  }

  @Override
  public String title() {
    return "Bridgewatch";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public HttpRequest.Builder write() {
    return push("/api/v1/write")
        .header("Content-Encoding", "snappy")
        .header("Content-Type", "application/x-protobuf")
        .header("X-Prometheus-Remote-Write-Version", "0.1.0");
  }

  /** A request of OTLP in protobuf; the body is still to be put in. */
  public HttpRequest.Builder otlp(String path) {
    return push(path).header("Content-Type", "application/x-protobuf");
  }

  private HttpRequest.Builder push(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(TO_ANSWER)
        .header("Authorization", "Bearer " + token);
  }

  /**
   * What it answers to a question.
   *
   * @throws IOException if it refuses
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  /** The same for a question in JSON. */
  public JsonNode post(String path, String json) throws IOException, InterruptedException {
    return send("POST", path, json);
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    return parsed(exchange(method, path, body));
  }

  private HttpResponse<String> exchange(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(TO_ANSWER)
            .header("Content-Type", "application/json")
            .header("Cookie", cookie)
            .header("X-CSRF-Token", csrf)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "the hub answered %d to %s %s: %s"
              .formatted(answer.statusCode(), method, path, answer.body()));
    }
    return answer;
  }

  private static JsonNode parsed(HttpResponse<String> answer) throws IOException {
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new IOException("the hub answered no JSON: " + answer.body(), e);
    }
  }

  /** Asks about metrics, on a grid of times; see the hub's API. */
  public JsonNode query(String expression, Instant from, Instant to, double stepSeconds)
      throws IOException, InterruptedException {
    return post(
        "/api/v1/metrics/query",
        "{\"query\": %s, \"from\": \"%s\", \"to\": \"%s\", \"stepSeconds\": %s, \"mostSeries\": 10000}"
            .formatted(expression, from, to, stepSeconds));
  }

  @Override
  public double oneSeries(String metric, String pod, String part, Instant end, Duration length)
      throws IOException, InterruptedException {
    return seconds(
        """
        {"kind": "select", "metric": "%s", "where": [
          {"attribute": "k8s.pod.name", "test": "one-of", "values": ["%s"]},
          {"attribute": "part", "test": "one-of", "values": ["%s"]}]}
        """
            .formatted(metric, pod, part),
        end,
        length);
  }

  @Override
  public double rate(String metric, Instant end, Duration length)
      throws IOException, InterruptedException {
    return seconds(
        "{\"kind\": \"rate\", \"metric\": \"%s\", \"windowSeconds\": 300}".formatted(metric),
        end,
        length);
  }

  /** How long the answer to a question at every minute takes. */
  public double seconds(String expression, Instant end, Duration length)
      throws IOException, InterruptedException {
    long before = System.nanoTime();
    query(expression, end.minus(length), end, 60);
    return (System.nanoTime() - before) / 1e9;
  }

  @Override
  public void flush() {
    // what was acknowledged is in its files
  }

  @Override
  public long bytes() throws IOException {
    return bytesOf("metrics");
  }

  @Override
  public long logBytes() throws IOException {
    return Folders.bytes(settings.data().resolve("metrics").resolve("log"));
  }

  /**
   * What a part of its data takes: {@code metrics}, {@code logs}, {@code spans}, {@code history}.
   */
  public long bytesOf(String part) throws IOException {
    return Folders.bytes(settings.data().resolve(part));
  }

  /** Heap in use after a full collection, which this orders, in MiB. */
  public double heapMiB() throws IOException, InterruptedException {
    var ordered =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid()),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (ordered.waitFor() != 0) {
      throw new IOException("cannot order a collection of the hub's heap by jcmd");
    }
    return collections().stream()
        .map(sizes -> sizes[1])
        .reduce((before, last) -> last)
        .orElse(Double.NaN);
  }

  /** The most heap in use before any collection so far, in MiB. */
  public double heapPeakMiB() throws IOException {
    return collections().stream().mapToDouble(sizes -> sizes[0]).max().orElse(Double.NaN);
  }

  /** MiB before and after each. */
  private List<double[]> collections() throws IOException {
    var found = new ArrayList<double[]>();
    for (String line : Files.readAllLines(settings.collections())) {
      sizes(line).ifPresent(found::add);
    }
    return found;
  }

  static Optional<double[]> sizes(String line) {
    var matcher = HEAP.matcher(line);
    return matcher.find()
        ? Optional.of(
            new double[] {
              Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))
            })
        : Optional.empty();
  }

  /** Ends it as a crash does: with SIGKILL, at once. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    client.close();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    client.close();
  }

  /** Kept and not kept records that its pipeline has counted, by signal and reason. */
  public Pipeline pipeline() throws IOException, InterruptedException {
    var taken = new TreeMap<String, Long>();
    var rejected = new TreeMap<String, Long>();
    var answer = get("/api/v1/pipeline");
    for (JsonNode flow : answer.path("flows")) {
      String signal = flow.path("signal").asString("");
      String source = flow.path("source").asString("");
      if (!source.equals("topology")) {
        taken.merge(signal, flow.path("taken").asLong(), Long::sum);
      }
      for (JsonNode reason : flow.path("rejected")) {
        rejected.merge(
            source + " " + signal + " " + reason.path("reason").asString(""),
            reason.path("count").asLong(),
            Long::sum);
      }
    }
    for (JsonNode reason : answer.path("unreadable")) {
      rejected.merge(
          "unreadable " + reason.path("reason").asString(""),
          reason.path("count").asLong(),
          Long::sum);
    }
    return new Pipeline(taken, rejected);
  }

  /**
   * @param taken records by signal, such as {@code LOGS}
   * @param rejected records by source, signal and reason
   */
  public record Pipeline(Map<String, Long> taken, Map<String, Long> rejected) {
    public Pipeline {
      taken = Map.copyOf(taken);
      rejected = Map.copyOf(rejected);
    }
  }
}
