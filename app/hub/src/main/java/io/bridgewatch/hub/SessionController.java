package io.bridgewatch.hub;

import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.User;
import io.bridgewatch.ports.UserStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Logging in and out, and one's own password. */
@RestController
@RequestMapping("/api/v1/session")
@Tag(name = "session")
final class SessionController {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_PASSWORD = 1024;
  private static final int SHORTEST_PASSWORD = 12;

  private final UserStore users;
  private final Sessions sessions;
  private final Passwords passwords;
  private final LoginThrottle throttle;
  private final Audit audit;
  private final InstantSource clock;

  SessionController(
      UserStore users,
      Sessions sessions,
      Passwords passwords,
      LoginThrottle throttle,
      Audit audit,
      InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
    this.clock = clock;
  }

  @PostMapping
  @Operation(operationId = "login", summary = "Log in; sets the cookie bw_session")
  Api.Session login(
      @RequestBody Api.Login login, HttpServletRequest request, HttpServletResponse response) {
    var name = given("username", login.username());
    var password = given("password", login.password());
    var address = request.getRemoteAddr();
    throttled(name, address);
    var user = authenticated(name, password);
    if (user.isEmpty()) {
      audit.note(shortened(name), Action.LOGIN_FAILED, address, "wrong name or password");
      throw new HubProblem(
          HttpStatus.UNAUTHORIZED, "BadCredentials", "the user name or the password is wrong");
    }
    throttle.succeeded(name, address);
    var caller = sessions.begin(user.get(), address);
    audit.note(name, Action.LOGIN, address, "");
    setCookie(request, response, caller.token(), false);
    return session(caller);
  }

  private Optional<User> authenticated(String name, String password) {
    boolean possible = name.length() <= LONGEST_NAME && password.length() <= LONGEST_PASSWORD;
    var user = possible ? users.find(name) : Optional.<User>empty();
    if (user.isEmpty()) {
      passwords.matchNobody(possible ? password : "");
      return Optional.empty();
    }
    return user.filter(u -> passwords.matches(password, u.passwordHash()));
  }

  private void throttled(String name, String address) {
    throttle
        .begin(name, address)
        .ifPresent(
            wait -> {
              audit.note(shortened(name), Action.LOGIN_THROTTLED, address, "too many attempts");
              throw new HubProblem(
                      HttpStatus.TOO_MANY_REQUESTS,
                      "TooManyAttempts",
                      "too many failed attempts; try again in " + wait.toSeconds() + " s")
                  .after(wait.plusSeconds(1));
            });
  }

  @GetMapping
  @Operation(operationId = "currentSession", summary = "Who is logged in")
  Api.Session current() {
    return session(Caller.current());
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "logout", summary = "Log out")
  void logout(HttpServletRequest request, HttpServletResponse response) {
    var caller = Caller.current();
    sessions.end(caller);
    audit.note(caller.name(), Action.LOGOUT, request.getRemoteAddr(), "");
    setCookie(request, response, "", true);
  }

  @PutMapping("/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "changePassword",
      summary = "Change one's own password; ends one's other sessions")
  void changePassword(@RequestBody Api.PasswordChange change, HttpServletRequest request) {
    var caller = Caller.current();
    var current = given("current", change.current());
    var next = given("next", change.next());
    var address = request.getRemoteAddr();
    throttled(caller.name(), address);
    if (authenticated(caller.name(), current).isEmpty()) {
      audit.note(
          caller.name(), Action.PASSWORD_CHANGE_FAILED, address, "the current password is wrong");
      throw new HubProblem(HttpStatus.FORBIDDEN, "BadCredentials", "the current password is wrong");
    }
    throttle.succeeded(caller.name(), address);
    check(next, current, caller.name());
    users.replace(caller.user().withPassword(passwords.hash(next), clock.instant()));
    sessions.endOthers(caller);
    audit.note(caller.name(), Action.PASSWORD_CHANGED, address, "");
  }

  private static void check(String next, String current, String name) {
    int length = next.codePointCount(0, next.length());
    if (length < SHORTEST_PASSWORD || next.length() > LONGEST_PASSWORD) {
      throw new HubProblem(
          HttpStatus.BAD_REQUEST,
          "PasswordLength",
          "the new password has "
              + length
              + " characters, wanted "
              + SHORTEST_PASSWORD
              + " to "
              + LONGEST_PASSWORD);
    }
    if (next.equals(current) || next.equalsIgnoreCase(name)) {
      throw new HubProblem(
          HttpStatus.BAD_REQUEST,
          "PasswordReused",
          "the new password is the current one or the user name; choose another");
    }
  }

  /** A body may lack a field; JSON binding leaves null there. */
  private static String given(String field, @Nullable String value) {
    if (value == null) {
      throw HubProblem.invalid(field + " is missing");
    }
    return value;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }

  private static Api.Session session(Caller caller) {
    return new Api.Session(
        caller.name(),
        List.of(caller.user().role()),
        caller.user().initialPassword(),
        SessionTokens.csrf(caller.token()));
  }

  private static void setCookie(
      HttpServletRequest request, HttpServletResponse response, String token, boolean ended) {
    var cookie =
        ResponseCookie.from(SessionFilter.COOKIE, token)
            .httpOnly(true)
            .sameSite("Strict")
            .secure(request.isSecure())
            .path("/");
    response.addHeader(
        HttpHeaders.SET_COOKIE, (ended ? cookie.maxAge(0) : cookie).build().toString());
  }
}
