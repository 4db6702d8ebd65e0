package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a database to the schema of this release.
 *
 * <p>Each step is a script; the number of steps taken is the file's {@code PRAGMA user_version}.
 * Steps are only ever added, never changed: a release in the field has run them.
 */
final class Schema {

  private static final List<String> STEPS =
      List.of(
          "001-first.sql",
          "002-clusters.sql",
          "003-live-incidents.sql",
          "004-settings.sql",
          "005-scaling.sql",
          "006-scaling-notes.sql",
          "007-scaling-memories.sql");

  private Schema() {}

  /**
   * Takes the steps that are missing, each in a transaction of its own.
   *
   * @throws StoreException if the file was written by a newer release
   */
  static void migrate(Connection connection, String file) throws SQLException {
    int found = version(connection);
    if (found > STEPS.size()) {
      throw new StoreException(
          "cannot open "
              + file
              + ": its schema has version "
              + found
              + ", this release knows up to "
              + STEPS.size()
              + "; start the release that wrote it, or restore the backup made before the upgrade");
    }
    for (int step = found; step < STEPS.size(); step++) {
      take(connection, step);
    }
  }

  private static void take(Connection connection, int step) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      for (String sql : script(STEPS.get(step)).split(";;", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
      statement.execute("PRAGMA user_version = " + (step + 1));
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static String script(String name) {
    try (var in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("schema step " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
