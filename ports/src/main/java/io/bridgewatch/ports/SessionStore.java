package io.bridgewatch.ports;

import java.time.Instant;
import java.util.Optional;

/** Keeps who is logged in. What a method has returned from survives a crash. */
public interface SessionStore {

  /** Adds a session. */
  void add(Session session);

  Optional<Session> find(String tokenHash);

  /** Notes that a session was used; does nothing if it is gone. */
  void touch(String tokenHash, Instant at);

  /** Ends one session; does nothing if it is gone. */
  void remove(String tokenHash);

  /**
   * Ends the sessions of a user except one.
   *
   * @param keptTokenHash empty to end all
   */
  void removeOthers(String user, Optional<String> keptTokenHash);

  /** Ends all that were last used before one time or begun before the other. */
  void removeExpired(Instant lastSeenBefore, Instant createdBefore);
}
