package io.bridgewatch.scale;

/** A floor at each look of a controller over a load, so that many runs ask for it once. */
final class FloorTable {

  static final FloorTable NONE = new FloorTable(1, new int[0]);

  private final int syncSeconds;
  private final int[] replicas;

  private FloorTable(int syncSeconds, int[] replicas) {
    this.syncSeconds = syncSeconds;
    this.replicas = replicas;
  }

  static FloorTable of(ReplicaFloor floor, LoadTrace load, int syncSeconds) {
    int[] replicas = new int[(int) (load.duration().toSeconds() / syncSeconds) + 1];
    for (int look = 0; look < replicas.length; look++) {
      replicas[look] = floor.at(load.start().plusSeconds((long) look * syncSeconds));
    }
    return new FloorTable(syncSeconds, replicas);
  }

  /**
   * Zero where there is no floor.
   *
   * @param second since the load's start; after its end the last look counts
   */
  int at(long second) {
    return replicas.length == 0
        ? 0
        : replicas[(int) Math.min(second / syncSeconds, replicas.length - 1)];
  }
}
