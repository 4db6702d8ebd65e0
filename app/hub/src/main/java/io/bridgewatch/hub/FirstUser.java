package io.bridgewatch.hub;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.Role;
import io.bridgewatch.ports.User;
import io.bridgewatch.ports.UserStore;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes the first administrator of an empty store. */
@Component
final class FirstUser {

  static final String NAME = "admin";

  private final UserStore users;
  private final AuditLog audit;
  private final Passwords passwords;
  private final InstantSource clock;

  FirstUser(UserStore users, AuditLog audit, Passwords passwords, InstantSource clock) {
    this.users = users;
    this.audit = audit;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** The generated password, which is kept nowhere; empty if there are users already. */
  Optional<String> create() {
    if (!users.all().isEmpty()) {
      return Optional.empty();
    }
    var password = passwords.generate();
    var now = clock.instant();
    users.add(new User(NAME, Role.ADMIN, passwords.hash(password), true, now, now));
    audit.append(
        new AuditEntry(now, NAME, AuditEntry.Action.USER_ADDED, "local", NAME + " (admin)"));
    return Optional.of(password);
  }

  /** The line that tells the password, in the language of the console. */
  static String announcement(String password) {
    return Locale.getDefault().getLanguage().equals("zh")
        ? NAME + " 的初始密码（仅显示一次）：" + password
        : "Initial password of " + NAME + " (shown once): " + password;
  }
}
