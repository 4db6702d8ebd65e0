package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.hub.AttachedDrill;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubOptions;
import io.bridgewatch.ports.SteppedTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bank of a demonstration beside a hub, as visitors meet it: over HTTP. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoBankTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final Duration PAST = Duration.ofSeconds(20);
  private static final String TROUBLES = "api/v1/drill/troubles";

  private final SteppedTime time = new SteppedTime(START);
  private final HttpClient http = HttpClient.newHttpClient();
  private DemoBank bank;
  private Hub hub;
  private String cookie = "none=1";
  private String csrf = "none";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    bank = DemoBank.open(StandardBank.plan(), time, PAST, Duration.ZERO, 1, Optional.empty());
    var console = new ByteArrayOutputStream();
    hub =
        Hub.start(
            HubOptions.parse(
                List.of("--http-port=0", "--data-dir=" + folder.resolve("data")), Map.of()),
            time,
            new PrintStream(console, true, StandardCharsets.UTF_8),
            Optional.of(bank));
    var password = console.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    var login =
        JSON.createObjectNode()
            .put("username", "admin")
            .put("password", password.replaceFirst(".*[:：] ?", ""));
    var answer = send("POST", "api/v1/session", login.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    csrf = JSON.readTree(answer.body()).get("csrfToken").asString();
  }

  @AfterAll
  void stop() {
    http.close();
    hub.close();
    bank.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(hub.address()).resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("Cookie", cookie)
            .header("X-CSRF-Token", csrf)
            .method(method, BodyPublishers.ofString(body));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    var answer = send("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void theBanksClockFollowsAndWhatItToldMeanwhileReachesTheHub() throws Exception {
    assertThat(bank.behind()).isEqualTo(PAST);
    bank.keepUp();
    assertThat(bank.behind()).isZero();
    bank.sendTo(URI.create(hub.address()), "not the token");
    bank.keepUp();
    bank.sendTo(URI.create(hub.address()), hub.lendIngest());
    bank.keepUp(); // what was refused has waited
    var flows = get("api/v1/pipeline").get("flows");
    long spans = 0;
    for (JsonNode flow : flows) {
      if (flow.path("signal").asString().equalsIgnoreCase("spans")) {
        spans += flow.path("taken").asLong();
      }
    }
    assertThat(spans).as(flows.toString()).isGreaterThan(100);
  }

  @Test
  void troubleIsInUntilItIsCured() throws Exception {
    bank.keepUp();
    var put = send("POST", TROUBLES, "{\"kind\":\"disk-slow\"}");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
    var in = get(TROUBLES + "?lang=zh");
    assertThat(in.get("kinds").size()).isGreaterThan(40);
    assertThat(in.at("/in/0/kind").asString()).isEqualTo("disk-slow");
    assertThat(in.at("/in/0/target").asString()).isNotBlank();
    assertThat(Instant.parse(in.at("/in/0/since").asString())).isEqualTo(START);
    assertThat(send("DELETE", TROUBLES + "/disk-slow", "").statusCode()).isEqualTo(204);
    assertThat(get(TROUBLES).get("in").size()).isZero();
  }

  @Test
  void everyKindCanBePutInAndCured() {
    bank.keepUp();
    for (var kind : bank.kinds()) {
      assertThat(bank.inject(kind.id()))
          .as(kind.id())
          .isInstanceOf(AttachedDrill.Outcome.Done.class);
      assertThat(bank.cure(kind.id())).as(kind.id()).isInstanceOf(AttachedDrill.Outcome.Done.class);
    }
    assertThat(bank.troubles()).isEmpty();
  }
}
