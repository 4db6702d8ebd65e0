package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.EntityType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people may do to a simulated cluster beside the hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrillTest {

  private static final String TROUBLES = "/api/v1/drill/troubles";
  private static final Instant SINCE = Instant.parse("2026-11-29T12:00:00Z");

  private RunningHub hub;
  private RunningHub.Client admin;

  /** A world with two kinds of trouble, one of which finds no target. */
  private static final class SmallWorld implements AttachedDrill {
    private final Map<String, Trouble> in = new TreeMap<>();

    @Override
    public String cluster() {
      return "bank";
    }

    @Override
    public Entry entry() {
      return new Entry(EntityType.DEPLOYMENT, "edge", "proxy");
    }

    @Override
    public Duration behind() {
      return Duration.ofMillis(250);
    }

    @Override
    public Optional<Past> past() {
      return Optional.of(
          new Past(SINCE.minusSeconds(7200), SINCE, SINCE.minusSeconds(3600), PastState.WRITING));
    }

    @Override
    public List<Kind> kinds() {
      return List.of(
          new Kind("disk-slow", Group.HARDWARE, "a slow disk", "磁盘变慢"),
          new Kind("node-lost", Group.HARDWARE, "a lost node", "节点丢失"));
    }

    @Override
    public List<Trouble> troubles() {
      return List.copyOf(in.values());
    }

    @Override
    public Outcome inject(String kind) {
      if (kind.equals("node-lost")) {
        return new Outcome.Impossible("there is no node left");
      }
      var trouble = new Trouble(kind, "node-3", SINCE);
      var already = in.putIfAbsent(kind, trouble);
      return already == null ? new Outcome.Done(trouble) : new Outcome.AlreadyIn(already);
    }

    @Override
    public Outcome cure(String kind) {
      var cured = in.remove(kind);
      return cured == null ? new Outcome.NotIn() : new Outcome.Done(cured);
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    hub = RunningHub.beside(new SmallWorld(), directory, new SettableClock());
    admin = hub.admin();
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private static String kind(String id) {
    return "{\"kind\":\"" + id + "\"}";
  }

  @Test
  void whatIsPutInIsListedUntilItIsCuredAndBothAreAudited() {
    var put = admin.send("POST", TROUBLES, kind("disk-slow"));
    assertThat(put.status()).as(put.body()).isEqualTo(201);
    var in = admin.get(TROUBLES + "?lang=en").json();
    assertThat(in.at("/cluster").asString()).isEqualTo("bank");
    assertThat(in.at("/behindSeconds").asDouble()).isEqualTo(0.25);
    assertThat(in.at("/past/from").asString()).isEqualTo("2026-11-29T10:00:00.000Z");
    assertThat(in.at("/past/to").asString()).isEqualTo("2026-11-29T12:00:00.000Z");
    assertThat(in.at("/past/reached").asString()).isEqualTo("2026-11-29T11:00:00.000Z");
    assertThat(in.at("/past/state").asString()).isEqualTo("WRITING");
    assertThat(in.at("/kinds/0/title").asString()).isEqualTo("a slow disk");
    assertThat(in.at("/in/0/target").asString()).isEqualTo("node-3");
    assertThat(in.at("/in/0/since").asString()).isEqualTo("2026-11-29T12:00:00.000Z");
    assertThat(admin.send("POST", TROUBLES, kind("disk-slow")).reason())
        .isEqualTo("TroubleAlreadyIn");
    assertThat(admin.send("DELETE", TROUBLES + "/disk-slow", "").status()).isEqualTo(204);
    assertThat(admin.get(TROUBLES).json().get("in").size()).isZero();
    assertThat(admin.send("DELETE", TROUBLES + "/disk-slow", "").reason()).isEqualTo("NotFound");
    for (String action : List.of("TROUBLE_CAUSED", "TROUBLE_CURED")) {
      assertThat(
              admin.get("/api/v1/audit?action=" + action).json().at("/items/0/detail").asString())
          .isEqualTo("disk-slow at node-3");
    }
  }

  @Test
  void whatCannotBeIsRefusedWithTheReason() {
    assertThat(admin.send("POST", TROUBLES, kind("flood")).reason()).isEqualTo("InvalidParameter");
    assertThat(admin.send("POST", TROUBLES, "{}").reason()).isEqualTo("InvalidParameter");
    var impossible = admin.send("POST", TROUBLES, kind("node-lost"));
    assertThat(impossible.reason()).isEqualTo("WorldRefused");
    assertThat(impossible.body()).contains("there is no node left");
  }

  @Test
  void kindsHaveChineseWordsAndOnlyAdministratorsCauseTrouble() {
    var operator = hub.as(admin, "OPERATOR");
    assertThat(operator.get(TROUBLES + "?lang=zh").json().at("/kinds/0/title").asString())
        .isEqualTo("磁盘变慢");
    assertThat(operator.send("POST", TROUBLES, kind("disk-slow")).reason())
        .isEqualTo("RoleMissing");
    assertThat(operator.send("DELETE", TROUBLES + "/disk-slow", "").reason())
        .isEqualTo("RoleMissing");
  }

  @Test
  void aboutTellsWhereALookAroundBegins() {
    var drill = admin.get("/api/v1/about").json().get("drill");
    assertThat(drill.get("cluster").asString()).isEqualTo("bank");
    assertThat(drill.get("type").asString()).isEqualTo("deployment");
    assertThat(drill.get("name").asString()).isEqualTo("proxy");
  }

  @Test
  void withoutASimulatedClusterThereIsNothingToTrouble(@TempDir Path directory) {
    try (var plain = RunningHub.start(directory, new SettableClock())) {
      var user = plain.admin();
      assertThat(user.get(TROUBLES).reason()).isEqualTo("NotFound");
      assertThat(user.send("POST", TROUBLES, kind("disk-slow")).reason()).isEqualTo("NotFound");
      assertThat(user.get("/api/v1/about").json().get("drill").isNull()).isTrue();
    }
  }

  @Test
  void whatWasLentToASenderDoesNotEndThePeoplesToken() {
    var made =
        admin.send("PUT", "/api/v1/pipeline/ingest-token", "").json().get("token").asString();
    var tokens = hub.hub().context().getBean(IngestTokens.class);
    var lent = hub.hub().lendIngest();
    assertThat(tokens.accepts(lent)).isTrue();
    assertThat(tokens.accepts(made)).isTrue();
    assertThat(admin.send("DELETE", "/api/v1/pipeline/ingest-token", "").status()).isEqualTo(204);
    assertThat(tokens.accepts(made)).isFalse();
    assertThat(tokens.accepts(lent)).isTrue();
    hub.hub().lendIngest();
    assertThat(tokens.accepts(lent)).isFalse();
  }
}
