package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.topology.TraceSampling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovingReadTest {

  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final Duration LENGTH = Duration.ofMinutes(30);

  private record Item(String id, Instant at) {}

  private final Store store = new Store();
  private final MovingRead<Item> read =
      new MovingRead<>(item -> Nanos.of(item.at()), item -> TraceSampling.share(item.id()));

  /** Pages over a list, and counts what it had to hand out. */
  private static final class Store implements MovingRead.Source<Item> {
    private final List<Item> items = new ArrayList<>();
    private int handedOut;

    void add(Instant at) {
      items.add(new Item("i" + items.size(), at));
    }

    @Override
    public Page<Item> find(Instant from, Instant to, PageRequest page) {
      var all =
          items.stream()
              .filter(item -> new Window(from, to).contains(item.at()))
              .sorted(Comparator.comparing(Item::at).reversed())
              .toList();
      int first = page.cursor().map(Integer::parseInt).orElse(0);
      int last = Math.min(all.size(), first + page.limit());
      handedOut += last - first;
      Optional<String> next =
          last < all.size() ? Optional.of(Integer.toString(last)) : Optional.empty();
      return new Page<>(all.subList(first, last), next, all.size());
    }

    List<Item> between(Window window) {
      return items.stream()
          .filter(item -> window.contains(item.at()))
          .sorted(Comparator.comparing(Item::at))
          .toList();
    }
  }

  private static Window window(Duration since) {
    Instant to = START.plus(since);
    return new Window(to.minus(LENGTH), to);
  }

  private MovingRead.Found<Item> at(Duration since, int most) {
    return read.over(window(since), most, item -> true, store);
  }

  @Test
  void tellsAllInTheWindowWhileItMoves() {
    for (int second = 0; second < 3_600; second++) {
      store.add(START.plusSeconds(second));
      if (second % 30 == 29) {
        var since = Duration.ofSeconds(second + 1);
        var found = at(since, 10_000);
        assertThat(found.items()).isEqualTo(store.between(window(since)));
        assertThat(found.leftOut()).isZero();
      }
    }
    assertThat(store.handedOut)
        .as("each item a few times, not once for each of the 60 windows that it is in")
        .isLessThan(8 * 3_600);
  }

  @Test
  void seesWhatComesLate() {
    at(Duration.ofMinutes(10), 100);
    store.add(START.plus(Duration.ofMinutes(9)).plusSeconds(30));
    assertThat(at(Duration.ofMinutes(10).plusSeconds(30), 100).items()).hasSize(1);
  }

  @Test
  void seesWhatComesVeryLateAWhileLater() {
    at(Duration.ofMinutes(10), 100);
    store.add(START.plus(Duration.ofMinutes(4)));
    assertThat(at(Duration.ofMinutes(11), 100).items()).isEmpty();
    assertThat(at(Duration.ofMinutes(15), 100).items()).hasSize(1);
  }

  @Test
  void keepsAnEvenShareWhereThereIsTooMuch() {
    List<Item> items = List.of();
    for (int minute = 0; minute < 30; minute++) {
      for (int i = 0; i < 60; i++) {
        store.add(START.plusSeconds(60L * minute + i));
      }
      var found = at(Duration.ofMinutes(minute + 1), 1_000);
      items = found.items();
      assertThat(items.size()).isLessThanOrEqualTo(1_000);
      assertThat(items.size() + found.leftOut())
          .isBetween(80L * (minute + 1) / 2, 80L * (minute + 1));
    }
    long early = items.stream().filter(item -> item.at().isBefore(START.plusSeconds(900))).count();
    assertThat((double) early / items.size()).isBetween(0.4, 0.6);
  }

  @Test
  void keepsAllAgainWhenLittleComes() {
    for (int i = 0; i < 2_000; i++) {
      store.add(START.plusMillis(100L * i));
    }
    assertThat(at(Duration.ofMinutes(4), 1_000).leftOut()).isPositive();
    for (int minute = 5; minute < 60; minute++) {
      store.add(START.plus(Duration.ofMinutes(minute)));
      at(Duration.ofMinutes(minute + 1), 1_000);
    }
    var found = at(Duration.ofMinutes(60), 1_000);
    assertThat(found.leftOut()).isZero();
    assertThat(found.items()).isEqualTo(store.between(window(Duration.ofMinutes(60))));
  }

  @Test
  void aReadingHasAnEndWhereThereIsFarTooMuch() {
    for (int i = 0; i < 20_000; i++) {
      store.add(START.plusMillis(50L * i));
    }
    var found = at(Duration.ofMinutes(20), 1_000);
    assertThat(store.handedOut).isLessThan(4_500);
    assertThat(found.items()).hasSizeLessThanOrEqualTo(1_000).isNotEmpty();
    assertThat(new HashSet<>(found.items())).hasSameSizeAs(found.items());
    assertThat(found.leftOut()).isGreaterThan(15_000);
  }
}
