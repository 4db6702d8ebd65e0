package io.bridgewatch.hub;

import static io.bridgewatch.ports.Role.ADMIN;
import static io.bridgewatch.ports.Role.AUDITOR;
import static io.bridgewatch.ports.Role.OPERATOR;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.bridgewatch.ports.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may call what. What is not listed here is closed to everyone. */
final class AccessRules {

  private static final Set<Role> EVERYONE = Set.of(ADMIN, OPERATOR, AUDITOR);

  /**
   * One route.
   *
   * @param roles who may call it; {@link Open} routes need no login
   */
  sealed interface Rule {
    RequestMatcher route();
  }

  record Open(RequestMatcher route) implements Rule {}

  record Closed(RequestMatcher route, Set<Role> roles) implements Rule {}

  private static final List<Rule> API =
      List.of(
          open(GET, "/healthz"),
          open(HEAD, "/healthz"),
          open(POST, "/api/v1/session"),
          closed(GET, "/api/v1/session", EVERYONE),
          closed(DELETE, "/api/v1/session", EVERYONE),
          closed(PUT, "/api/v1/session/password", EVERYONE),
          closed(GET, "/api/v1/incidents", EVERYONE),
          closed(GET, "/api/v1/incidents/{id}", EVERYONE),
          closed(GET, "/api/v1/incidents/{id}/report", EVERYONE),
          closed(GET, "/api/v1/bundles", EVERYONE),
          closed(POST, "/api/v1/bundles", Set.of(ADMIN, OPERATOR)),
          closed(GET, "/api/v1/bundles/{digest}/file", EVERYONE),
          closed(GET, "/api/v1/jobs/{id}", EVERYONE),
          closed(DELETE, "/api/v1/jobs/{id}", Set.of(ADMIN, OPERATOR)),
          closed(GET, "/api/v1/clusters", EVERYONE),
          closed(POST, "/api/v1/clusters", Set.of(ADMIN)),
          closed(POST, "/api/v1/clusters/check", Set.of(ADMIN)),
          closed(PUT, "/api/v1/clusters/{name}", Set.of(ADMIN)),
          closed(DELETE, "/api/v1/clusters/{name}", Set.of(ADMIN)),
          closed(GET, "/api/v1/clusters/{name}/history", EVERYONE),
          open(POST, "/api/v1/clusters/{name}/audit-events"), // by a token of its own
          closed(PUT, "/api/v1/clusters/{name}/audit-webhook", Set.of(ADMIN)),
          closed(DELETE, "/api/v1/clusters/{name}/audit-webhook", Set.of(ADMIN)),
          closed(GET, "/api/v1/entities", EVERYONE),
          closed(GET, "/api/v1/entities/summary", EVERYONE),
          closed(GET, "/api/v1/entity", EVERYONE),
          closed(GET, "/api/v1/entity/object", EVERYONE),
          closed(GET, "/api/v1/entity/profile", EVERYONE),
          closed(GET, "/api/v1/map", EVERYONE),
          closed(GET, "/api/v1/happenings", EVERYONE),
          closed(GET, "/api/v1/pools", EVERYONE),
          closed(GET, "/api/v1/teams", EVERYONE),
          closed(GET, "/api/v1/placement", EVERYONE),
          closed(GET, "/api/v1/signals", EVERYONE),
          closed(POST, "/api/v1/metrics/query", EVERYONE),
          closed(GET, "/api/v1/metrics/series", EVERYONE),
          closed(GET, "/api/v1/metrics/exemplars", EVERYONE),
          closed(GET, "/api/v1/logs", EVERYONE),
          closed(GET, "/api/v1/logs/histogram", EVERYONE),
          closed(GET, "/api/v1/logs/tail", EVERYONE),
          closed(GET, "/api/v1/log-patterns", EVERYONE),
          closed(GET, "/api/v1/traces", EVERYONE),
          closed(GET, "/api/v1/traces/{id}", EVERYONE),
          closed(GET, "/api/v1/transactions", EVERYONE),
          closed(GET, "/api/v1/transactions/rules", EVERYONE),
          closed(PUT, "/api/v1/transactions/rules", Set.of(ADMIN)),
          closed(DELETE, "/api/v1/transactions/rules", Set.of(ADMIN)),
          closed(GET, "/api/v1/audit", Set.of(ADMIN, AUDITOR)),
          closed(GET, "/api/v1/audit/verification", Set.of(ADMIN, AUDITOR)),
          closed(GET, "/api/v1/users", Set.of(ADMIN, AUDITOR)),
          closed(POST, "/api/v1/users", Set.of(ADMIN)),
          closed(DELETE, "/api/v1/users/{name}", Set.of(ADMIN)),
          closed(GET, "/api/v1/retention", EVERYONE),
          closed(GET, "/api/v1/scorecards", EVERYONE),
          closed(POST, "/api/v1/scorecards", Set.of(ADMIN)),
          closed(GET, "/api/v1/scorecards/{id}", EVERYONE),
          closed(DELETE, "/api/v1/scorecards/{id}", Set.of(ADMIN)),
          closed(GET, "/api/v1/drill/troubles", EVERYONE),
          closed(POST, "/api/v1/drill/troubles", Set.of(ADMIN)),
          closed(DELETE, "/api/v1/drill/troubles/{kind}", Set.of(ADMIN)),
          closed(GET, "/api/v1/scaling/workloads", EVERYONE),
          closed(GET, "/api/v1/scaling/workload", EVERYONE),
          closed(GET, "/api/v1/scaling/waves", EVERYONE),
          closed(GET, "/api/v1/scaling/policies", EVERYONE),
          closed(PUT, "/api/v1/scaling/policy", Set.of(ADMIN, OPERATOR)),
          closed(DELETE, "/api/v1/scaling/policy", Set.of(ADMIN, OPERATOR)),
          closed(PUT, "/api/v1/scaling/policy/mode", Set.of(ADMIN, OPERATOR)),
          closed(GET, "/api/v1/scaling/history", EVERYONE),
          closed(GET, "/api/v1/scaling/metrics-api", EVERYONE),
          closed(GET, "/api/v1/scaling/calendar", EVERYONE),
          closed(PUT, "/api/v1/scaling/calendar", Set.of(ADMIN)),
          closed(DELETE, "/api/v1/scaling/calendar", Set.of(ADMIN)),
          open(GET, ScalingMetricsController.PAGE), // by the ingest token
          closed(GET, "/api/v1/scaling/learned", EVERYONE),
          closed(GET, "/api/v1/scaling/shadow", EVERYONE),
          closed(GET, "/api/v1/scaling/shadow/replicas", EVERYONE),
          closed(GET, "/api/v1/scaling/verdicts", EVERYONE),
          closed(GET, "/api/v1/scaling/report", EVERYONE),
          closed(GET, "/api/v1/scaling/report/file", EVERYONE),
          closed(GET, "/api/v1/scaling/learning", EVERYONE),
          closed(POST, "/api/v1/scaling/learning", Set.of(ADMIN, OPERATOR)),
          closed(DELETE, "/api/v1/scaling/learning", Set.of(ADMIN, OPERATOR)),
          closed(GET, "/api/v1/scaling/plans", EVERYONE),
          closed(POST, "/api/v1/scaling/plans", Set.of(ADMIN, OPERATOR)),
          closed(GET, "/api/v1/scaling/plans/{id}", EVERYONE),
          closed(POST, "/api/v1/scaling/plans/{id}/confirm", Set.of(ADMIN, OPERATOR)),
          closed(POST, "/api/v1/scaling/plans/{id}/cancel", Set.of(ADMIN, OPERATOR)),
          closed(GET, "/api/v1/pipeline", EVERYONE),
          closed(GET, "/api/v1/pipeline/targets", EVERYONE),
          closed(PUT, "/api/v1/pipeline/ingest-token", Set.of(ADMIN)),
          closed(DELETE, "/api/v1/pipeline/ingest-token", Set.of(ADMIN)),
          // these by a token of their own
          open(POST, "/v1/metrics"),
          open(POST, "/v1/traces"),
          open(POST, "/v1/logs"),
          open(POST, "/api/v2/spans"),
          open(POST, "/api/traces"),
          open(POST, IngestController.REMOTE_WRITE),
          closed(GET, "/api/v1/about", EVERYONE),
          closed(GET, "/api/v1/openapi.json", EVERYONE));

  private final List<Rule> rules;

  /**
   * @param pages paths of the UI, which hold no data and are open
   */
  AccessRules(List<String> pages) {
    var all = new ArrayList<>(API);
    for (String page : pages) {
      all.add(open(GET, page));
      all.add(open(HEAD, page));
    }
    rules = List.copyOf(all);
  }

  List<Rule> rules() {
    return rules;
  }

  /** Whether there is such a route at all. */
  boolean knows(HttpServletRequest request) {
    return rules.stream().anyMatch(rule -> rule.route().matches(request));
  }

  private static Rule open(HttpMethod method, String pattern) {
    return new Open(PathPatternRequestMatcher.withDefaults().matcher(method, pattern));
  }

  private static Rule closed(HttpMethod method, String pattern, Set<Role> roles) {
    return new Closed(PathPatternRequestMatcher.withDefaults().matcher(method, pattern), roles);
  }
}
