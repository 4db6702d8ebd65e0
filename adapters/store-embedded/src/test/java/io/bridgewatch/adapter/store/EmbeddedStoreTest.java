package io.bridgewatch.adapter.store;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.Role;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {

  private final Path directory;

  EmbeddedStoreTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static AuditEntry entry(String detail) {
    return new AuditEntry(NOON, "wei", AuditEntry.Action.LOGIN, "192.0.2.7", detail);
  }

  private void tamper(String... statements) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("bridgewatch.db"));
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void whatWasStoredIsThereAfterReopening() {
    var user = new User("wei", Role.ADMIN, "{hash}", true, NOON, NOON);
    try (var store = EmbeddedStore.open(directory)) {
      store.users().add(user);
    }
    try (var store = EmbeddedStore.open(directory)) {
      assertThat(store.users().all()).containsExactly(user);
    }
  }

  @Test
  void refusesASecondProcessOnTheSameDirectory() {
    try (var store = EmbeddedStore.open(directory)) {
      assertThat(store.users().all()).isEmpty();
      assertThatThrownBy(() -> EmbeddedStore.open(directory))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another Bridgewatch process uses it")
          .hasMessageContaining(directory.toString());
    }
    EmbeddedStore.open(directory).close();
  }

  @Test
  void refusesAFileOfANewerRelease() throws SQLException {
    EmbeddedStore.open(directory).close();
    tamper("PRAGMA user_version = 99");
    assertThatThrownBy(() -> EmbeddedStore.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schema has version 99, this release knows up to 7");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.writeString(
        directory.resolve("bridgewatch.db"), "not a database, at any length ".repeat(99));
    assertThatThrownBy(() -> EmbeddedStore.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("bridgewatch.db")
        .hasMessageContaining("restore a backup");
  }

  @Test
  void auditEntriesCannotBeChangedThroughTheDatabase() {
    try (var store = EmbeddedStore.open(directory)) {
      store.audit().append(entry("first"));
    }
    assertThatThrownBy(() -> tamper("UPDATE audit SET user = 'lin'"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> tamper("DELETE FROM audit")).hasMessageContaining("never removed");
  }

  @Test
  void aForgedOrMissingAuditEntryBreaksTheChain() throws SQLException {
    try (var store = EmbeddedStore.open(directory)) {
      for (int i = 1; i <= 5; i++) {
        store.audit().append(entry("entry " + i));
      }
    }
    tamper("DROP TRIGGER audit_is_never_changed", "UPDATE audit SET user = 'lin' WHERE number = 3");
    try (var store = EmbeddedStore.open(directory)) {
      assertThat(store.audit().verify().firstBroken()).contains(3L);
    }
    tamper("DROP TRIGGER audit_is_never_shortened", "DELETE FROM audit WHERE number = 2");
    try (var store = EmbeddedStore.open(directory)) {
      assertThat(store.audit().verify().firstBroken()).contains(2L);
    }
  }

  @Test
  void onlyTheOwnerCanEnterANewDataDirectory() throws IOException {
    var data = directory.resolve("new/data");
    EmbeddedStore.open(data).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("bridgewatch.db"))))
        .isEqualTo("rw-------");
  }

  @Test
  void closingItOnceMoreDoesNoHarm(@TempDir Path directory) {
    var store = EmbeddedStore.open(directory);
    var history = store.topologyHistory();
    store.close();
    store.close();
    assertThatThrownBy(() -> history.heard("south"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }
}
