package io.bridgewatch.ports;

import java.time.Instant;

/**
 * Someone who may log in.
 *
 * @param name as typed at login; unique
 * @param passwordHash with its algorithm and parameters; never the password
 * @param initialPassword whether the password is the one that was generated for the user
 * @param passwordSince when the password was last set
 */
public record User(
    String name,
    Role role,
    String passwordHash,
    boolean initialPassword,
    Instant createdAt,
    Instant passwordSince) {

  /** The same user with a password of their own choice. */
  public User withPassword(String hash, Instant since) {
    return new User(name, role, hash, false, createdAt, since);
  }

  /** Without the hash, which belongs in no log. */
  @Override
  public String toString() {
    return name + " (" + role.id() + ")";
  }
}
