package io.bridgewatch.hub;

import io.bridgewatch.ports.Session;
import io.bridgewatch.ports.SessionStore;
import io.bridgewatch.ports.User;
import io.bridgewatch.ports.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Begins, finds and ends sessions. */
@Component
final class Sessions {

  /** How exactly the time of last use is kept; saves a write a request. */
  private static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

  private final SessionStore store;
  private final UserStore users;
  private final HubSettings.SessionLimits limits;
  private final InstantSource clock;

  Sessions(SessionStore store, UserStore users, HubSettings settings, InstantSource clock) {
    this.store = store;
    this.users = users;
    this.limits = settings.session();
    this.clock = clock;
  }

  /** Begins a session and tidies away those that have ended. */
  Caller begin(User user, String address) {
    var now = clock.instant();
    store.removeExpired(now.minus(limits.idle()), now.minus(limits.absolute()));
    var token = SessionTokens.create();
    store.add(new Session(SessionTokens.hash(token), user.name(), address, now, now));
    return new Caller(user, token);
  }

  /** Whose token this is; empty if the session has ended or never was. */
  Optional<Caller> find(String token) {
    if (token.length() != SessionTokens.LENGTH) {
      return Optional.empty();
    }
    var hash = SessionTokens.hash(token);
    var now = clock.instant();
    var session = store.find(hash);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    if (ended(session.get(), now)) {
      store.remove(hash);
      return Optional.empty();
    }
    if (Duration.between(session.get().lastSeenAt(), now).compareTo(TOUCHED_EVERY) >= 0) {
      store.touch(hash, now);
    }
    return users.find(session.get().user()).map(user -> new Caller(user, token));
  }

  private boolean ended(Session session, Instant now) {
    return session.lastSeenAt().plus(limits.idle()).isBefore(now)
        || session.createdAt().plus(limits.absolute()).isBefore(now);
  }

  void end(Caller caller) {
    store.remove(SessionTokens.hash(caller.token()));
  }

  /** Ends all sessions of the caller's user but this one. */
  void endOthers(Caller caller) {
    store.removeOthers(caller.name(), Optional.of(SessionTokens.hash(caller.token())));
  }
}
