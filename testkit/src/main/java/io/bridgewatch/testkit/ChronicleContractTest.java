package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.Chronicle.Query;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every {@link Chronicle} does. */
public abstract class ChronicleContractTest {

  private static final long SEED = 20261125;
  private static final EntityRef CART = EntityRef.service("cart");
  private static final EntityRef STOCK = EntityRef.service("stock");

  /** An empty chronicle. */
  protected abstract Chronicle chronicle();

  private static Happening happening(String id, EntityRef entity, long secondsAfterNoon) {
    return happening(id, entity, NOON.plusSeconds(secondsAfterNoon));
  }

  private static Happening happening(String id, EntityRef entity, Instant time) {
    return new Happening.Lived(
        id, time, entity, Happening.Stage.READY, "", "", OptionalInt.empty());
  }

  private static Query all(PageRequest page) {
    return new Query(
        "south",
        NOON.minusSeconds(1_000_000),
        NOON.plusSeconds(1_000_000),
        Optional.empty(),
        happening -> true,
        page);
  }

  private static Query about(Set<EntityRef> refs, PageRequest page) {
    var all = all(page);
    return new Query(all.cluster(), all.from(), all.to(), Optional.of(refs), all.matching(), page);
  }

  /** All there is, read in parts of that size. */
  private static List<Happening> read(Chronicle chronicle, Query query, int limit) {
    var found = new ArrayList<Happening>();
    var cursor = Optional.<String>empty();
    do {
      var part =
          chronicle.find(
              new Query(
                  query.cluster(),
                  query.from(),
                  query.to(),
                  query.about(),
                  query.matching(),
                  new PageRequest(limit, cursor)));
      assertThat(part.items()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(part.items());
      cursor = part.next();
    } while (cursor.isPresent());
    return found;
  }

  private static List<String> ids(List<Happening> happenings) {
    return happenings.stream().map(Happening::id).toList();
  }

  @Test
  void theNewestComesFirstAndWhatHasTheSameTimeById() {
    var chronicle = chronicle();
    chronicle.put(
        "south",
        List.of(
            happening("b", CART, 0),
            happening("c", STOCK, 1),
            happening("a", STOCK, 0),
            happening("early", CART, Instant.parse("1969-07-20T20:17:40Z")),
            happening("d", CART, NOON.plusNanos(1))));
    var query =
        new Query(
            "south",
            Instant.EPOCH.minusSeconds(1L << 40),
            NOON.plusSeconds(9),
            Optional.empty(),
            happening -> true,
            PageRequest.first(9));
    assertThat(ids(chronicle.find(query).items())).containsExactly("c", "d", "a", "b", "early");
  }

  @Test
  void theBeginningOfTheTimeIsInclusiveTheEndIsNot() {
    var chronicle = chronicle();
    chronicle.put(
        "south",
        List.of(
            happening("before", CART, NOON.minusNanos(1)),
            happening("first", CART, 0),
            happening("last", CART, NOON.plusSeconds(10).minusNanos(1)),
            happening("end", CART, 10)));
    var window =
        new Query(
            "south",
            NOON,
            NOON.plusSeconds(10),
            Optional.empty(),
            h -> true,
            PageRequest.first(10));
    var windowAbout =
        new Query(
            "south",
            NOON,
            NOON.plusSeconds(10),
            Optional.of(Set.of(CART)),
            h -> true,
            PageRequest.first(10));
    assertThat(ids(chronicle.find(window).items())).containsExactly("last", "first");
    assertThat(ids(chronicle.find(windowAbout).items())).containsExactly("last", "first");
  }

  @Test
  void aLaterVersionReplacesTheEarlierOneWhereverItWas() {
    var chronicle = chronicle();
    chronicle.put("south", List.of(happening("a", CART, 0), happening("b", CART, 1)));
    chronicle.put("south", List.of(happening("a", STOCK, 2), happening("b", CART, 1)));
    chronicle.put("south", List.of(happening("c", CART, 3), happening("c", STOCK, 4)));
    assertThat(chronicle.find(all(PageRequest.first(10))).items())
        .containsExactly(
            happening("c", STOCK, 4), happening("a", STOCK, 2), happening("b", CART, 1));
    assertThat(ids(chronicle.find(about(Set.of(CART), PageRequest.first(10))).items()))
        .containsExactly("b");
    assertThat(ids(chronicle.find(about(Set.of(STOCK), PageRequest.first(10))).items()))
        .containsExactly("c", "a");
  }

  @Test
  void clustersDoNotMix() {
    var chronicle = chronicle();
    chronicle.put("south", List.of(happening("a", CART, 0)));
    chronicle.put("southern", List.of(happening("a", CART, 1), happening("b", CART, 1)));
    assertThat(chronicle.find(all(PageRequest.first(10))).items())
        .containsExactly(happening("a", CART, 0));
    assertThat(chronicle.find(about(Set.of(CART), PageRequest.first(10))).items())
        .containsExactly(happening("a", CART, 0));
  }

  @Test
  void aboutNothingFindsNothing() {
    var chronicle = chronicle();
    chronicle.put("south", List.of(happening("a", CART, 0)));
    assertThat(chronicle.find(about(Set.of(), PageRequest.first(1))).items()).isEmpty();
  }

  @Test
  void whatComesInMeanwhileNeitherRepeatsNorHidesAnything() {
    var chronicle = chronicle();
    for (int i = 0; i < 10; i++) {
      chronicle.put("south", List.of(happening("h" + i, CART, i)));
    }
    for (var query :
        List.of(all(PageRequest.first(4)), about(Set.of(CART, STOCK), PageRequest.first(4)))) {
      var first = chronicle.find(query);
      chronicle.put(
          "south", List.of(happening("late", CART, 100), happening("older", STOCK, -100)));
      var second =
          chronicle.find(
              new Query(
                  query.cluster(),
                  query.from(),
                  query.to(),
                  query.about(),
                  query.matching(),
                  new PageRequest(4, first.next())));
      assertThat(ids(second.items()))
          .doesNotContainAnyElementsOf(ids(first.items()))
          .hasSize(4)
          .last()
          .isEqualTo(ids(first.items()).getFirst().equals("late") ? "h3" : "h2");
    }
  }

  @Test
  void aCursorOfSomebodyElseIsRefused() {
    for (String cursor : List.of("", "m", "!", "bm90aGluZw", "x".repeat(999))) {
      assertThatThrownBy(() -> chronicle().find(all(new PageRequest(5, Optional.of(cursor)))))
          .isInstanceOf(InvalidCursorException.class);
    }
  }

  @Test
  void whatIsForgottenIsGoneFromEveryView() {
    var chronicle = chronicle();
    chronicle.put(
        "south",
        List.of(
            happening("old", CART, NOON.minusNanos(1)),
            happening("older", STOCK, -1),
            happening("kept", CART, 0)));
    chronicle.put("north", List.of(happening("old", CART, -5)));
    assertThat(chronicle.forgetBefore(NOON)).isEqualTo(3);
    assertThat(chronicle.forgetBefore(NOON)).isZero();
    assertThat(ids(chronicle.find(all(PageRequest.first(10))).items())).containsExactly("kept");
    assertThat(ids(chronicle.find(about(Set.of(CART, STOCK), PageRequest.first(10))).items()))
        .containsExactly("kept");
    chronicle.put("south", List.of(happening("old", CART, 5)));
    assertThat(ids(chronicle.find(all(PageRequest.first(10))).items()))
        .containsExactly("old", "kept");
  }

  /** Property, printed seed: any history read in parts of any size is what was put in. */
  @Test
  void everyKindOfHappeningComesBackAsItWasInPartsOfAnySize() {
    var random = new Random(SEED);
    var cluster = new SyntheticCluster(SEED, 30);
    var expected = new HashMap<String, Happening>();
    var chronicle = chronicle();
    for (int round = 0; round < 20; round++) {
      var batch = new ArrayList<Happening>();
      for (int i = random.nextInt(100); i >= 0; i--) {
        var time = NOON.plusMillis(random.nextInt(100_000));
        batch.add(cluster.happening("id-" + random.nextInt(800), time));
      }
      chronicle.put("south", batch);
      batch.forEach(happening -> expected.put(happening.id(), happening));
    }
    Predicate<Happening> reported = Happening.Reported.class::isInstance;
    var some = new HashSet<>(cluster.podRefs().subList(0, 5));
    for (int limit : List.of(1, 7, 200)) {
      assertThat(read(chronicle, all(PageRequest.first(1)), limit))
          .as("seed %d", SEED)
          .isEqualTo(sorted(expected, happening -> true));
      assertThat(read(chronicle, about(some, PageRequest.first(1)), limit))
          .as("seed %d", SEED)
          .isEqualTo(sorted(expected, happening -> some.contains(happening.entity())));
      var all = all(PageRequest.first(1));
      var filtered =
          new Query(all.cluster(), all.from(), all.to(), all.about(), reported, all.page());
      assertThat(read(chronicle, filtered, limit))
          .as("seed %d", SEED)
          .isEqualTo(sorted(expected, reported));
    }
  }

  private static List<Happening> sorted(
      HashMap<String, Happening> happenings, Predicate<Happening> wanted) {
    return happenings.values().stream()
        .filter(wanted)
        .sorted(Comparator.comparing(Happening::time).reversed().thenComparing(Happening::id))
        .toList();
  }
}
