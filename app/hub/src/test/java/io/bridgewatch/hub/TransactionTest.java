package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Answer;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionTest {

  private static final String TRACE = "0123456789abcdef0123456789abcdef";
  private static final String RULES = "/api/v1/transactions/rules";

  @TempDir Path directory;
  private WatchedShop shop;

  @BeforeEach
  void start() throws InterruptedException {
    shop = WatchedShop.start(directory);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private void push(String token, String path, String body) {
    Answer answer =
        shop.hub()
            .send(
                shop.hub()
                    .request("POST", path, body)
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + token));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  /** A transfer: an entry with a code and a number, and what it calls. */
  private void transfer(String serial) {
    var token =
        shop.admin()
            .send("PUT", "/api/v1/pipeline/ingest-token", "")
            .json()
            .get("token")
            .asString();
    Instant now = shop.clock().instant();
    push(
        token,
        "/v1/traces",
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":
        {"stringValue":"core"}}]},"scopeSpans":[{"spans":[
        {"traceId":"%1$s","spanId":"0000000000000001","name":"POST /transfers","kind":2,
        "startTimeUnixNano":"%2$d000000000","endTimeUnixNano":"%2$d050000000","attributes":[
        {"key":"transaction.code","value":{"stringValue":"TRF001"}},
        {"key":"transaction.id","value":{"stringValue":"%3$s"}}]},
        {"traceId":"%1$s","spanId":"0000000000000002","parentSpanId":"0000000000000001",
        "name":"book","kind":1,"status":{"code":2},
        "startTimeUnixNano":"%2$d010000000","endTimeUnixNano":"%2$d020000000"}]}]}]}"""
            .formatted(TRACE, now.getEpochSecond(), serial));
    push(
        token,
        "/v1/logs",
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":
        {"stringValue":"core"}}]},"scopeLogs":[{"logRecords":[
        {"timeUnixNano":"%1$d000000000","severityNumber":9,"traceId":"%2$s",
        "body":{"stringValue":"booked serialNo=%3$s"}},
        {"timeUnixNano":"%1$d000000000","severityNumber":9,"traceId":"%4$s",
        "body":{"stringValue":"later serialNo=%3$s"}}]}]}]}"""
            .formatted(now.getEpochSecond(), TRACE, serial, "f".repeat(32)));
  }

  @Test
  void aSerialNumberFindsTheTransactionItsTracesAndItsLines() {
    transfer("TX20261129A7");
    var found =
        shop.admin()
            .await(
                "/api/v1/transactions?serial=TX20261129A7",
                answer -> answer.get("logs").size() == 2 && answer.get("traces").size() == 1);
    var trace = found.at("/traces/0");
    assertThat(trace.get("name").asString()).isEqualTo("TRF001");
    assertThat(trace.get("service").asString()).isEqualTo("core");
    assertThat(trace.get("spans").asInt()).isEqualTo(2);
    assertThat(trace.get("failed").asInt()).isEqualTo(1);
    assertThat(found.at("/tracesNotKept/0").asString()).isEqualTo("f".repeat(32));
    assertThat(found.at("/logs/0/body").asString()).contains("TX20261129A7");
    assertThat(shop.admin().get("/api/v1/transactions?serial=TX2026").json().get("traces"))
        .isEmpty();
    assertThat(shop.admin().get("/api/v1/transactions?serial=%20").status()).isEqualTo(400);
  }

  @Test
  void aNumberThatCouldBeACardIsFoundAndNeverShown() {
    transfer("4111111111111111");
    var found =
        shop.admin()
            .await(
                "/api/v1/transactions?serial=4111111111111111",
                answer -> answer.get("logs").size() == 2 && answer.get("traces").size() == 1);
    assertThat(found.toString()).doesNotContain("4111111111111111");
    assertThat(shop.admin().get("/api/v1/traces/" + TRACE).body())
        .contains("TRF001")
        .doesNotContain("4111111111111111");
  }

  @Test
  void anAdministratorChangesTheRulesAndThatIsNotedAndHoldsAtOnce() {
    var admin = shop.admin();
    assertThat(admin.get(RULES).json().get("usual").asBoolean()).isTrue();
    var answer =
        admin.send(
            "PUT",
            RULES,
            """
            {"rules":[{"kind":"name","name":"Transfer","source":"route","pattern":"/transfers"},
            {"kind":"serial","source":"attribute","field":"transaction.id","pattern":".+"}]}""");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("usual").asBoolean()).isFalse();
    assertThat(admin.get(RULES).json()).isEqualTo(answer.json());
    assertThat(admin.get("/api/v1/audit?action=TRANSACTION_RULES_CHANGED").body())
        .contains("2 rules");
    transfer("TX20261129A8");
    var found =
        admin.await("/api/v1/transactions?serial=TX20261129A8", a -> a.get("traces").size() == 1);
    assertThat(found.at("/traces/0/name").asString()).isEqualTo("Transfer");
    assertThat(admin.send("DELETE", RULES, "").json().get("usual").asBoolean()).isTrue();
  }

  @Test
  void aRuleThatMakesNoSenseIsRefused() {
    for (String wrong :
        new String[] {
          "{}",
          rule("x", "", "route", "", "x"),
          rule("serial", "", "route", "", "("),
          rule("serial", "", "header", "", "x"),
          rule("serial", "", "nowhere", "", "x"),
          rule("name", "", "route", "", "x"),
          rule("name", "n", "body", "", "x"),
          rule("name", "n", "route", "", " ")
        }) {
      assertThat(shop.admin().send("PUT", RULES, wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(shop.admin().get(RULES).json().get("usual").asBoolean()).isTrue();
  }

  private static String rule(
      String kind, String name, String source, String field, String pattern) {
    return """
        {"rules":[{"kind":"%s","name":"%s","source":"%s","field":"%s","pattern":"%s"}]}"""
        .formatted(kind, name, source, field, pattern);
  }
}
