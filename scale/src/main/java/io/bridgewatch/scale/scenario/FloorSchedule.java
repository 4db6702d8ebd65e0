package io.bridgewatch.scale.scenario;

import java.util.Arrays;

/**
 * How many replicas are kept at least, by slots since a day's midnight or an event's begin.
 *
 * @param slotMinutes length of a slot
 * @param replicas of each slot, at least 1
 * @param leadSeconds by how much earlier the first slot of an event begins, so that its replicas
 *     serve when it does; zero for days
 */
public record FloorSchedule(int slotMinutes, int[] replicas, int leadSeconds) {

  public FloorSchedule {
    replicas = replicas.clone();
    if (slotMinutes < 1 || replicas.length == 0) {
      throw new IllegalArgumentException(
          "a schedule needs slots of at least a minute and one of them, had %d of %d"
              .formatted(replicas.length, slotMinutes));
    }
  }

  @Override
  public int[] replicas() {
    return replicas.clone();
  }

  /**
   * @param seconds since midnight or the event's begin; beyond the schedule its nearest slot counts
   */
  public int at(long seconds) {
    long slot = Math.floorDiv(seconds, slotMinutes * 60L);
    return replicas[(int) Math.clamp(slot, 0, replicas.length - 1)];
  }

  public int lowest() {
    return Arrays.stream(replicas).min().orElseThrow();
  }

  public int highest() {
    return Arrays.stream(replicas).max().orElseThrow();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloorSchedule that
        && slotMinutes == that.slotMinutes
        && leadSeconds == that.leadSeconds
        && Arrays.equals(replicas, that.replicas);
  }

  @Override
  public int hashCode() {
    return 31 * slotMinutes + Arrays.hashCode(replicas);
  }
}
