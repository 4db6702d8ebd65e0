package io.bridgewatch.drill.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.library.Books.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BooksTest {
  private static final Books BEFORE =
      new Books(
          Map.of(
              "a-1", new Page("a", 100, 0, 10),
              "a-2", new Page("a", 100, 2, 10),
              "b-1", new Page("b", 500, 5, 5),
              "c-1", new Page("c", 5, 0, 1)));

  private static Books later(Page first, Page second, Page other) {
    return new Books(
        Map.of("a-1", first, "a-2", second, "b-1", other, "c-1", new Page("c", 10, 5, 9)));
  }

  @Test
  void nobodyIsWorseWhileAllGoesOnAsBefore() {
    var now = later(new Page("a", 200, 0, 20), new Page("a", 200, 4, 20), new Page("b", 900, 9, 9));
    assertThat(now.worseThan(BEFORE)).isEmpty();
  }

  @Test
  void whoFailsMoreOrTakesLongerIsWorse() {
    var failing =
        later(new Page("a", 200, 0, 20), new Page("a", 200, 20, 20), new Page("b", 900, 9, 9));
    assertThat(failing.worseThan(BEFORE)).containsExactly("a");
    var slow =
        later(new Page("a", 200, 0, 20), new Page("a", 200, 4, 20), new Page("b", 900, 9, 11));
    assertThat(slow.worseThan(BEFORE)).containsExactly("b");
  }

  @Test
  void whoFallsSilentIsWorse() {
    var now = later(new Page("a", 100, 0, 10), new Page("a", 100, 2, 10), new Page("b", 900, 9, 9));
    assertThat(now.worseThan(BEFORE)).containsExactly("a");
  }

  @Test
  void aPodThatCameSinceCountsFromItsStart() {
    var now = new Books(Map.of("a-3", new Page("a", 50, 10, 5), "b-1", new Page("b", 900, 9, 9)));
    assertThat(now.worseThan(BEFORE)).containsExactly("a");
  }
}
