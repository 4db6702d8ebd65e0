package io.bridgewatch.drill.sim;

/**
 * A number of the world that trouble may change, such as a disk's service time or a path's loss.
 *
 * <p>Faults put their value in, cures bring the normal one back; what follows is computed by the
 * world. Where one trouble after another touches the same cause, the last one holds.
 */
public final class Cause {

  private final double normal;
  private final Runnable changed;
  private double value;

  /**
   * @param normal what holds without trouble
   */
  public Cause(double normal) {
    this(normal, () -> {});
  }

  /**
   * @param changed told after each change, for what must be computed again at once
   */
  public Cause(double normal, Runnable changed) {
    this.normal = normal;
    this.changed = changed;
    this.value = normal;
  }

  public double value() {
    return value;
  }

  public double normal() {
    return normal;
  }

  public boolean isNormal() {
    return value == normal;
  }

  /**
   * @throws IllegalArgumentException if it is not a number
   */
  public void set(double wanted) {
    if (Double.isNaN(wanted)) {
      throw new IllegalArgumentException(
          "cannot set a cause to NaN; its normal value is %s".formatted(normal));
    }
    if (wanted != value) {
      value = wanted;
      changed.run();
    }
  }

  /** Brings the normal value back. */
  public void reset() {
    set(normal);
  }
}
