package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection, used by one thread at a time. Statements take well under a millisecond, so
 * waiting for each other costs less than a pool would.
 */
final class Sql implements AutoCloseable {

  private final String file;
  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * @param file named in messages
   */
  Sql(String file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Reads one row into a value. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Several statements that take effect together. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Runs statements in a transaction: all of them take effect, or none. */
  <T> T transaction(String what, Work<T> work) {
    turn.lock();
    try {
      connection.setAutoCommit(false);
      try {
        var result = work.run();
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(what, e);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Runs one statement.
   *
   * @return how many rows it changed
   */
  int update(String sql, @Nullable Object... values) {
    turn.lock();
    try (var statement = prepared(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    } finally {
      turn.unlock();
    }
  }

  <T> List<T> list(RowReader<T> reader, String sql, @Nullable Object... values) {
    turn.lock();
    try (var statement = prepared(sql, values);
        var rows = statement.executeQuery()) {
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw failed(sql, e);
    } finally {
      turn.unlock();
    }
  }

  <T> Optional<T> first(RowReader<T> reader, String sql, @Nullable Object... values) {
    return list(reader, sql, values).stream().findFirst();
  }

  long count(String sql, @Nullable Object... values) {
    return first(row -> row.getLong(1), sql, values).orElse(0L);
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i] instanceof Instant t ? t.toEpochMilli() : values[i]);
    }
    return statement;
  }

  private StoreException failed(String what, SQLException cause) {
    return new StoreException(
        "cannot do '" + what + "' in " + file + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    turn.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("close", e);
    } finally {
      turn.unlock();
    }
  }
}
