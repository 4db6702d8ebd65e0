package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.PageRequest;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} does. */
public abstract class AuditLogContractTest {

  /** Ports on an empty store. */
  protected abstract Stores stores();

  private static AuditEntry entry(int i, String user, Action action) {
    return new AuditEntry(NOON.plusMillis(i), user, action, "192.0.2.7", "entry " + i);
  }

  private static AuditLog.Query all(PageRequest page) {
    return new AuditLog.Query(Optional.empty(), Optional.empty(), page);
  }

  @Test
  void pagesThroughAllEntriesNewestFirst() {
    var audit = stores().audit();
    for (int i = 0; i < 7; i++) {
      audit.append(entry(i, "wei", Action.LOGIN));
    }
    var seen = new ArrayList<String>();
    var page = audit.entries(all(PageRequest.first(3)));
    while (true) {
      assertThat(page.total()).isEqualTo(7);
      page.items().forEach(e -> seen.add(e.detail()));
      if (page.next().isEmpty()) {
        break;
      }
      page = audit.entries(all(new PageRequest(3, page.next())));
    }
    assertThat(seen)
        .containsExactly(
            "entry 6", "entry 5", "entry 4", "entry 3", "entry 2", "entry 1", "entry 0");
  }

  @Test
  void entriesAddedMeanwhileDoNotDisturbPaging() {
    var audit = stores().audit();
    for (int i = 0; i < 4; i++) {
      audit.append(entry(i, "wei", Action.LOGIN));
    }
    var first = audit.entries(all(PageRequest.first(2)));
    audit.append(entry(9, "wei", Action.LOGOUT));
    var second = audit.entries(all(new PageRequest(2, first.next())));
    assertThat(second.items()).extracting(AuditEntry::detail).containsExactly("entry 1", "entry 0");
  }

  @Test
  void filtersByActionAndUser() {
    var audit = stores().audit();
    audit.append(entry(0, "wei", Action.LOGIN));
    audit.append(entry(1, "lin", Action.LOGIN));
    audit.append(entry(2, "wei", Action.LOGOUT));
    var query =
        new AuditLog.Query(Optional.of(Action.LOGIN), Optional.of("wei"), PageRequest.first(10));
    assertThat(audit.entries(query).items()).containsExactly(entry(0, "wei", Action.LOGIN));
    assertThat(audit.entries(query).total()).isEqualTo(1);
  }

  @Test
  void theChainHoldsOverWhatWasAppended() {
    var audit = stores().audit();
    assertThat(audit.verify()).isEqualTo(new AuditLog.Verification(0, Optional.empty()));
    audit.append(entry(0, "wei", Action.LOGIN));
    audit.append(entry(1, "李", Action.LOGIN_FAILED));
    assertThat(audit.verify()).isEqualTo(new AuditLog.Verification(2, Optional.empty()));
  }

  @Test
  void refusesACursorOfAnotherStore() {
    var audit = stores().audit();
    assertThatThrownBy(() -> audit.entries(all(new PageRequest(5, Optional.of("' or 1=1")))))
        .isInstanceOf(InvalidCursorException.class);
  }
}
