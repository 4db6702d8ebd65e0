package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.testkit.InMemoryLogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final LogStore.Query ALL = LogStore.Query.between(NOW, NOW.plusSeconds(1));

  private final LogStore logs = new InMemoryLogStore();

  private static LogRecord line(Instant time, String body) {
    return ShopSignals.line("cart-5d9-00", time, Severity.INFO, body, "");
  }

  private static List<String> bodies(LogTail.News news) {
    return news.lines().stream().map(LogRecord::body).toList();
  }

  @Test
  void eachLineIsToldOnceInTheOrderOfItsTime() {
    logs.append(List.of(line(NOW.minusSeconds(1), "before")));
    var tail = LogTail.from(logs, ALL, NOW, NOW);
    assertThat(bodies(tail.look(NOW))).isEmpty();
    logs.append(List.of(line(NOW.plusMillis(20), "b"), line(NOW.plusMillis(10), "a")));
    assertThat(bodies(tail.look(NOW.plusSeconds(1)))).containsExactly("a", "b");
    assertThat(bodies(tail.look(NOW.plusSeconds(2)))).isEmpty();
    logs.append(List.of(line(NOW.plusMillis(15), "late"), line(NOW.plusMillis(20), "b")));
    assertThat(bodies(tail.look(NOW.plusSeconds(30))))
        .as("also a line that is like one that was told")
        .containsExactly("late", "b");
  }

  @Test
  void whatIsTooMuchIsCounted() {
    var tail = LogTail.from(logs, ALL, NOW, NOW);
    long told = 0;
    long skipped = 0;
    for (int second = 0; second < 5; second++) {
      var time = NOW.plusSeconds(second);
      logs.append(
          IntStream.range(0, 450).mapToObj(i -> line(time.plusMillis(i), "line " + i)).toList());
      var news = tail.look(time);
      assertThat(news.lines()).hasSize(LogTail.MOST_LINES);
      told += news.lines().size();
      skipped += news.skipped();
    }
    logs.append(List.of(line(NOW, "late")));
    var last = tail.look(NOW.plusSeconds(5));
    assertThat(last.lines()).hasSize(1);
    assertThat(told + skipped).isEqualTo(5 * 450);
  }

  @Test
  void linesOfAMinuteAgoAreNotLookedForAnyMore() {
    var tail = LogTail.from(logs, ALL, NOW.minusSeconds(3600), NOW);
    logs.append(List.of(line(NOW.minusSeconds(120), "old"), line(NOW.minusSeconds(30), "new")));
    assertThat(bodies(tail.look(NOW))).containsExactly("new");
    var later = tail.look(NOW.plusSeconds(300));
    assertThat(later.lines()).isEmpty();
    assertThat(later.skipped()).isZero();
  }

  /** Events as they are read from the wire. */
  private static final class Reader implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BufferedReader lines;

    Reader(Client client, String path) throws IOException, InterruptedException {
      var request = client.hub().request("GET", path, "").header("Cookie", client.cookie()).build();
      var response = http.send(request, BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The data of the next event. */
    String next() throws IOException {
      while (true) {
        var line = lines.readLine();
        assertThat(line).as("the stream has not ended").isNotNull();
        if (line.startsWith("data: ")) {
          return line.substring("data: ".length());
        }
      }
    }

    /** What is left until the stream ends. */
    List<String> rest() throws IOException {
      return lines.readAllLines();
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  @Test
  void whoFollowsReadsWhatArrivesUntilTheHubStops(@TempDir Path directory) throws Exception {
    var hub = RunningHub.start(directory, new SettableClock());
    try {
      var store = hub.hub().context().getBean(LogStore.class);
      var admin = hub.admin();
      try (var reader =
          new Reader(admin, "/api/v1/logs/tail?q=arrived&attribute=k8s.pod.name=pod-a")) {
        var now = new SettableClock().instant();
        store.append(
            List.of(
                ShopSignals.line("pod-b", now, Severity.INFO, "it arrived elsewhere", ""),
                ShopSignals.line("pod-a", now, Severity.INFO, "something else", ""),
                ShopSignals.line("pod-a", now, Severity.ERROR, "it arrived 到了", "")));
        var event = RunningHub.JSON.readTree(reader.next());
        assertThat(event.get("items").size()).isEqualTo(1);
        assertThat(event.at("/items/0/body").asString()).isEqualTo("it arrived 到了");
        assertThat(event.get("skipped").asInt()).isZero();
        hub.close();
        assertThat(reader.rest()).noneMatch(line -> line.startsWith("data: "));
      }
    } finally {
      hub.close();
    }
  }

  @Test
  void onlySoManyMayFollow(@TempDir Path directory) throws Exception {
    try (var hub = RunningHub.start(directory, new SettableClock())) {
      var admin = hub.admin();
      var tails = hub.hub().context().getBean(HubSettings.class).queries().tails();
      var readers = new ArrayList<Reader>();
      for (int i = 0; i < tails; i++) {
        readers.add(new Reader(admin, "/api/v1/logs/tail"));
      }
      assertThat(admin.get("/api/v1/logs/tail").reason()).isEqualTo("TooManyTails");
      readers.forEach(Reader::close);
    }
  }
}
