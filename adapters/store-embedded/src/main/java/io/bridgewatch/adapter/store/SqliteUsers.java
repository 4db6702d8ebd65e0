package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.Role;
import io.bridgewatch.ports.User;
import io.bridgewatch.ports.UserStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Users in SQLite. */
final class SqliteUsers implements UserStore {

  private final Sql sql;

  SqliteUsers(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<User> find(String name) {
    return sql.first(SqliteUsers::user, "SELECT * FROM user WHERE name = ?", name);
  }

  @Override
  public List<User> all() {
    return sql.list(SqliteUsers::user, "SELECT * FROM user ORDER BY name");
  }

  @Override
  public boolean add(User user) {
    return sql.update(
            "INSERT INTO user (name, role, password_hash, initial_password, created_at,"
                + " password_since) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            user.name(),
            user.role().name(),
            user.passwordHash(),
            user.initialPassword(),
            user.createdAt(),
            user.passwordSince())
        == 1;
  }

  @Override
  public boolean replace(User user) {
    return sql.update(
            "UPDATE user SET role = ?, password_hash = ?, initial_password = ?, created_at = ?,"
                + " password_since = ? WHERE name = ?",
            user.role().name(),
            user.passwordHash(),
            user.initialPassword(),
            user.createdAt(),
            user.passwordSince(),
            user.name())
        == 1;
  }

  @Override
  public boolean remove(String name) {
    return sql.update("DELETE FROM user WHERE name = ?", name) == 1;
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        row.getString("password_hash"),
        row.getBoolean("initial_password"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("password_since")));
  }
}
