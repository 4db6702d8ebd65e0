package io.bridgewatch.ports;

import java.util.Optional;

/** Settings that administrators change while the hub runs. Safe for use by several threads. */
public interface SettingStore {

  /** The value of a setting; empty if it was never set, or was removed. */
  Optional<String> setting(String name);

  /**
   * Sets it; when this has returned, that survives a crash.
   *
   * @throws StoreException if it could not be kept
   */
  void set(String name, String value);

  /** Forgets it. */
  void remove(String name);
}
