package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentTest {

  /** Knows every field or fails. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private RunningHub hub;
  private RunningHub.Client operator;

  @BeforeAll
  void imported(@TempDir Path directory) {
    hub = RunningHub.start(directory, new SettableClock(), Recordings::diagnosed);
    operator = hub.as(hub.admin(), "OPERATOR");
    for (String name : new String[] {"night-1", "night-2", "night-3"}) {
      operator.job(operator.imported(name + ".zip", Recordings.zip(name)), "DONE");
    }
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  @Test
  void listsIncidentsInBothLanguages() {
    var english = operator.get("/api/v1/incidents?lang=en").json();
    var chinese = operator.get("/api/v1/incidents?lang=zh").json();
    assertThat(english.get("total").asInt()).isEqualTo(3);
    var item = english.get("items").get(0);
    assertThat(item.get("onset").asString()).isEqualTo("2026-02-28T08:30:00.000Z");
    assertThat(item.get("importedAt").asString()).isEqualTo("2026-03-01T12:00:00.000Z");
    assertThat(item.get("topCause").get("kind").asString()).isEqualTo("container.crash-loop");
    assertThat(item.get("topCause").get("name").asString()).isEqualTo("checkout-7f9");
    assertThat(item.get("insufficient").asBoolean()).isTrue();
    assertThat(item.get("title").asString())
        .isNotBlank()
        .isNotEqualTo(chinese.get("items").get(0).get("title").asString());
    assertThat(chinese.get("items").get(0).get("topCause").get("kindText").asString())
        .containsPattern("\\p{IsHan}");
  }

  @Test
  void pagesAndSearches() {
    var first = operator.get("/api/v1/incidents?limit=2").json();
    assertThat(first.get("items").size()).isEqualTo(2);
    var rest = operator.get("/api/v1/incidents?limit=2&cursor=" + first.get("next").asString());
    assertThat(rest.json().get("items").size()).isEqualTo(1);
    assertThat(rest.json().get("next").isNull()).isTrue();
    assertThat(operator.get("/api/v1/incidents?q=NIGHT-2").json().get("total").asInt())
        .isEqualTo(1);
    assertThat(operator.get("/api/v1/incidents?bundle=night-3").json().get("total").asInt())
        .isEqualTo(1);
    assertThat(operator.get("/api/v1/incidents?bundle=night").json().get("total").asInt()).isZero();
  }

  @Test
  void anIncidentIsExactlyWhatTheApiDescribes() {
    for (String language : new String[] {"zh", "en"}) {
      var answer = operator.get("/api/v1/incidents/inc-night-1?lang=" + language);
      assertThat(answer.status()).isEqualTo(200);
      assertFits(answer.json(), Api.Incident.class);
      var incident = STRICT.readValue(answer.body(), Api.Incident.class);
      assertThat(incident.bundle()).isEqualTo("night-1");
      assertThat(incident.window().from()).isEqualTo(Recordings.FROM);
    }
  }

  @Test
  void evidenceNamesChartsThatAreThere() {
    var incident =
        STRICT.readValue(operator.get("/api/v1/incidents/inc-night-1").body(), Api.Incident.class);
    var chart = incident.charts().getFirst();
    assertThat(incident.symptoms().getFirst().chart()).isEqualTo(chart.id());
    assertThat(incident.causes().getFirst().evidence().get(1).chart()).isEqualTo(chart.id());
    assertThat(chart.name()).isEqualTo("checkout");
    assertThat(chart.signal()).isEqualTo("http.server.request.duration");
    assertThat(chart.onset()).isEqualTo(Recordings.ONSET);
    assertThat(chart.points()).hasSizeBetween(2, Charts.MOST_POINTS);
    assertThat(chart.points().getFirst())
        .containsExactly((double) Recordings.FROM.toEpochMilli(), 0.125);
    assertThat(chart.before()).isEqualTo(new Api.Before(0.125, 0.125, 0.125));
  }

  @Test
  void theReportIsADocumentToKeep() {
    var answer = operator.get("/api/v1/incidents/inc-night-1/report?lang=zh");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"inc-night-1-zh.json\"");
    assertFits(answer.json(), Api.SituationReport.class);
    assertThat(answer.json().get("format").asString()).isEqualTo("bridgewatch.situation-report/v1");
    assertThat(answer.json().get("incidents").size()).isEqualTo(1);
  }

  @Test
  void bundlesAreListedLatestFirst() {
    var page = operator.get("/api/v1/bundles?limit=2").json();
    assertThat(page.get("total").asInt()).isEqualTo(3);
    var bundle = page.get("items").get(0);
    assertThat(bundle.get("incidents").asInt()).isEqualTo(1);
    assertThat(bundle.get("sizeBytes").asLong()).isPositive();
    assertThat(
            operator
                .get("/api/v1/bundles?limit=2&cursor=" + page.get("next").asString())
                .json()
                .get("items")
                .size())
        .isEqualTo(1);
  }

  /** Every field is known, and every one that the schema requires is there. */
  private static void assertFits(JsonNode tree, Class<?> type) {
    STRICT.treeToValue(tree, type);
    for (RecordComponent field : type.getRecordComponents()) {
      if (OpenApiConfiguration.required(field)) {
        assertThat(tree.has(field.getName())).as(type + " " + field.getName()).isTrue();
      }
      if (field.getGenericType() instanceof ParameterizedType list
          && field.getType() == List.class
          && list.getActualTypeArguments()[0] instanceof Class<?> item
          && item.isRecord()) {
        tree.get(field.getName()).forEach(element -> assertFits(element, item));
      } else if (field.getType().isRecord() && !tree.get(field.getName()).isNull()) {
        assertFits(tree.get(field.getName()), field.getType());
      }
    }
  }
}
