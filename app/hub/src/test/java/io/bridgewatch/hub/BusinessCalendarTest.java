package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calendar of the business, and policies that keep replicas by it. */
class BusinessCalendarTest {

  private static final String CALENDAR = "/api/v1/scaling/calendar";
  private static final String LEARNING = "/api/v1/scaling/learning";

  @TempDir Path folder;
  private ScaledCart cart;
  private Client admin;

  @BeforeEach
  void start() throws IOException {
    cart = new ScaledCart(folder);
    admin = cart.admin();
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  private static String calendar(String more) {
    return """
    {"zone": "Asia/Shanghai", "weekend": ["SATURDAY", "SUNDAY"], "holidays": ["2026-10-01"],
     "swapped": ["2026-10-10"], "payDays": [15], "monthEndDays": 2, "events": [%s],
     "daily": [{"name": "end of day", "kind": "BATCH_WINDOW", "from": "22:00", "to": "02:00",
       "workingDaysOnly": true}]}
    """
        .formatted(more);
  }

  @Test
  void whatIsSetIsKeptAndForgottenAgain() throws IOException {
    assertThat(admin.get(CALENDAR).json().path("usual").asBoolean()).isTrue();
    var set = admin.send("PUT", CALENDAR, calendar(""));
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    cart.restart();
    admin = cart.admin();
    var kept = admin.get(CALENDAR).json();
    assertThat(kept).isEqualTo(set.json());
    assertThat(kept.at("/daily/0/from").asString()).isEqualTo("22:00");
    assertThat(kept.path("usual").asBoolean()).isFalse();
    assertThat(admin.get("/api/v1/audit?action=BUSINESS_CALENDAR_CHANGED").body())
        .contains("1 holidays, 0 events, 1 daily windows");
    assertThat(cart.hub().as(admin, "OPERATOR").send("PUT", CALENDAR, calendar("")).reason())
        .isEqualTo("RoleMissing");
    assertThat(admin.send("DELETE", CALENDAR, "").json().path("usual").asBoolean()).isTrue();
  }

  @Test
  void whatMakesNoSenseIsRefusedWithItsReason() {
    assertThat(admin.send("PUT", CALENDAR, calendar("").replace("Asia/Shanghai", "Moon")).body())
        .contains("zone is 'Moon'");
    assertThat(admin.send("PUT", CALENDAR, calendar("").replace("[15]", "[32]")).body())
        .contains("from 1 to 31, was 32");
    assertThat(admin.send("PUT", CALENDAR, calendar("").replace("22:00", "25:00")).body())
        .contains("end of day has the time '25:00'");
    assertThat(
            admin
                .send(
                    "PUT",
                    CALENDAR,
                    calendar(
                        """
                        {"name": "sale", "kind": "FLASH_SALE", "from": "2026-11-11T00:00:00Z",
                         "to": "2026-11-10T00:00:00Z"}
                        """))
                .body())
        .contains("sale must end after it begins");
    assertThat(admin.send("PUT", CALENDAR, calendar("").replace("[15]", "null")).body())
        .contains("payDays is missing");
    assertThat(admin.get(CALENDAR).json().path("usual").asBoolean()).isTrue();
  }

  /** Each day by itself is an event, so that any history has enough of them. */
  private String everyDay(String name, int more) {
    LocalDate today = LocalDate.ofInstant(cart.clock().instant(), ZoneOffset.UTC);
    return IntStream.range(-6, more)
        .mapToObj(day -> today.plusDays(day).atTime(6, 0).toInstant(ZoneOffset.UTC))
        .map(
            from ->
                "{\"name\": \"%s\", \"kind\": \"OTHER\", \"from\": \"%s\", \"to\": \"%s\"}"
                    .formatted(name, from, from.plusSeconds(3600)))
        .collect(Collectors.joining(","));
  }

  @Test
  void aPolicyTellsWhatItKeepsForWhichDayAndEvent() {
    cart.told(Duration.ofDays(5));
    admin.send("PUT", CALENDAR, calendar(everyDay("opening", 0)).replace("Asia/Shanghai", "UTC"));
    admin.send(
        "POST",
        LEARNING,
        """
        {"namespace": "shop", "targetKind": "Deployment", "targetName": "cart", "days": 5,
         "maxReplicas": 20}
        """);
    var answer =
        admin.await(LEARNING + ScaledCart.AT + "&wait=5", one -> !one.at("/job/endedAt").isNull());
    assertThat(answer.at("/job/state").asString())
        .as(answer.path("job").toString())
        .isEqualTo("DONE");
    var scenarios = answer.at("/learned/scenarios");
    assertThat(scenarios.path("zone").asString()).isEqualTo("UTC");
    assertThat(scenarios.at("/calendar/payDays/0").asInt()).isEqualTo(15);
    var opening =
        scenarios
            .path("learned")
            .valueStream()
            .filter(one -> one.at("/name/event").asString("").equals("opening"))
            .findFirst()
            .orElseThrow();
    assertThat(opening.path("restsOn").size()).isBetween(4, 5);
    assertThat(opening.path("replicas").size()).isEqualTo(4);
    assertThat(opening.path("peakPerSecond").asDouble()).isBetween(150.0, 300.0);
    assertThat(scenarios.path("unlearned").size() + scenarios.path("learned").size())
        .isGreaterThan(1);
    boolean used = scenarios.path("used").asBoolean();
    assertThat(answer.at("/learned/summary/title").asString().contains("floors by calendar"))
        .isEqualTo(used);
    assertThat(used || answer.at("/learned/kept").isNull()).isTrue();
  }
}
