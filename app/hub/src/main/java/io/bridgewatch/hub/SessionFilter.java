package io.bridgewatch.hub;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls by the session cookie, and refuses calls that change something when they lack
 * the CSRF token of that session or come from another site. Whether the caller may do what is asked
 * is decided later.
 */
final class SessionFilter extends OncePerRequestFilter {

  static final String COOKIE = "bw_session";
  static final String CSRF_HEADER = "X-CSRF-Token";
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final int LARGEST_BODY_BYTES = 64 * 1024;

  /** API servers deliver some hundred audit events at a time. */
  private static final Pattern AUDIT_EVENTS =
      Pattern.compile("/api/v1/clusters/[^/]+/audit-events");

  private static final int LARGEST_DELIVERY_BYTES = 32 * 1024 * 1024;

  private final Sessions sessions;
  private final ProblemWriter problems;

  SessionFilter(Sessions sessions, ProblemWriter problems) {
    this.sessions = sessions;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var caller = caller(request);
    var refusal = refusal(request, caller);
    if (refusal.isPresent()) {
      problems.write(refusal.get(), request, response);
      return;
    }
    caller.ifPresent(
        found -> {
          var context = SecurityContextHolder.createEmptyContext();
          context.setAuthentication(found.proof());
          SecurityContextHolder.setContext(context);
        });
    chain.doFilter(request, response);
  }

  private Optional<Caller> caller(HttpServletRequest request) {
    var cookies = request.getCookies();
    return (cookies == null ? Stream.<Cookie>empty() : Arrays.stream(cookies))
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .flatMap(token -> sessions.find(token).stream())
        .findFirst();
  }

  private static Optional<HubProblem> refusal(HttpServletRequest request, Optional<Caller> caller) {
    if (HARMLESS.contains(request.getMethod())) {
      return Optional.empty();
    }
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return Optional.of(
          new HubProblem(
              HttpStatus.FORBIDDEN, "CrossSite", "calls from pages of other sites are refused"));
    }
    boolean login = request.getMethod().equals("POST") && path(request).equals("/api/v1/session");
    if (caller.isPresent() && !login) {
      var given = request.getHeader(CSRF_HEADER);
      if (given == null || !SessionTokens.same(SessionTokens.csrf(caller.get().token()), given)) {
        return Optional.of(
            new HubProblem(
                HttpStatus.FORBIDDEN,
                "CsrfTokenMissing",
                "header " + CSRF_HEADER + " must carry the session's csrfToken"));
      }
    }
    return bodyRefusal(request);
  }

  /**
   * Recordings may be large and are streamed to disk; what senders push is bounded where it is
   * read, once its token is right; everything else is small.
   */
  private static Optional<HubProblem> bodyRefusal(HttpServletRequest request) {
    if (path(request).equals("/api/v1/bundles") || IngestController.PATHS.contains(path(request))) {
      return Optional.empty();
    }
    if (request.getHeader("Transfer-Encoding") != null) {
      return Optional.of(
          new HubProblem(
              HttpStatus.LENGTH_REQUIRED, "LengthRequired", "the body needs a Content-Length"));
    }
    int largest =
        AUDIT_EVENTS.matcher(path(request)).matches() ? LARGEST_DELIVERY_BYTES : LARGEST_BODY_BYTES;
    if (request.getContentLengthLong() > largest) {
      return Optional.of(
          new HubProblem(
              HttpStatus.CONTENT_TOO_LARGE,
              "BodyTooLarge",
              "the body has "
                  + request.getContentLengthLong()
                  + " bytes, at most "
                  + largest
                  + " are taken"));
    }
    return Optional.empty();
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI();
  }
}
