package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  private final SettableClock clock = new SettableClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(throttle.begin("wei", "192.0.2.7")).isEmpty();
    }
  }

  @Test
  void waitsDoubleUpToAQuarterOfAnHour() {
    fail(LoginThrottle.FREE_FOR_USER);
    for (long seconds : new long[] {30, 60, 120, 240, 480, 900, 900}) {
      assertThat(throttle.begin("wei", "192.0.2.7")).contains(Duration.ofSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(throttle.begin("wei", "192.0.2.7")).isEmpty();
    }
  }

  @Test
  void otherAddressesOfTheUserAreNotSlowedDown() {
    fail(LoginThrottle.FREE_FOR_USER);
    assertThat(throttle.begin("wei", "192.0.2.8")).isEmpty();
  }

  @Test
  void successIsForgivenAndTimeForgives() {
    fail(LoginThrottle.FREE_FOR_USER - 1);
    throttle.succeeded("wei", "192.0.2.7");
    fail(LoginThrottle.FREE_FOR_USER);
    assertThat(throttle.begin("wei", "192.0.2.7")).isPresent();
    clock.advance(Duration.ofMinutes(16));
    fail(LoginThrottle.FREE_FOR_USER);
  }

  @Test
  void anAddressThatTriesManyUsersIsSlowedDown() {
    for (int i = 0; i < LoginThrottle.FREE_FOR_ADDRESS; i++) {
      assertThat(throttle.begin("user" + i, "192.0.2.7")).isEmpty();
    }
    assertThat(throttle.begin("another", "192.0.2.7")).contains(Duration.ofSeconds(30));
    assertThat(throttle.begin("another", "192.0.2.8")).isEmpty();
  }

  @Test
  void aFloodOfAddressesTakesBoundedMemory() {
    for (int i = 0; i < 2 * LoginThrottle.MOST_REMEMBERED; i++) {
      throttle.begin("wei", "host" + i);
    }
    assertThat(throttle.remembered()).isLessThanOrEqualTo(LoginThrottle.MOST_REMEMBERED);
  }
}
