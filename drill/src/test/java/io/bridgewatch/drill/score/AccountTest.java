package io.bridgewatch.drill.score;

import static io.bridgewatch.drill.score.Tales.disk;
import static io.bridgewatch.drill.score.Tales.ledger;
import static io.bridgewatch.drill.score.Tales.quiet;
import static io.bridgewatch.drill.score.Tales.sick;
import static io.bridgewatch.drill.score.Tales.told;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountTest {

  @Test
  void tellsTheTruthAndAllThatWasSaid() {
    var account = Account.of(sick(1, told("a", 12, ledger(1, 0.6), disk(2, 0.31))));
    assertThat(account)
        .contains("truth: hardware ")
        .contains("+120 s a")
        .containsPattern("1\\. 0\\.60 .*ledger.*\\R")
        .containsPattern("2\\. 0\\.31 hardware .*<- right")
        .doesNotContainPattern("1\\. .*<- right");
  }

  @Test
  void saysSoIfNothingWasTold() {
    assertThat(Account.of(quiet(7))).contains("seed 7", "nothing was told").doesNotContain("truth");
  }
}
