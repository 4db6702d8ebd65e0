package io.bridgewatch.hub;

import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.User;
import io.bridgewatch.ports.UserStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The users, for administrators. */
@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "users")
final class UserController {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,63}");

  private final UserStore users;
  private final Passwords passwords;
  private final Audit audit;
  private final InstantSource clock;

  UserController(UserStore users, Passwords passwords, Audit audit, InstantSource clock) {
    this.users = users;
    this.passwords = passwords;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "users", summary = "Everyone who may log in")
  Api.UserList list() {
    return new Api.UserList(users.all().stream().map(UserController::shown).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(operationId = "addUser", summary = "Add a user with a generated password")
  Api.AddedUser add(@RequestBody Api.NewUser wanted, HttpServletRequest request) {
    if (wanted.username() == null
        || wanted.role() == null
        || !NAME.matcher(wanted.username()).matches()) {
      throw HubProblem.invalid(
          "wanted a role, and a username of 1 to 64 letters, digits and . _ @ - that begins with a"
              + " letter or digit");
    }
    var password = passwords.generate();
    var now = clock.instant();
    var user = new User(wanted.username(), wanted.role(), passwords.hash(password), true, now, now);
    if (!users.add(user)) {
      throw new HubProblem(
          HttpStatus.CONFLICT, "UserExists", "there is a user " + user.name() + " already");
    }
    audit.note(
        Caller.current().name(), Action.USER_ADDED, request.getRemoteAddr(), user.toString());
    return new Api.AddedUser(shown(user), password);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "removeUser", summary = "Remove a user and end their sessions")
  void remove(@PathVariable String name, HttpServletRequest request) {
    var caller = Caller.current();
    if (name.equals(caller.name())) {
      throw new HubProblem(
          HttpStatus.CONFLICT, "OwnUser", "one cannot remove oneself; ask another administrator");
    }
    if (!users.remove(name)) {
      throw HubProblem.notFound("there is no user " + name);
    }
    audit.note(caller.name(), Action.USER_REMOVED, request.getRemoteAddr(), name);
  }

  private static Api.User shown(User user) {
    return new Api.User(user.name(), user.role(), user.initialPassword(), user.createdAt());
  }
}
