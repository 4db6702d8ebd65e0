package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.engine.LogMining;
import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the API says of the patterns of log lines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogPatternTest {

  private static final String PATH = "/api/v1/log-patterns?";
  private static final String CART = "type=deployment&namespace=shop&name=cart";

  private WatchedShop shop;
  private Client client;
  private Instant now;

  @BeforeAll
  void start(@TempDir Path directory) throws InterruptedException {
    shop = WatchedShop.start(directory);
    now = shop.clock().instant();
    var lines = new ArrayList<LogRecord>();
    for (int i = 0; i < 250; i++) {
      boolean failed = i % 25 == 0;
      lines.add(
          line(
              i % 2 == 0 ? "cart-5d9-00" : "cart-5d9-01",
              now.minusSeconds(500).plusSeconds(2L * i),
              failed ? Severity.ERROR : Severity.INFO,
              failed ? "cannot reserve item " + i + ": 库存不足" : "reserved item " + i));
    }
    lines.add(line("till-1", now.minusSeconds(40), Severity.WARN, "slow printer"));
    var context = shop.hub().hub().context();
    context.getBean(LogStore.class).append(lines);
    var mining = context.getBean(LogMining.class);
    mining.take(lines);
    mining.flush();
    client = shop.hub().as(shop.admin(), "AUDITOR");
    client.await("/api/v1/logs?limit=1", page -> page.get("total").asInt() == lines.size());
  }

  private static LogRecord line(String pod, Instant time, Severity severity, String body) {
    return ShopSignals.line(pod, time, severity, body, "");
  }

  @AfterAll
  void stop() {
    shop.close();
  }

  private JsonNode get(String parameters) {
    var answer = client.get(PATH + parameters);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> texts(JsonNode page) {
    return StreamSupport.stream(page.get("items").spliterator(), false)
        .map(item -> item.get("text").asString())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void patternsAreToldWithTheirCountsMostLinesFirst() {
    var page = get("");
    assertThat(texts(page))
        .containsExactly("reserved item <*>", "cannot reserve item <*>: 库存不足", "slow printer");
    assertThat(page.get("total").asInt()).isEqualTo(3);
    assertThat(page.get("lines").asLong()).isEqualTo(251);
    assertThat(page.at("/learning/patterns").asInt()).isEqualTo(3);
    assertThat(page.get("stepSeconds").asDouble()).isEqualTo(60);
    var failed = page.at("/items/1");
    assertThat(failed.get("lines").asLong()).isEqualTo(10);
    assertThat(failed.at("/counts/ERROR").asLong()).isEqualTo(10);
    assertThat(failed.get("severity").asString()).isEqualTo("ERROR");
    assertThat(Instant.parse(failed.get("firstSeen").asString()))
        .isEqualTo(now.minusSeconds(500).truncatedTo(ChronoUnit.MILLIS));
    assertThat(failed.at("/source/k8s.deployment.name").asString()).isEqualTo("cart");
    assertThat(failed.at("/source/k8s.pod.name").isMissingNode()).isTrue();
    assertThat(failed.at("/samples/0/body").asString()).isEqualTo("cannot reserve item 0: 库存不足");
    assertThat(failed.at("/samples/0/resource/k8s.pod.name").asString()).isEqualTo("cart-5d9-00");
    long trend = 0;
    for (JsonNode count : failed.get("trend")) {
      trend += count.asLong();
    }
    assertThat(trend).isEqualTo(10);
  }

  @Test
  void anEntityHasThePatternsOfItsWorkload() {
    assertThat(texts(get(CART))).hasSize(2);
    assertThat(texts(get("type=pod&namespace=shop&name=cart-5d9-00"))).hasSize(2);
    assertThat(texts(get("type=kubernetes-service&namespace=shop&name=cart"))).hasSize(2);
    assertThat(texts(get("type=node&name=worker-1"))).isNotEmpty();
    assertThat(texts(get("type=service&name=till"))).containsExactly("slow printer");
    assertThat(texts(get("namespace=shop"))).hasSize(3);
    assertThat(texts(get("cluster=" + WatchedShop.CLUSTER))).hasSize(3);
    assertThat(texts(get("namespace=elsewhere"))).isEmpty();
    assertThat(client.get(PATH + "type=pod").reason()).isEqualTo("InvalidParameter");
  }

  @Test
  void wordsSeveritiesAndNoveltyNarrowThem() {
    assertThat(texts(get("q=RESERVE+cannot"))).containsExactly("cannot reserve item <*>: 库存不足");
    assertThat(texts(get("severity=warn,error")))
        .containsExactly("cannot reserve item <*>: 库存不足", "slow printer");
    assertThat(texts(get("newSince=" + encoded(now.minusSeconds(100).toString()))))
        .containsExactly("slow printer");
    assertThat(texts(get("sort=first-seen"))).first().isEqualTo("slow printer");
    var before = encoded(now.minus(Duration.ofHours(2)).toString());
    assertThat(texts(get("to=" + before))).isEmpty();
    assertThat(client.get(PATH + "sort=size").reason()).isEqualTo("InvalidParameter");
    assertThat(client.get(PATH + "newSince=soon").reason()).isEqualTo("InvalidParameter");
  }

  @Test
  void pagesFollowEachOther() {
    var first = get("limit=2");
    assertThat(first.get("items").size()).isEqualTo(2);
    var second = get("limit=2&cursor=" + first.get("next").asString());
    assertThat(texts(second)).containsExactly("slow printer");
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(client.get(PATH + "cursor=x").reason()).isEqualTo("InvalidCursor");
  }

  @Test
  void theSearchOfAPatternFindsItsLines() {
    for (JsonNode item : get("").get("items")) {
      var found = client.get("/api/v1/logs?q=" + encoded(item.get("search").asString())).json();
      assertThat(found.get("total").asLong())
          .as(item.toString())
          .isEqualTo(item.get("lines").asLong());
    }
  }
}
