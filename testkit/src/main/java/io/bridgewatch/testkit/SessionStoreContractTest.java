package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.Role;
import io.bridgewatch.ports.Session;
import io.bridgewatch.ports.User;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link io.bridgewatch.ports.SessionStore} does. */
public abstract class SessionStoreContractTest {

  /** Ports on an empty store. */
  protected abstract Stores stores();

  private Stores stores;

  @BeforeEach
  void users() {
    stores = stores();
    stores.users().add(new User("wei", Role.OPERATOR, "{hash}", false, NOON, NOON));
    stores.users().add(new User("lin", Role.AUDITOR, "{hash}", false, NOON, NOON));
  }

  private static Session session(String token, String user, long secondsAfterNoon) {
    var at = NOON.plusSeconds(secondsAfterNoon);
    return new Session(token, user, "192.0.2.7", at, at);
  }

  @Test
  void findsASessionUntilItIsRemoved() {
    var sessions = stores.sessions();
    sessions.add(session("aa", "wei", 0));
    assertThat(sessions.find("aa")).contains(session("aa", "wei", 0));
    assertThat(sessions.find("ab")).isEmpty();
    sessions.remove("aa");
    sessions.remove("aa");
    assertThat(sessions.find("aa")).isEmpty();
  }

  @Test
  void touchingMovesOnlyTheTimeOfUse() {
    var sessions = stores.sessions();
    sessions.add(session("aa", "wei", 0));
    sessions.touch("aa", NOON.plusSeconds(90));
    sessions.touch("gone", NOON);
    assertThat(sessions.find("aa"))
        .contains(new Session("aa", "wei", "192.0.2.7", NOON, NOON.plusSeconds(90)));
    assertThat(sessions.find("gone")).isEmpty();
  }

  @Test
  void endsTheOtherSessionsOfOneUserOnly() {
    var sessions = stores.sessions();
    sessions.add(session("aa", "wei", 0));
    sessions.add(session("bb", "wei", 0));
    sessions.add(session("cc", "lin", 0));
    sessions.removeOthers("wei", Optional.of("aa"));
    assertThat(sessions.find("aa")).isPresent();
    assertThat(sessions.find("bb")).isEmpty();
    assertThat(sessions.find("cc")).isPresent();
    sessions.removeOthers("wei", Optional.empty());
    assertThat(sessions.find("aa")).isEmpty();
  }

  @Test
  void expiresByLastUseAndByAge() {
    var sessions = stores.sessions();
    sessions.add(session("old", "wei", 0));
    sessions.touch("old", NOON.plusSeconds(100));
    sessions.add(session("idle", "wei", 50));
    sessions.add(session("fresh", "wei", 90));
    sessions.removeExpired(NOON.plusSeconds(60), NOON.plusSeconds(10));
    assertThat(sessions.find("old")).as("begun too long ago").isEmpty();
    assertThat(sessions.find("idle")).as("unused too long").isEmpty();
    assertThat(sessions.find("fresh")).isPresent();
  }
}
