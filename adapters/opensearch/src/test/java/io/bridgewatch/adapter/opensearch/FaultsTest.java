package io.bridgewatch.adapter.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a cluster that is busy, full, slow, strange or away. */
class FaultsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final LogStore.Query ALL = LogStore.Query.between(Instant.MIN, Instant.MAX);
  private static final String KEPT = "{\"create\":{\"status\":201}}";

  private final List<Duration> pauses = new ArrayList<>();
  private final WriteCounts counts = new WriteCounts();
  private ScriptedPeer peer;

  @BeforeEach
  void start() throws IOException {
    peer = ScriptedPeer.plain();
  }

  @AfterEach
  void stop() {
    peer.close();
  }

  private BulkWriter<LogRecord> writer(OpenSearchEndpoint endpoint) {
    var form = new LogDocuments();
    var rest = new Rest(endpoint);
    var clock = InstantSource.fixed(NOON);
    return new BulkWriter<>(
        rest,
        new DayIndexes(rest, form, clock),
        form,
        clock,
        time -> {
          pauses.add(time);
          return true;
        },
        () -> 0,
        counts);
  }

  private BulkWriter<LogRecord> writer() {
    return writer(OpenSearchEndpoint.of(peer.base()));
  }

  private LogStore logs(OpenSearchEndpoint endpoint) {
    var rest = new Rest(endpoint);
    var form = new LogDocuments();
    var indexes = new DayIndexes(rest, form, InstantSource.fixed(NOON));
    return new OpenSearchLogs(
        new Signal<>(
            Retained.Kind.LOGS, indexes, writer(endpoint), new Searches<>(rest, indexes, form)));
  }

  private static LogRecord line(String body) {
    return new LogRecord(
        NOON.toEpochMilli() * 1_000_000,
        Severity.INFO,
        body,
        "",
        "",
        Attributes.none(),
        Attributes.none());
  }

  private static String items(String... items) {
    return "{\"errors\":true,\"items\":[" + String.join(",", items) + "]}";
  }

  private static String refused(int status, String type) {
    return "{\"create\":{\"status\":%d,\"error\":{\"type\":\"%s\",\"reason\":\"because\"}}}"
        .formatted(status, type);
  }

  @Test
  void onlyItemsThatAreRefusedForNowAreSentAgainUnderTheSameIds() {
    peer.then(200, items(KEPT, refused(429, "rejected_execution_exception"), KEPT))
        .then(200, items(refused(503, "unavailable_shards_exception")))
        .then(200, "{\"errors\":false}");
    writer().write(List.of(line("a"), line("b"), line("c")));
    var sent = peer.requests("/_bulk");
    assertThat(sent).hasSize(3);
    assertThat(sent.getFirst().documents()).hasSize(3);
    assertThat(sent.get(1).documents())
        .containsExactly(sent.getFirst().documents().get(1))
        .first()
        .asString()
        .contains("\"body\":\"b\"");
    assertThat(sent.get(2)).isEqualTo(sent.get(1));
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(counts.retried()).isEqualTo(2);
    assertThat(counts.rejected()).isEmpty();
  }

  @Test
  void whatIsThereAlreadyIsKept() {
    peer.then(200, items(refused(409, "version_conflict_engine_exception"), KEPT));
    writer().write(List.of(line("a"), line("b")));
    assertThat(peer.requests("/_bulk")).hasSize(1);
  }

  @Test
  void whatFitsNoMappingIsCountedAndTheOthersAreKept() {
    peer.then(200, items(refused(400, "mapper_parsing_exception"), KEPT));
    writer().write(List.of(line("a"), line("b")));
    assertThat(counts.rejected()).isEqualTo(Map.of("MappingRefused", 1L));
  }

  @Test
  void aFullOrForbiddenClusterIsNoRejection() {
    peer.then(200, items(refused(400, "validation_exception"))) // no more shards are allowed
        .then(200, items(refused(403, "cluster_block_exception")))
        .then(401, "Unauthorized");
    for (String wanted : List.of("status 400", "status 403", "status 401")) {
      assertThatThrownBy(() -> writer().write(List.of(line("a"))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot keep logs in " + peer.base())
          .hasMessageContaining(wanted);
    }
    assertThat(counts.rejected()).isEmpty();
    assertThat(pauses).isEmpty();
  }

  @Test
  void whatStaysBusyIsSaidAfterAllTries() {
    for (int i = 0; i < BulkWriter.TRIES; i++) {
      peer.then(503, "{\"error\":{\"type\":\"cluster_manager_not_discovered_exception\"}}");
    }
    assertThatThrownBy(() -> writer().write(List.of(line("a"), line("b"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("keep logs, 2 of them")
        .hasMessageContaining("try again later");
    assertThat(peer.requests("/_bulk")).hasSize(BulkWriter.TRIES);
    assertThat(pauses)
        .containsExactly(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(800));
  }

  @Test
  void aRequestThatIsTooLargeIsCutUntilSingleItemsAre() {
    peer.then(413, "").then(200, "{\"errors\":false}").then(413, "");
    writer().write(List.of(line("a"), line("b")));
    assertThat(peer.requests("/_bulk").stream().map(it -> it.documents().size()))
        .containsExactly(2, 1, 1);
    assertThat(counts.rejected()).isEqualTo(Map.of("TooLarge", 1L));
  }

  @Test
  void largeBatchesGoInSeveralRequests() {
    for (int i = 0; i < 3; i++) {
      peer.then(200, "{\"errors\":false}");
    }
    var large = "x".repeat(1 << 20);
    writer().write(IntStream.range(0, 9).mapToObj(i -> line(i + large)).toList());
    assertThat(peer.requests("/_bulk").stream().map(it -> it.documents().size()))
        .containsExactly(3, 3, 3);
    assertThat(peer.requests("/_index_template")).hasSize(1);
  }

  @Test
  void anAnswerOfAnotherKindIsRefused() {
    peer.then(200, items()).then(200, "<html>");
    assertThatThrownBy(() -> writer().write(List.of(line("a"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is it an OpenSearch?");
    assertThatThrownBy(() -> writer().write(List.of(line("a"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no JSON: <html>");
  }

  @Test
  void aClusterThatIsAwayIsSaid() {
    var away = OpenSearchEndpoint.of(peer.base());
    peer.close();
    assertThatThrownBy(() -> logs(away).find(ALL, PageRequest.first(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("see that it runs and can be reached from here");
  }

  @Test
  void aSearchNobodyWaitsForAnyMoreIsGivenUp() {
    peer.thenNothing();
    var looks = new AtomicInteger();
    assertThatThrownBy(
            () ->
                QueryDeadline.within(
                    () -> looks.incrementAndGet() > 3,
                    () -> logs(OpenSearchEndpoint.of(peer.base())).find(ALL, PageRequest.first(1))))
        .isInstanceOf(QueryTimeoutException.class);
    assertThat(peer.requests("/bridgewatch-logs")).hasSize(1);
  }

  @Test
  void aSilentClusterIsGivenUpInTime() {
    peer.thenNothing();
    var hasty = OpenSearchEndpoint.of(peer.base()).within(Duration.ofMillis(100));
    assertThatThrownBy(() -> logs(hasty).find(ALL, PageRequest.first(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no answer within");
  }

  @Test
  void halfAnAnswerIsNone() {
    peer.then(200, "{\"timed_out\":true,\"hits\":{\"hits\":[]}}")
        .then(200, "{\"_shards\":{\"failed\":1},\"hits\":{\"hits\":[]}}");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> logs(OpenSearchEndpoint.of(peer.base())).find(ALL, PageRequest.first(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("only a part answered");
    }
  }

  @Test
  void whatIsTooWideIsSaidAsThat() {
    peer.then(
        400,
        "{\"error\":{\"type\":\"search_phase_execution_exception\",\"reason\":\"all shards failed\","
            + "\"caused_by\":{\"type\":\"too_many_buckets_exception\",\"reason\":\"more\"}}}");
    assertThatThrownBy(
            () -> logs(OpenSearchEndpoint.of(peer.base())).histogram(ALL, Duration.ofMillis(1)))
        .isInstanceOf(QueryTooWideException.class)
        .hasMessageContaining("narrow");
  }

  @Test
  void credentialsAreSentAndNeverShown() {
    peer.then(200, "{\"errors\":false}").then(200, "{\"errors\":false}");
    var endpoint = OpenSearchEndpoint.of(peer.base());
    var basic = endpoint.with(new Credentials.Basic("hub", "s3cret:x"));
    var bearer = endpoint.with(new Credentials.Bearer("t0ken"));
    writer(basic).write(List.of(line("a")));
    writer(bearer).write(List.of(line("a")));
    assertThat(peer.requests("/_bulk").stream().map(ScriptedPeer.Request::authorization))
        .containsExactly(
            "Basic " + Base64.getEncoder().encodeToString("hub:s3cret:x".getBytes(UTF_8)),
            "Bearer t0ken");
    assertThat(basic.toString() + bearer).doesNotContain("s3cret").doesNotContain("t0ken");
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> OpenSearchEndpoint.of(URI.create("https://hub:pw@search:9200")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without user")
        .hasMessageNotContaining("pw");
    var endpoint = OpenSearchEndpoint.of(URI.create("https://search:9200/os/"));
    assertThat(endpoint.at("/_bulk")).hasToString("https://search:9200/os/_bulk");
    assertThatThrownBy(() -> endpoint.naming("Logs*")).hasMessageContaining("prefix is 'Logs*'");
    assertThatThrownBy(() -> endpoint.sharded(0)).hasMessageContaining("shards are 0");
  }

  @Test
  void aClusterIsTrustedByTheFileOfCertificatesOnly(@TempDir Path folder) throws Exception {
    var keys = folder.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "peer",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-validity",
        "3650",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        keys.toString());
    var file = folder.resolve("ca.pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "peer",
        "-storepass",
        "changeit",
        "-keystore",
        keys.toString(),
        "-file",
        file.toString());
    try (var secure = ScriptedPeer.secure(context(keys))) {
      secure.then(200, "{\"errors\":false}");
      var endpoint = OpenSearchEndpoint.of(secure.base());
      assertThatThrownBy(() -> writer(endpoint).write(List.of(line("a"))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("PKIX");
      writer(endpoint.trusting(file)).write(List.of(line("a")));
      assertThat(secure.requests("/_bulk")).hasSize(1);
    }
    var empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThatThrownBy(() -> new Rest(OpenSearchEndpoint.of(peer.base()).trusting(empty)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("wanted PEM");
  }

  private static void keytool(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static SSLContext context(Path keys) throws Exception {
    var store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
