package io.bridgewatch.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

  private static final int IDS = 300_000;

  @Test
  void whatWasSeenIsNeverNewAndFewNewOnesAreHeldForSeen() {
    var ids = new SeenIds();
    int wrong = 0;
    for (int i = 0; i < IDS; i++) {
      wrong += ids.add(new BytesRef("span " + i)) ? 1 : 0;
    }
    for (int i = 0; i < IDS; i++) {
      assertThat(ids.add(new BytesRef("span " + i))).isTrue();
    }
    assertThat(wrong).isLessThan(IDS / 20);
  }
}
