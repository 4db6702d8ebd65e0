package io.bridgewatch.adapter.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** One node of OpenSearch, in a process of its own with 512 MiB of heap. */
final class RealOpenSearch implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;
  private URI base;

  private RealOpenSearch(Path folder, Process process, URI base) {
    this.folder = folder;
    this.process = process;
    this.base = base;
  }

  static RealOpenSearch start(Path folder) throws Exception {
    var process = launch(folder);
    return new RealOpenSearch(folder, process, address(folder, process));
  }

  private static Process launch(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            OpenSearchNode.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static URI address(Path folder, Process process) throws Exception {
    var file = folder.resolve("address");
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!Files.exists(file)) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
          .as(() -> "OpenSearch ended: " + read(folder.resolve("log")))
          .isFalse();
      assertThat(System.nanoTime()).as("OpenSearch is not ready").isLessThan(end);
    }
    return URI.create(Files.readString(file));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  URI base() {
    return base;
  }

  /** As a power cut does; then starts it again with what is on its disk. */
  void killAndRestart() throws Exception {
    process.destroyForcibly().waitFor();
    Files.delete(folder.resolve("address"));
    process = launch(folder);
    base = address(folder, process);
  }

  JsonNode ask(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LONGEST_START)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
    return Rest.JSON.readTree(answer.body());
  }

  JsonNode get(String path) throws Exception {
    return ask("GET", path, "");
  }

  void deleteAll(String prefix) throws Exception {
    var names = get("/_cat/indices/" + prefix + "-*?format=json&h=index");
    for (JsonNode one : names) {
      ask("DELETE", "/" + one.path("index").asString(""), "");
    }
  }

  @Override
  public void close() throws Exception {
    client.shutdownNow();
    process.outputWriter().close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
