package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;
import java.util.random.RandomGenerator;

/**
 * What a board measures: heat, fans, power, corrected memory.
 *
 * <p>Power follows the load and the clock; heat follows power, slowly (a first-order lag); fans
 * follow heat. Above 95 °C the package slows itself down, below 90 °C it recovers. A power cap
 * slows the clock until the cap holds. Each corrected error of memory stops the cores for a moment.
 */
public final class Sensors {

  private static final double IDLE_WATTS = 55;
  private static final double FULL_WATTS = 185;
  private static final double DEGREES_PER_WATT = 0.27;
  private static final double PACKAGE_LAG_SECONDS = 35;
  private static final double BOARD_LAG_SECONDS = 240;
  private static final double HOT = 95;
  private static final double COOL = 90;
  private static final double HOTTEST = 104;
  private static final double CORRECTION_SECONDS = 0.06;

  private final RandomGenerator random;

  private final Cause inletCelsius = new Cause(24);
  private final Cause coolingFactor = new Cause(1);
  private final Cause powerCapWatts = new Cause(400);
  private final Cause correctablePerHour = new Cause(0.02);
  private final Cause uncorrectablePerHour = new Cause(0);
  private final Cause diskHeat = new Cause(0);

  private double packageCelsius = 48;
  private double memoryCelsius = 36;
  private double diskCelsius = 34;
  private double fanShare = 0.35;
  private double packageWatts = IDLE_WATTS;
  private double packageJoules;
  private double memoryJoules;
  private double heatFactor = 1;
  private double capFactor = 1;
  private long throttleEvents;
  private long correctableErrors;
  private long uncorrectableErrors;

  Sensors(RandomGenerator random) {
    this.random = random;
  }

  public Cause inletCelsius() {
    return inletCelsius;
  }

  /** How well heat is led away: below 1 with a dead fan or dust. */
  public Cause coolingFactor() {
    return coolingFactor;
  }

  /** What the package may draw; far above what it needs without trouble. */
  public Cause powerCapWatts() {
    return powerCapWatts;
  }

  /** Corrected memory errors an hour, on one module. */
  public Cause correctablePerHour() {
    return correctablePerHour;
  }

  /** Each stops the whole node. */
  public Cause uncorrectablePerHour() {
    return uncorrectablePerHour;
  }

  /** Degrees added to the disks, as by a dying bearing. */
  public Cause diskHeat() {
    return diskHeat;
  }

  /**
   * Moves on.
   *
   * @param load share of the cores that was busy
   * @param clock frequency against the usual
   * @return the speed that heat, power and corrections leave, at most 1
   */
  double tick(double seconds, double load, double clock) {
    double effort = FULL_WATTS - IDLE_WATTS;
    double wanted = IDLE_WATTS + effort * Math.pow(Math.clamp(load, 0, 1), 0.85) * clock;
    capFactor = wanted > powerCapWatts.value() ? capped(wanted) : 1;
    packageWatts =
        IDLE_WATTS
            + effort * Math.pow(Math.clamp(load, 0, 1), 0.85) * clock * heatFactor * capFactor;
    packageJoules += packageWatts * seconds;
    memoryJoules += (6 + 14 * load) * seconds;
    heat(seconds, load);
    double corrections = correct(seconds);
    return heatFactor * capFactor * (1 - Math.min(0.6, corrections * CORRECTION_SECONDS));
  }

  private double capped(double wantedWatts) {
    double above = Math.max(1, wantedWatts - IDLE_WATTS);
    return Math.clamp((powerCapWatts.value() - IDLE_WATTS) / above, 0.15, 1);
  }

  private void heat(double seconds, double load) {
    double cooling = Math.max(0.05, coolingFactor.value() * (0.75 + 0.5 * fanShare));
    double target = inletCelsius.value() + 9 + packageWatts * DEGREES_PER_WATT / cooling;
    packageCelsius += (target - packageCelsius) * lag(seconds, PACKAGE_LAG_SECONDS);
    packageCelsius = Math.min(HOTTEST, packageCelsius);
    double memoryTarget = inletCelsius.value() + 9 + 12 * load / Math.max(0.2, cooling);
    memoryCelsius += (memoryTarget - memoryCelsius) * lag(seconds, BOARD_LAG_SECONDS);
    double diskTarget = inletCelsius.value() + 9 + 5 * load + diskHeat.value();
    diskCelsius += (diskTarget - diskCelsius) * lag(seconds, BOARD_LAG_SECONDS);
    double wantedFan = Math.clamp((packageCelsius - 35) / 50, 0.25, 1);
    fanShare += (wantedFan - fanShare) * lag(seconds, 8);
    if (packageCelsius > HOT) {
      throttleEvents++;
      heatFactor = Math.max(0.3, heatFactor - 0.05 * seconds);
    } else if (packageCelsius < COOL) {
      heatFactor = Math.min(1, heatFactor + 0.03 * seconds);
    }
  }

  /** Returns corrected errors per second. */
  private double correct(double seconds) {
    double mean = correctablePerHour.value() / 3_600 * seconds;
    int count = 0;
    for (double left = random.nextExponential(); left < mean && count < 100_000; count++) {
      left += random.nextExponential();
    }
    correctableErrors += count;
    if (uncorrectablePerHour.value() > 0
        && random.nextDouble() < 1 - Math.exp(-uncorrectablePerHour.value() / 3_600 * seconds)) {
      uncorrectableErrors++;
    }
    return count / seconds;
  }

  private static double lag(double seconds, double constant) {
    return 1 - Math.exp(-seconds / constant);
  }

  public double packageCelsius() {
    return packageCelsius;
  }

  public double memoryCelsius() {
    return memoryCelsius;
  }

  public double diskCelsius() {
    return diskCelsius;
  }

  /** Revolutions per minute of a fan; a badly cooled board's fans cannot help by turning faster. */
  public double fanRpm() {
    return 12_000 * fanShare * Math.clamp(coolingFactor.value() * 2, 0, 1);
  }

  public double packageWatts() {
    return packageWatts;
  }

  /** As RAPL counts them, since the start. */
  public double packageJoules() {
    return packageJoules;
  }

  public double memoryJoules() {
    return memoryJoules;
  }

  /** How often the package slowed itself down for heat. */
  public long throttleEvents() {
    return throttleEvents;
  }

  /** Share of the usual clock that heat and the power cap leave. */
  public double clockShare() {
    return heatFactor * capFactor;
  }

  /** As EDAC counts them, since the start. */
  public long correctableErrors() {
    return correctableErrors;
  }

  public long uncorrectableErrors() {
    return uncorrectableErrors;
  }
}
