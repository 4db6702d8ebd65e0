package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.SettingStore;
import java.util.Optional;

/** Settings as names and values. */
final class SqliteSettings implements SettingStore {

  private final Sql sql;

  SqliteSettings(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<String> setting(String name) {
    return sql.first(
        row -> row.getString("value"), "SELECT value FROM setting WHERE name = ?", name);
  }

  @Override
  public void set(String name, String value) {
    sql.update("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value);
  }

  @Override
  public void remove(String name) {
    sql.update("DELETE FROM setting WHERE name = ?", name);
  }
}
