package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {

  /** Everything that a caller may reach without a login, and nothing else. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /healthz",
          "POST /api/v1/session",
          "GET /",
          "GET /index.html",
          "GET /login",
          "GET /incidents",
          "GET /incidents/x",
          "GET /clusters",
          "GET /inventory",
          "GET /inventory/x",
          "GET /entity",
          "GET /map",
          "GET /timeline",
          "GET /pools",
          "GET /pipeline",
          "GET /scaling",
          "GET /scaling/calendar",
          "GET /scaling/report",
          "GET /log-patterns",
          "GET /drill",
          "GET /troubles",
          "GET /explore",
          "GET /transactions",
          "GET /logs",
          "GET /traces",
          "GET /traces/x",
          "GET /bundles",
          "GET /audit",
          "GET /account");

  private static final Path UI_ROUTES = Path.of("../../web/src/App.tsx");
  private static final Pattern UI_ROUTE = Pattern.compile("path: '([^'*]+)'");

  private RunningHub hub;
  private List<Route> routes;

  private record Route(String method, String path) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    hub = RunningHub.start(directory, new SettableClock());
    routes = routes();
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private List<Route> routes() {
    var found = new ArrayList<Route>();
    hub.hub()
        .context()
        .getBeansOfType(RequestMappingHandlerMapping.class)
        .values()
        .forEach(
            mapping ->
                mapping
                    .getHandlerMethods()
                    .keySet()
                    .forEach(
                        info -> {
                          var methods = info.getMethodsCondition().getMethods();
                          for (String pattern : info.getPatternValues()) {
                            var path = pattern.replaceAll("\\{[^}]*}", "x");
                            for (var method :
                                methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
                              if (method != RequestMethod.TRACE) {
                                found.add(new Route(method.name(), path));
                              }
                            }
                          }
                        }));
    return found;
  }

  @Test
  void everyRouteIsClosedWithoutALogin() {
    assertThat(routes).hasSizeGreaterThan(20);
    for (Route route : routes) {
      if (OPEN.contains(route.toString())) {
        continue;
      }
      var answer = hub.stranger().send(route.method(), route.path(), "");
      assertThat(answer.status()).as(route.toString()).isEqualTo(401);
      if (!route.method().equals("HEAD")) {
        assertThat(answer.reason()).as(route.toString()).isEqualTo("NotLoggedIn");
      }
    }
  }

  @Test
  void everyOpenRouteIsMapped() {
    assertThat(routes).extracting(Route::toString).containsAll(OPEN);
  }

  /** A page that is opened by its address, or loaded anew, asks the hub for it. */
  @Test
  void everyPageOfTheUiIsServedToAnybody() throws IOException {
    var pages =
        UI_ROUTE
            .matcher(Files.readString(UI_ROUTES))
            .results()
            .map(match -> "/" + match.group(1).replaceFirst("^/", "").replaceAll(":\\w+", "x"))
            .toList();
    assertThat(pages).hasSizeGreaterThan(20).contains("/login", "/scaling/report");
    for (String page : pages) {
      assertThat(hub.stranger().get(page).status())
          .as("%s; 503 where the UI was not built", page)
          .isIn(200, 503);
    }
  }

  @Test
  void everythingElseIsClosedToo() {
    for (String path :
        List.of(
            "/api/v1/nothing",
            "/actuator",
            "/actuator/env",
            "/v3/api-docs",
            "/error",
            "/swagger-ui.html",
            "/incidents/x/y",
            "/assets/../application.properties",
            "/application.properties",
            "/api/v1/incidents/",
            "/healthz/x")) {
      assertThat(hub.stranger().get(path).status()).as(path).isIn(400, 401);
    }
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      assertThat(hub.stranger().send(method, "/healthz", "").status()).as(method).isEqualTo(401);
    }
  }

  @Test
  void everyChangeNeedsTheCsrfToken() {
    var admin = hub.admin();
    for (Route route : routes) {
      if (Set.of("GET", "HEAD", "OPTIONS").contains(route.method())
          || route.toString().equals("POST /api/v1/session")) {
        continue;
      }
      var answer = admin.withoutCsrf(route.method(), route.path());
      assertThat(answer.status()).as(route.toString()).isEqualTo(403);
      assertThat(answer.reason()).as(route.toString()).isEqualTo("CsrfTokenMissing");
    }
    assertThat(admin.get("/api/v1/session").status()).as("still logged in").isEqualTo(200);
  }

  @Test
  void callsFromOtherSitesAreRefused() {
    var admin = hub.admin();
    var answer =
        hub.send(
            hub.request("DELETE", "/api/v1/session", "")
                .header("Cookie", admin.cookie())
                .header("X-CSRF-Token", admin.csrf())
                .header("Sec-Fetch-Site", "cross-site"));
    assertThat(answer.reason()).isEqualTo("CrossSite");
  }

  @Test
  void rolesAreKeptApart() {
    var admin = hub.admin();
    var operator = hub.as(admin, "OPERATOR");
    var auditor = hub.as(admin, "AUDITOR");
    for (String path : List.of("/api/v1/audit", "/api/v1/audit/verification")) {
      assertThat(admin.get(path).status()).isEqualTo(200);
      assertThat(auditor.get(path).status()).isEqualTo(200);
      assertThat(operator.get(path).reason()).isEqualTo("RoleMissing");
    }
    for (Route route :
        List.of(
            new Route("POST", "/api/v1/bundles"),
            new Route("DELETE", "/api/v1/jobs/x"),
            new Route("POST", "/api/v1/users"),
            new Route("DELETE", "/api/v1/users/x"))) {
      assertThat(auditor.send(route.method(), route.path(), "{}").reason())
          .as(route.toString())
          .isEqualTo("RoleMissing");
    }
    assertThat(operator.send("POST", "/api/v1/users", "{}").reason()).isEqualTo("RoleMissing");
    assertThat(operator.get("/api/v1/incidents").status()).isEqualTo(200);
    assertThat(auditor.get("/api/v1/incidents").status()).isEqualTo(200);
    assertThat(admin.get("/api/v1/users").json().get("items").size()).isEqualTo(3);
    assertThat(admin.send("DELETE", "/api/v1/users/auditor", "").status()).isEqualTo(204);
    assertThat(auditor.get("/api/v1/session").status()).as("session ended").isEqualTo(401);
    assertThat(admin.send("DELETE", "/api/v1/users/admin", "").reason()).isEqualTo("OwnUser");
    assertThat(admin.send("DELETE", "/api/v1/users/operator", "").status()).isEqualTo(204);
  }

  @Test
  void answersCarryTheHeadersThatHoldBrowsersBack() {
    for (Answer answer : List.of(hub.admin().get("/api/v1/about"), hub.stranger().get("/"))) {
      assertThat(answer.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Server")).isEmpty();
    }
    assertThat(hub.admin().get("/api/v1/about").header("Cache-Control")).contains("no-store");
  }

  @Test
  void pagesOfTheUiAreOneFileAndItsAssetsAreKept() {
    for (String path : List.of("/", "/login", "/incidents/inc-1", "/audit", "/index.html")) {
      var page = hub.stranger().get(path);
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.body()).contains("<!doctype html>");
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    }
    var asset = hub.stranger().get("/assets/app-1a2b3c4d.js");
    assertThat(asset.status()).isEqualTo(200);
    assertThat(asset.header("Content-Type")).contains("javascript");
    assertThat(asset.header("Cache-Control")).contains("immutable", "max-age=31536000");
    assertThat(hub.stranger().get("/favicon.svg").status()).isEqualTo(200);
    assertThat(hub.stranger().send("HEAD", "/healthz", "").status()).isEqualTo(200);
    assertThat(hub.stranger().send("HEAD", "/login", "").status()).isEqualTo(200);
    assertThat(hub.stranger().get("/assets/none.js").reason()).isEqualTo("NotFound");
  }

  @Test
  void wrongRequestsAreToldWhatIsWrong() {
    var admin = hub.admin();
    assertThat(admin.get("/api/v1/incidents/none").reason()).isEqualTo("NotFound");
    assertThat(admin.get("/api/v1/none").reason()).isEqualTo("NotFound");
    assertThat(admin.get("/api/v1/incidents?limit=0").reason()).isEqualTo("InvalidParameter");
    assertThat(admin.get("/api/v1/incidents?limit=x").reason()).isEqualTo("InvalidParameter");
    assertThat(admin.get("/api/v1/incidents?lang=fr").reason()).isEqualTo("InvalidParameter");
    assertThat(admin.get("/api/v1/incidents?cursor=x").reason()).isEqualTo("InvalidCursor");
    assertThat(admin.get("/api/v1/audit?action=x").reason()).isEqualTo("InvalidParameter");
    assertThat(admin.send("POST", "/api/v1/users", "{").reason()).isEqualTo("InvalidBody");
    assertThat(admin.send("POST", "/api/v1/users", "x".repeat(70_000)).reason())
        .isEqualTo("BodyTooLarge");
    assertThat(hub.login("admin", "x".repeat(70_000)).reason()).isEqualTo("BodyTooLarge");
  }
}
