package io.bridgewatch.adapter.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.testkit.LogStoreContractTest;
import io.bridgewatch.testkit.SpanStoreContractTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stores in a real OpenSearch, started once; each test has indices of its own. Those of the
 * contracts begin with {@value #HURRIED} and show what was written at once, so that a hundred tests
 * need not wait a second each.
 */
class OpenSearchTest {

  private static final String HURRIED = "f";
  private static final Duration HURRY = Duration.ofMillis(100);

  private static final AtomicInteger STORES = new AtomicInteger();
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final ScheduledExecutorService HURRYING =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private static RealOpenSearch server;

  private final List<OpenSearchStores> opened = new ArrayList<>();
  private String prefix = "";

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = RealOpenSearch.start(folder);
    HURRYING.scheduleWithFixedDelay(
        OpenSearchTest::hurry, 0, HURRY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    HURRYING.shutdownNow();
    server.close();
  }

  private static void hurry() {
    try {
      server.ask("POST", "/" + HURRIED + "*/_refresh?ignore_unavailable=true", "");
    } catch (Exception | AssertionError e) {
      // one of them was deleted meanwhile, or the node is down: the next time
    }
  }

  /** Stores without anything in them, at a time. */
  private OpenSearchStores empty(InstantSource clock) {
    return empty("t", clock);
  }

  private OpenSearchStores empty(String begin, InstantSource clock) {
    prefix = begin + STORES.incrementAndGet();
    return again(clock);
  }

  private OpenSearchStores again(InstantSource clock) {
    var stores = OpenSearchStores.open(OpenSearchEndpoint.of(server.base()).naming(prefix), clock);
    opened.add(stores);
    return stores;
  }

  @AfterEach
  void closeStores() throws Exception {
    opened.forEach(OpenSearchStores::close);
    server.deleteAll(prefix);
  }

  @Nested
  class Logs extends LogStoreContractTest {
    @Override
    protected LogStore logs() {
      return empty(HURRIED, InstantSource.fixed(NOON)).logs();
    }
  }

  @Nested
  class Spans extends SpanStoreContractTest {
    @Override
    protected SpanStore spans() {
      return empty(HURRIED, InstantSource.fixed(NOON)).spans();
    }
  }

  /** The same where all times are far from the clock's. */
  @Nested
  class StrayLogs extends LogStoreContractTest {
    @Override
    protected LogStore logs() {
      return empty(HURRIED, InstantSource.fixed(NOON.plus(Duration.ofDays(400)))).logs();
    }
  }

  @Nested
  class StraySpans extends SpanStoreContractTest {
    @Override
    protected SpanStore spans() {
      return empty(HURRIED, InstantSource.fixed(NOON.plus(Duration.ofDays(400)))).spans();
    }
  }

  private static LogRecord line(Instant time, String body, Attributes attributes) {
    return new LogRecord(
        time.toEpochMilli() * 1_000_000,
        Severity.INFO,
        body,
        "",
        "",
        Attributes.of("service.name", "cart"),
        attributes);
  }

  private static LogRecord line(Instant time, String body) {
    return line(time, body, Attributes.none());
  }

  private static Span span(Instant start, String id, String name) {
    long nanos = start.toEpochMilli() * 1_000_000;
    return new Span(
        "t1",
        id,
        "",
        name,
        SpanKind.SERVER,
        nanos,
        nanos + 5_000_000,
        false,
        Attributes.none(),
        Attributes.none());
  }

  private void refresh() throws Exception {
    server.ask("POST", "/" + prefix + "-*/_refresh", "");
  }

  private static List<String> bodies(LogStore logs) {
    var found = logs.find(LogStore.Query.between(Instant.MIN, Instant.MAX), PageRequest.first(200));
    return found.page().items().stream().map(LogRecord::body).toList();
  }

  @Test
  void whatWasWrittenIsSeenWithoutARefreshOfOurs() {
    var logs = empty(InstantSource.fixed(NOON)).logs();
    logs.append(List.of(line(NOON, "seen")));
    await(() -> bodies(logs).equals(List.of("seen")));
  }

  private static void await(BooleanSupplier wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still not seen").isLessThan(end);
      LockSupport.parkNanos(HURRY.toNanos());
    }
  }

  @Test
  void aBatchThatComesAgainIsKeptOnceAndEqualLinesInOneBatchAreNot() throws Exception {
    var stores = empty(InstantSource.fixed(NOON));
    var batch = List.of(line(NOON, "a"), line(NOON, "tick"), line(NOON, "tick"));
    stores.logs().append(batch);
    again(InstantSource.fixed(NOON.plusSeconds(60))).logs().append(batch);
    refresh();
    assertThat(bodies(stores.logs())).containsExactly("tick", "tick", "a");
    assertThat(stores.status().rejected()).isEmpty();
  }

  @Test
  void noTelemetryMakesTheMappingLarger() throws Exception {
    var stores = empty(InstantSource.fixed(NOON));
    stores.logs().append(List.of(line(NOON, "first")));
    var before = server.get("/" + prefix + "-logs-*/_mapping");
    var many = new TreeMap<String, String>();
    for (int i = 0; i < 3_000; i++) {
      many.put("attribute." + i + "=.\\ \"" + i, "value\u0000" + i);
    }
    many.put("", "without a name");
    var odd = line(NOON.plusSeconds(1), "many", Attributes.of(many));
    stores.logs().append(List.of(odd));
    refresh();
    assertThat(server.get("/" + prefix + "-logs-*/_mapping")).isEqualTo(before);
    var found = stores.logs().find(LogStore.Query.between(NOON, Instant.MAX), PageRequest.first(1));
    assertThat(found.page().items()).containsExactly(odd);
  }

  @Test
  void halvesOfCharactersAreReplacedAndNothingElseIsLost() throws Exception {
    var stores = empty(InstantSource.fixed(NOON));
    stores
        .logs()
        .append(
            List.of(
                line(NOON, "half \uD83D end"), line(NOON, "a", Attributes.of("\uDE00", "\uDE00"))));
    refresh();
    assertThat(bodies(stores.logs())).containsExactly("a", "half \uFFFD end");
  }

  @Test
  void retentionDeletesWholeDaysAndStrays() throws Exception {
    var stores = empty(InstantSource.fixed(NOON));
    var day = Duration.ofDays(1);
    stores
        .logs()
        .append(
            List.of(
                line(Instant.parse("1999-01-01T00:00:00Z"), "lying clock"),
                line(NOON.minus(day.multipliedBy(3)), "old"),
                line(NOON.minus(day), "evening"),
                line(NOON, "now")));
    stores.spans().append(List.of(span(NOON.minus(day.multipliedBy(3)), "s", "old")));
    refresh();
    assertThat(names()).hasSize(5);
    for (var one : stores.retained()) {
      assertThat(one.isExternal()).isTrue();
      assertThat(one.bytes()).isPositive();
      one.forgetBefore(NOON.minus(Duration.ofHours(1)));
    }
    assertThat(bodies(stores.logs())).containsExactly("now");
    assertThat(stores.spans().extent().oldest()).isEqualTo(Instant.MAX);
    assertThat(names())
        .containsExactlyInAnyOrder(prefix + "-logs-2026.03.01", prefix + "-logs-stray");
  }

  private List<String> names() throws Exception {
    var names = new ArrayList<String>();
    server
        .get("/_cat/indices/" + prefix + "-*?format=json&h=index")
        .forEach(one -> names.add(one.path("index").asString("")));
    return names;
  }

  @Test
  void whatTheMappingRefusesIsCountedAndTheOthersAreKept() throws Exception {
    var stores = empty(InstantSource.fixed(NOON));
    // an index that another made: its bodies are numbers
    server.ask(
        "PUT",
        "/" + prefix + "-logs-2026.03.01",
        "{\"mappings\":{\"properties\":{\"body\":{\"type\":\"long\"},\"timeUnixNano\":{\"type\":\"long\"},"
            + "\"order\":{\"type\":\"long\"}}}}");
    stores.logs().append(List.of(line(NOON, "17"), line(NOON, "no number"), line(NOON, "18")));
    refresh();
    assertThat(bodies(stores.logs())).containsExactly("18", "17");
    assertThat(stores.status().rejected()).isEqualTo(Map.of("MappingRefused", 1L));
  }

  @Test
  void whatWasAcknowledgedSurvivesAKilledNode() throws Exception {
    var stores = empty(InstantSource.fixed(NOON));
    for (int i = 0; i < 20; i++) {
      stores.logs().append(List.of(line(NOON.plusMillis(i), "line " + i)));
      stores.spans().append(List.of(span(NOON.plusMillis(i), "s" + i, "GET /")));
    }
    server.killAndRestart();
    var after = again(InstantSource.fixed(NOON));
    server.get("/_cluster/health/" + prefix + "-*?wait_for_status=yellow");
    refresh();
    assertThat(bodies(after.logs())).hasSize(20).doesNotHaveDuplicates();
    assertThat(after.spans().trace("t1")).hasSize(20);
  }

  @Test
  void healthIsTold() {
    var stores = empty(InstantSource.fixed(NOON));
    await(() -> stores.status().health() != OpenSearchStores.Health.UNKNOWN);
    assertThat(stores.status().health())
        .isIn(OpenSearchStores.Health.GREEN, OpenSearchStores.Health.YELLOW);
    assertThat(stores.status().version()).startsWith("3.");
  }
}
