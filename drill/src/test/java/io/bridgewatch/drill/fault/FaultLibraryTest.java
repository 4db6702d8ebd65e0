package io.bridgewatch.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.bank.Load.Stream;
import io.bridgewatch.drill.fault.FaultKind.Group;
import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.world.BankWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultLibraryTest {
  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");

  private static BankWorld world() {
    return BankWorld.start(StandardBank.plan(), START, 7, BankWorld.Options.standard());
  }

  /** How the bank's customers fared for a while. */
  private record Fared(double failedShare, double declinedShare, double meanMillis) {}

  private record Sums(double begun, double failed, double declined, double seconds) {
    static Sums of(BankWorld world) {
      return new Sums(
          sum(world, Stream::begun),
          sum(world, stream -> stream.failed() + stream.late()),
          sum(world, Stream::declined),
          sum(world, stream -> (long) (1e6 * stream.durations().sumSeconds())) / 1e6);
    }

    private static double sum(BankWorld world, Function<Stream, Long> of) {
      return world.bank().load().streams().stream().mapToLong(of::apply).sum();
    }
  }

  private static Fared fare(BankWorld world, Duration time) {
    Sums before = Sums.of(world);
    world.advance(time);
    Sums after = Sums.of(world);
    double begun = after.begun() - before.begun();
    return new Fared(
        (after.failed() - before.failed()) / begun,
        (after.declined() - before.declined()) / begun,
        1e3 * (after.seconds() - before.seconds()) / begun);
  }

  private static void does(BankWorld world, Runnable deed) {
    world
        .cluster()
        .reading(
            () -> {
              deed.run();
              return true;
            });
  }

  @Test
  void fortyTroublesAndMoreAreTold() {
    List<FaultKind> all = FaultLibrary.all();
    assertThat(all.stream().filter(kind -> !kind.isHarmless())).hasSizeGreaterThanOrEqualTo(40);
    assertThat(all.stream().filter(FaultKind::isHarmless)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(all.stream().map(FaultKind::id)).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            kind -> {
              assertThat(kind.id()).matches("[a-z]+(-[a-z]+)*");
              assertThat(kind.english()).matches("[\\x20-\\x7e]{10,}");
              assertThat(kind.chinese()).matches(".*\\p{IsHan}{2,}.*");
              assertThat(kind.layer().isEmpty()).isEqualTo(kind.isHarmless());
              assertThat(FaultLibrary.of(kind.id())).contains(kind);
            });
  }

  @Test
  void eachCanBePutInAndTakenOutAgainAndThenTheBankIsWell() {
    try (var world = world()) {
      world.advance(Duration.ofSeconds(20));
      for (FaultKind kind : FaultLibrary.all()) {
        does(
            world,
            () -> {
              Fault fault = kind.choose(world);
              fault.inject().run();
              var mark = fault.mark().get();
              assertThat(mark.isPresent()).as(kind.id()).isEqualTo(!kind.isHarmless());
              mark.ifPresent(
                  truth -> {
                    assertThat(truth.names()).as(kind.id()).contains(truth.entity());
                    assertThat(truth.kinds()).as(kind.id()).isNotEmpty();
                  });
              fault.cure().run();
            });
        boolean stops = kind.group() == Group.HARDWARE;
        world.advance(stops ? Duration.ofMinutes(1) : Duration.ofMillis(500));
      }
      world.advance(Duration.ofMinutes(4));
      assertThat(fare(world, Duration.ofMinutes(1)).failedShare()).isLessThan(0.02);
    }
  }

  /** Each with what customers feel of it after a minute, and no more three minutes after. */
  @ParameterizedTest
  @CsvSource({
    "selector-wrong, 0.05, 0, 0",
    "table-locked, 0.1, 0, 0",
    "business-failures, 0, 0.05, 0",
    "zone-latency, 0, 0, 1.5",
    "sql-slow, 0, 0, 1.3",
    "connections-exhausted, 0.02, 0, 0"
  })
  void whatItDoesIsFeltAndMends(String id, double failed, double declined, double slower) {
    try (var world = world()) {
      world.advance(Duration.ofSeconds(20));
      Fared usual = fare(world, Duration.ofSeconds(40));
      assertThat(usual.failedShare()).isLessThan(0.01);
      Fault fault = world.cluster().reading(() -> FaultLibrary.of(id).orElseThrow().choose(world));
      does(world, fault.inject());
      world.advance(Duration.ofSeconds(100));
      Fared ill = fare(world, Duration.ofSeconds(60));
      assertThat(ill.failedShare()).as("failed").isGreaterThanOrEqualTo(failed);
      assertThat(ill.declinedShare()).as("declined").isGreaterThanOrEqualTo(declined);
      assertThat(ill.meanMillis())
          .as("milliseconds")
          .isGreaterThanOrEqualTo(slower * usual.meanMillis());
      does(world, fault.cure());
      world.advance(Duration.ofMinutes(3));
      Fared mended = fare(world, Duration.ofSeconds(40));
      assertThat(mended.failedShare()).as("failed after the cure").isLessThan(0.02);
      assertThat(mended.declinedShare()).as("declined after the cure").isLessThan(0.02);
      assertThat(mended.meanMillis())
          .as("milliseconds after the cure")
          .isLessThan(1.25 * usual.meanMillis());
    }
  }
}
