package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.Storage;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final long MIB = 1L << 20;

  private Instant now = NOON;
  private final Hourly changes = new Hourly(Retained.Kind.HAPPENINGS);
  private final Hourly logs = new Hourly(Retained.Kind.LOGS);
  private final List<Retained> elsewhere = new ArrayList<>();
  private final Disk disk = new Disk();

  /** So many bytes each hour. */
  private static final class Hourly implements Retained {
    private final Kind kind;
    private final TreeMap<Instant, Long> hours = new TreeMap<>();
    private Optional<String> broken = Optional.empty();

    Hourly(Kind kind) {
      this.kind = kind;
    }

    void fill(Instant to, int count, long bytes) {
      for (int i = 1; i <= count; i++) {
        hours.put(to.minus(Duration.ofHours(i)), bytes);
      }
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public long bytes() {
      return hours.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public Instant oldest() {
      return hours.isEmpty() ? Instant.MAX : hours.firstKey();
    }

    @Override
    public void forgetBefore(Instant time) {
      broken.ifPresent(
          why -> {
            throw new StoreException(why);
          });
      hours.headMap(time, false).clear();
    }
  }

  private final class Disk implements Storage {
    private long size = 1 << 30;

    @Override
    public List<Retained> retained() {
      var all = new ArrayList<Retained>(List.of(changes, logs));
      all.addAll(elsewhere);
      return all;
    }

    @Override
    public long usableBytes() {
      return size - changes.bytes() - logs.bytes();
    }
  }

  private Housekeeping keeping(RetentionSettings settings) {
    return new Housekeeping(disk, settings, Timekeeper.by(() -> now));
  }

  private static RetentionSettings settings() {
    return new RetentionSettings(RetentionSettings.usual().keep(), OptionalLong.empty(), 0);
  }

  @Test
  void eachKindIsKeptForItsOwnTime() {
    changes.fill(NOON, 40 * 24, 1);
    logs.fill(NOON, 40 * 24, 1);
    var housekeeping = keeping(settings());
    housekeeping.turn();
    assertThat(changes.oldest()).isEqualTo(NOON.minus(Duration.ofDays(30)));
    assertThat(logs.oldest()).isEqualTo(NOON.minus(Duration.ofDays(7)));
    assertThat(housekeeping.state().trouble()).isEmpty();
    assertThat(housekeeping.state().kept()).allMatch(kept -> kept.givenUp().isEmpty());
    now = NOON.plus(Duration.ofHours(2));
    housekeeping.turn();
    assertThat(logs.oldest()).isEqualTo(now.minus(Duration.ofDays(7)));
  }

  @Test
  void overTheBudgetTheOldestForItsKindGoesFirstAndIsTold() {
    changes.fill(NOON, 3 * 24, MIB); // a tenth of its time
    logs.fill(NOON, 6 * 24, MIB); // nearly all of it
    var housekeeping = keeping(settings().within(150 * MIB));
    housekeeping.turn();
    assertThat(changes.hours).hasSize(3 * 24);
    assertThat(changes.bytes() + logs.bytes()).isBetween(130 * MIB, 150 * MIB);
    var kept = housekeeping.state().kept().getLast();
    assertThat(kept.kind()).isEqualTo(Retained.Kind.LOGS);
    assertThat(kept.givenUp())
        .hasValueSatisfying(until -> assertThat(until).isBefore(logs.oldest().plusSeconds(1)));
    assertThat(housekeeping.state().kept().getFirst().givenUp()).isEmpty();
  }

  @Test
  void aFullDiskIsRelievedWithoutABudget() {
    logs.fill(NOON, 5 * 24, 8 * MIB);
    disk.size = 970 * MIB;
    var keep = RetentionSettings.usual().keep();
    keeping(new RetentionSettings(keep, OptionalLong.empty(), 100 * MIB)).turn();
    assertThat(disk.usableBytes()).isGreaterThanOrEqualTo(100 * MIB);
    assertThat(logs.hours).hasSizeGreaterThan(90);
  }

  @Test
  void theLastHourIsNeverGivenUpAndTheTroubleIsTold() {
    logs.fill(NOON.plus(Duration.ofMinutes(30)), 3, 100 * MIB);
    var housekeeping = keeping(settings().within(10 * MIB));
    housekeeping.turn();
    assertThat(logs.hours).hasSize(1);
    assertThat(housekeeping.state().trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("90", "budget"));
    logs.hours.clear();
    housekeeping.turn();
    assertThat(housekeeping.state().trouble()).isEmpty();
  }

  @Test
  void whatHoldsNextToNothingIsLeftAlone() {
    changes.fill(NOON, 29 * 24, 10);
    logs.fill(NOON, 24, 100 * MIB);
    keeping(settings().within(1_000 * MIB)).turn();
    assertThat(changes.hours).hasSize(29 * 24);
    assertThat(logs.bytes()).isLessThanOrEqualTo(1_000 * MIB);
  }

  @Test
  void aStoreThatRefusesIsToldAndAskedAgain() {
    logs.fill(NOON, 10 * 24, 1);
    logs.broken = Optional.of("disk is read-only");
    var housekeeping = keeping(settings());
    housekeeping.turn();
    assertThat(housekeeping.state().trouble()).contains("disk is read-only");
    logs.broken = Optional.empty();
    housekeeping.turn();
    assertThat(logs.hours).hasSize(7 * 24);
    assertThat(housekeeping.state().trouble()).isEmpty();
  }

  @Test
  void whatGoesAsAWholeTakesNoneOfTheRestAlong() {
    logs.hours.put(NOON.minus(Duration.ofDays(6)), 500 * MIB);
    logs.fill(NOON, 5, MIB);
    keeping(settings().within(100 * MIB)).turn();
    assertThat(new ArrayList<>(logs.hours.values())).containsOnly(MIB).hasSize(5);
  }

  /** Spans in another system, which is away while it is broken. */
  private static final class Elsewhere implements Retained {
    private final Hourly spans = new Hourly(Kind.SPANS);

    @Override
    public Kind kind() {
      return spans.kind();
    }

    @Override
    public boolean isExternal() {
      return true;
    }

    @Override
    public long bytes() {
      return spans.bytes();
    }

    @Override
    public Instant oldest() {
      spans.broken.ifPresent(
          why -> {
            throw new StoreException(why);
          });
      return spans.oldest();
    }

    @Override
    public void forgetBefore(Instant time) {
      spans.forgetBefore(time);
    }
  }

  @Test
  void whatIsElsewhereIsForgottenByTimeAndTakesNoRoomHere() {
    var external = new Elsewhere();
    elsewhere.add(external);
    external.spans.fill(NOON, 40 * 24, MIB);
    logs.fill(NOON, 24, MIB);
    var housekeeping = keeping(settings().within(100 * MIB));
    housekeeping.turn();
    assertThat(external.oldest()).isEqualTo(NOON.minus(Duration.ofDays(7)));
    assertThat(logs.hours).hasSize(24);
    assertThat(housekeeping.state().trouble()).isEmpty();
    var kept = housekeeping.state().kept().getLast();
    assertThat(kept.external()).isTrue();
    assertThat(kept.bytes()).isEqualTo(7 * 24 * MIB);
  }

  @Test
  void whatIsElsewhereAndAwayKeepsNothingElseFromBeingForgotten() {
    var external = new Elsewhere();
    elsewhere.add(external);
    external.spans.fill(NOON, 24, MIB);
    logs.fill(NOON, 40 * 24, 1);
    var housekeeping = keeping(settings());
    housekeeping.turn();
    external.spans.broken = Optional.of("the cluster is away");
    logs.fill(NOON, 40 * 24, 1);
    now = NOON.plus(Duration.ofHours(2));
    housekeeping.turn();
    assertThat(logs.oldest()).isEqualTo(now.minus(Duration.ofDays(7)));
    assertThat(housekeeping.state().trouble()).contains("the cluster is away");
    assertThat(housekeeping.state().kept()).hasSize(3);
    assertThat(housekeeping.state().kept().getLast().bytes()).isEqualTo(24 * MIB);
  }
}
