package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.Role;
import io.bridgewatch.ports.Session;
import io.bridgewatch.ports.User;
import org.junit.jupiter.api.Test;

/** What every {@link io.bridgewatch.ports.UserStore} does. */
public abstract class UserStoreContractTest {

  /** Ports on an empty store. */
  protected abstract Stores stores();

  private static User user(String name, Role role) {
    return new User(name, role, "{hash}" + name, true, NOON, NOON);
  }

  @Test
  void findsWhatWasAdded() {
    var users = stores().users();
    assertThat(users.find("wei")).isEmpty();
    assertThat(users.add(user("wei", Role.OPERATOR))).isTrue();
    assertThat(users.add(user("李", Role.AUDITOR))).isTrue();
    assertThat(users.find("wei")).contains(user("wei", Role.OPERATOR));
    assertThat(users.find("Wei")).as("names are told apart by case").isEmpty();
    assertThat(users.all()).containsExactly(user("wei", Role.OPERATOR), user("李", Role.AUDITOR));
  }

  @Test
  void addingATakenNameChangesNothing() {
    var users = stores().users();
    users.add(user("wei", Role.OPERATOR));
    assertThat(users.add(user("wei", Role.ADMIN))).isFalse();
    assertThat(users.find("wei")).contains(user("wei", Role.OPERATOR));
  }

  @Test
  void replacesOnlyWhoIsThere() {
    var users = stores().users();
    var changed = user("wei", Role.OPERATOR).withPassword("{hash}new", NOON.plusSeconds(1));
    assertThat(users.replace(changed)).isFalse();
    users.add(user("wei", Role.OPERATOR));
    assertThat(users.replace(changed)).isTrue();
    assertThat(users.find("wei")).contains(changed);
    assertThat(changed.initialPassword()).isFalse();
  }

  @Test
  void removingAUserEndsTheirSessions() {
    var stores = stores();
    stores.users().add(user("wei", Role.OPERATOR));
    stores.sessions().add(new Session("aa", "wei", "192.0.2.7", NOON, NOON));
    assertThat(stores.users().remove("wei")).isTrue();
    assertThat(stores.users().remove("wei")).isFalse();
    assertThat(stores.users().find("wei")).isEmpty();
    assertThat(stores.sessions().find("aa")).isEmpty();
  }
}
