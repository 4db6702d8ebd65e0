package io.bridgewatch.bench.rca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void intervalIsWilsonsAndNeverLeavesZeroToOne() {
    // worked example of Newcombe (1998), 81 of 263
    assertThat(new Share(81, 263).low()).isCloseTo(0.2553, within(1e-4));
    assertThat(new Share(81, 263).high()).isCloseTo(0.3662, within(1e-4));
    assertThat(new Share(0, 12).low()).isCloseTo(0, within(1e-12));
    assertThat(new Share(12, 12).high()).isCloseTo(1, within(1e-12));
    assertThat(new Share(0, 0).value()).isNaN();
  }
}
