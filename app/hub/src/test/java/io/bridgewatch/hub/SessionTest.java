package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {

  private final SettableClock clock = new SettableClock();
  private final Path directory;

  SessionTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static String change(String current, String next) {
    return RunningHub.JSON.createObjectNode().put("current", current).put("next", next).toString();
  }

  @Test
  void theInitialPasswordIsPrintedOnceAndKeptNowhere() throws IOException {
    String password;
    try (var hub = RunningHub.start(directory, clock)) {
      password = hub.initialPassword();
      assertThat(hub.console().lines()).hasSize(2);
      assertThat(hub.console()).endsWith("Bridgewatch is ready at " + hub.hub().address() + "\n");
      var session = hub.login("admin", password);
      assertThat(session.json().get("initialPassword").asBoolean()).isTrue();
      assertThat(session.json().get("roles").get(0).asString()).isEqualTo("ADMIN");
      assertThat(session.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(password);
      }
    }
    try (var again = RunningHub.start(directory, clock)) {
      assertThat(again.console().lines()).hasSize(1);
    }
  }

  @Test
  void sessionsSurviveARestartAndNoTokenIsStored() throws IOException {
    RunningHub.Client admin;
    try (var hub = RunningHub.start(directory, clock)) {
      admin = hub.admin();
      assertThat(admin.get("/api/v1/session").status()).isEqualTo(200);
    }
    var token = admin.cookie().substring(admin.cookie().indexOf('=') + 1);
    assertThat(Files.readString(directory.resolve("bridgewatch.db"), StandardCharsets.ISO_8859_1))
        .doesNotContain(token)
        .contains(SessionTokens.hash(token));
    try (var hub = RunningHub.start(directory, clock)) {
      var same = new RunningHub.Client(hub, admin.cookie(), admin.csrf());
      assertThat(same.get("/api/v1/session").status()).isEqualTo(200);
      assertThat(same.send("DELETE", "/api/v1/session", "").status()).isEqualTo(204);
      assertThat(same.get("/api/v1/session").status()).isEqualTo(401);
    }
  }

  @Test
  void sessionsEndWhenUnusedAndAfterADay() {
    try (var hub = RunningHub.start(directory, clock)) {
      var idle = hub.admin();
      clock.advance(Duration.ofHours(7));
      assertThat(idle.get("/api/v1/session").status()).isEqualTo(200);
      clock.advance(Duration.ofHours(7));
      assertThat(idle.get("/api/v1/session").status()).as("use extends it").isEqualTo(200);
      clock.advance(Duration.ofHours(8).plusMinutes(2));
      assertThat(idle.get("/api/v1/session").reason()).isEqualTo("NotLoggedIn");

      var busy = hub.admin();
      for (int hour = 0; hour < 24; hour++) {
        clock.advance(Duration.ofHours(1));
        assertThat(busy.get("/api/v1/session").status()).isEqualTo(200);
      }
      clock.advance(Duration.ofSeconds(1));
      assertThat(busy.get("/api/v1/session").status()).isEqualTo(401);
    }
  }

  @Test
  void guessingIsSlowedDownAndUnknownUsersLookLikeKnownOnes() {
    try (var hub = RunningHub.start(directory, clock)) {
      var known = hub.login("admin", "wrong");
      var unknown = hub.login("nobody", "wrong");
      assertThat(known.status()).isEqualTo(401);
      assertThat(known.reason()).isEqualTo("BadCredentials");
      assertThat(unknown.body()).isEqualTo(known.body());
      for (int i = 1; i < LoginThrottle.FREE_FOR_USER; i++) {
        assertThat(hub.login("admin", "wrong").status()).isEqualTo(401);
      }
      var refused = hub.login("admin", hub.initialPassword());
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.reason()).isEqualTo("TooManyAttempts");
      assertThat(refused.header("Retry-After")).isEqualTo("31");
      assertThat(hub.login("nobody", "wrong").status()).as("another user").isEqualTo(401);
      clock.advance(Duration.ofSeconds(31));
      assertThat(hub.login("admin", hub.initialPassword()).status()).isEqualTo(200);
      var audit = hub.admin().get("/api/v1/audit?action=LOGIN_FAILED&user=admin").json();
      assertThat(audit.get("total").asInt()).isEqualTo(LoginThrottle.FREE_FOR_USER);
      assertThat(audit.get("items").get(0).get("address").asString()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void changingThePasswordEndsOnesOtherSessions() {
    try (var hub = RunningHub.start(directory, clock)) {
      var old = hub.initialPassword();
      var admin = hub.admin();
      var other = hub.admin();
      var path = "/api/v1/session/password";
      assertThat(admin.send("PUT", path, change("wrong", "a better password")).reason())
          .isEqualTo("BadCredentials");
      assertThat(admin.send("PUT", path, change(old, "short")).reason())
          .isEqualTo("PasswordLength");
      assertThat(admin.send("PUT", path, change(old, old)).reason()).isEqualTo("PasswordReused");
      assertThat(admin.send("PUT", path, "{}").reason()).isEqualTo("InvalidParameter");
      assertThat(admin.send("PUT", path, change(old, "十二个字的新密码也可以用")).status()).isEqualTo(204);
      assertThat(admin.get("/api/v1/session").json().get("initialPassword").asBoolean()).isFalse();
      assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
      assertThat(hub.login("admin", old).status()).isEqualTo(401);
      assertThat(hub.login("admin", "十二个字的新密码也可以用").status()).isEqualTo(200);
      var verification = admin.get("/api/v1/audit/verification").json();
      assertThat(verification.get("intact").asBoolean()).isTrue();
      assertThat(admin.get("/api/v1/audit?action=PASSWORD_CHANGED").json().get("total").asInt())
          .isEqualTo(1);
    }
  }
}
