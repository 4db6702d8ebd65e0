package io.bridgewatch.drill.library;

import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.world.BankWorld;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Days with announced sales, on top of what a bank's load does anyway: each day is busier or calmer
 * than others, each sale draws more or fewer people, they come within seconds of its opening and
 * leave bit by bit, and all wavers a little. A day is the same whenever and under whatever policy
 * it is run, given the seed of the world.
 */
public final class SaleDays {

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final double DAY_SPREAD = 0.06;
  private static final double HEIGHT_SPREAD = 0.1;
  private static final double LATE_SECONDS = 8;
  private static final double ARRIVING_SECONDS = 10;
  private static final double LEAVING_SECONDS = 120;
  private static final double KEPT = 0.97;
  private static final double WAVER = 0.012;

  private SaleDays() {}

  /**
   * A sale that is held every day.
   *
   * @param opens by the clock of the bank
   * @param height how many times as much as otherwise is asked at its height, above 1
   */
  public record Sale(LocalTime opens, Duration length, double height) {
    public Sale {
      if (!(height > 1) || length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException(
            "a sale needs a length above 0 and a height above 1, had %s and %s"
                .formatted(length, height));
      }
    }
  }

  /** A quarter of an hour at ten in the morning and one at eight in the evening. */
  public static List<Sale> usual() {
    return List.of(
        new Sale(LocalTime.of(10, 0), Duration.ofMinutes(15), 4.5),
        new Sale(LocalTime.of(20, 0), Duration.ofMinutes(15), 5));
  }

  /** Lets the load of a world follow such days from now on. */
  public static void begin(BankWorld world, List<Sale> sales) {
    new Course(world, List.copyOf(sales)).begin();
  }

  private static final class Course {
    private final BankWorld world;
    private final List<Sale> sales;
    private final Cause factor;
    private LocalDate today = LocalDate.MIN;
    private double height;
    private double waver;
    private List<Held> held = List.of();
    private RandomGenerator random;

    /** A sale as it turns out on a day. */
    private record Held(LocalDateTime opens, LocalDateTime closes, double more) {
      double at(LocalDateTime now) {
        double since = seconds(opens, now);
        double after = seconds(closes, now);
        if (since <= 0) {
          return 0;
        }
        return after <= 0
            ? more * Math.min(1, since / ARRIVING_SECONDS)
            : more * Math.exp(-after / LEAVING_SECONDS);
      }

      private static double seconds(LocalDateTime from, LocalDateTime to) {
        return Duration.between(from, to).toMillis() / 1e3;
      }
    }

    Course(BankWorld world, List<Sale> sales) {
      this.world = world;
      this.sales = sales;
      this.factor = world.bank().load().rateFactor();
      this.random = world.random("sale-day");
    }

    void begin() {
      world.repeat(STEP, this::move);
    }

    private boolean move() {
      Instant now = world.now();
      LocalDateTime local = LocalDateTime.ofInstant(now, ZONE);
      if (!local.toLocalDate().equals(today)) {
        turn(local.toLocalDate());
      }
      waver = KEPT * waver + WAVER * random.nextGaussian();
      double more = held.stream().mapToDouble(sale -> sale.at(local)).sum();
      factor.set(height * (1 + more) * Math.exp(waver));
      return true;
    }

    private void turn(LocalDate date) {
      today = date;
      random = world.random("sale-day/" + date);
      height = Math.exp(DAY_SPREAD * random.nextGaussian());
      var days = new ArrayList<Held>();
      for (Sale sale : sales) {
        double more = (sale.height() - 1) * Math.exp(HEIGHT_SPREAD * random.nextGaussian());
        long lateMillis = (long) (1000 * LATE_SECONDS * random.nextDouble());
        LocalDateTime opens = date.atTime(sale.opens()).plusNanos(lateMillis * 1_000_000);
        days.add(new Held(opens, opens.plus(sale.length()), more));
      }
      held = days;
    }
  }
}
