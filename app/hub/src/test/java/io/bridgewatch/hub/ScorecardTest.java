package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorecardTest {

  private static String card(String version, String scoredAt) {
    return """
    {"format":1,"version":"%s","suite":"all","scoredAt":"%s","seeds":[1],
     "runs":[{"name":"disk-slow","seed":1,"simulatedSeconds":900,"falseIncidents":0,
       "outcome":{"layer":"hardware","detectedAfterSeconds":42.5,"incidents":1,"rank":null,
         "diagnosedAfterSeconds":null,"layerRight":true,"kindRight":false,"confidence":0.7},
       "claims":[{"confidence":0.7,"right":false}]}],
     "totals":{"faults":1,"quietRuns":0,"detected":{"value":1,"low":null,"high":null},
       "rightAt1":{"value":0,"low":null,"high":null},"falsePerDay":null},
     "byLayer":{"hardware":{"faults":1,"detected":1,"rightAt1":0,"rightAt3":0,"layerRight":1}},
     "calibration":{"claims":1,"error":0.7,
       "bins":[{"from":0.7,"to":0.8,"claims":1,"confidence":0.7,"right":0}]}}"""
        .formatted(version, scoredAt);
  }

  @Test
  void scorecardsAreKeptOverARestartAndListedLatestFirst(@TempDir Path directory) {
    String id;
    String password;
    try (var hub = RunningHub.start(directory, new SettableClock())) {
      password = hub.initialPassword();
      var admin = hub.admin();
      var added = admin.send("POST", "/api/v1/scorecards", card("v1", "2026-11-28T00:00:00Z"));
      assertThat(added.status()).as(added.body()).isEqualTo(201);
      id = added.json().get("id").asString();
      var again = admin.send("POST", "/api/v1/scorecards", card("v1", "2026-11-28T00:00:00Z"));
      assertThat(again.json().get("id").asString()).isEqualTo(id);
      admin.send("POST", "/api/v1/scorecards", card("v2", "2026-11-29T00:00:00Z"));
      assertThat(admin.get("/api/v1/audit?action=SCORECARD_ADDED").body()).contains("all v2");
    }
    try (var hub = RunningHub.start(directory, new SettableClock())) {
      var admin = hub.loggedIn("admin", password);
      var items = admin.get("/api/v1/scorecards").json().get("items");
      assertThat(items.size()).isEqualTo(2);
      assertThat(items.get(0).get("version").asString()).isEqualTo("v2");
      assertThat(items.get(0).get("totals").get("detected").get("value").asDouble()).isEqualTo(1);
      assertThat(items.get(0).get("calibrationError").asDouble()).isEqualTo(0.7);
      var card = admin.get("/api/v1/scorecards/" + id).json();
      var outcome = card.get("runs").get(0).get("outcome");
      assertThat(outcome.get("detectedAfterSeconds").asDouble()).isEqualTo(42.5);
      assertThat(outcome.get("rank").isNull()).isTrue();
      assertThat(admin.send("DELETE", "/api/v1/scorecards/" + id, "").status()).isEqualTo(204);
      assertThat(admin.get("/api/v1/scorecards/" + id).status()).isEqualTo(404);
      assertThat(admin.get("/api/v1/scorecards").json().get("items").size()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoScorecardIsRefusedAndOnlyAdministratorsAdd(@TempDir Path directory) {
    try (var hub = RunningHub.start(directory, new SettableClock())) {
      var admin = hub.admin();
      var old = card("v1", "2026-11-28T00:00:00Z").replace("\"format\":1", "\"format\":9");
      assertThat(admin.send("POST", "/api/v1/scorecards", old).body()).contains("format is 9");
      var lacking = admin.send("POST", "/api/v1/scorecards", "{\"format\":1,\"version\":\"v\"}");
      assertThat(lacking.status()).isEqualTo(400);
      assertThat(lacking.body()).contains("suite is missing");
      assertThat(admin.get("/api/v1/scorecards/..%2Fmasking").status()).isIn(400, 404);
      var operator = hub.as(admin, "OPERATOR");
      var card = card("v1", "2026-11-28T00:00:00Z");
      assertThat(operator.send("POST", "/api/v1/scorecards", card).status()).isEqualTo(403);
      assertThat(operator.get("/api/v1/scorecards").json().get("items").size()).isZero();
    }
  }
}
