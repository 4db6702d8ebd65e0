package io.bridgewatch.ports;

import java.util.List;
import java.util.Optional;

/** Keeps the users. What a method has returned from survives a crash. */
public interface UserStore {

  Optional<User> find(String name);

  /** In the order of their names. */
  List<User> all();

  /**
   * Adds a user.
   *
   * @return false if there is one of that name already; then nothing is changed
   */
  boolean add(User user);

  /**
   * Replaces the user of the same name.
   *
   * @return false if there is none
   */
  boolean replace(User user);

  /**
   * Removes a user together with all their sessions.
   *
   * @return false if there is none
   */
  boolean remove(String name);
}
