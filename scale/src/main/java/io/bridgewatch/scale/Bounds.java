package io.bridgewatch.scale;

/** Policies that nobody can have, to measure others by. */
final class Bounds {

  private Bounds() {}

  /** Always the same number. */
  record Constant(int count) implements ReplayPolicy {
    @Override
    public int replicas(View view) {
      return count;
    }

    @Override
    public int maxReplicas() {
      return count;
    }
  }

  /** Knows the load until replicas asked for now will serve, and has just enough for it. */
  record Perfect(LoadTrace load, PlantSettings plant) implements ReplayPolicy {
    @Override
    public int replicas(View view) {
      int step = load.stepSeconds();
      int first = Math.min(load.steps() - 1, view.now() / step);
      int last =
          Math.min(
              load.steps() - 1,
              (view.now() + plant.coldStartSeconds() + plant.syncSeconds() - 1) / step);
      double highest = 0;
      for (int i = first; i <= last; i++) {
        highest =
            Double.isNaN(load.at(i))
                ? Math.max(highest, view.arrivals())
                : Math.max(highest, load.at(i));
      }
      return Math.max(1, (int) Math.ceil(highest / plant.capacity()));
    }

    @Override
    public int maxReplicas() {
      return Integer.MAX_VALUE;
    }
  }

  /** The fewest constant replicas that hurt at most a share of the requests, from a step on. */
  static int fewestConstant(LoadTrace load, PlantSettings plant, int from, double hurtShare) {
    double highest = 0;
    for (int i = 0; i < load.steps(); i++) {
      highest = Double.isNaN(load.at(i)) ? highest : Math.max(highest, load.at(i));
    }
    int enough = Math.max(1, (int) Math.ceil(highest / plant.capacity()));
    int few = 0;
    while (enough - few > 1) {
      int middle = few + (enough - few) / 2;
      boolean holds =
          Backtest.run(load, plant, new Constant(middle), middle, from).hurtShare() <= hurtShare;
      enough = holds ? middle : enough;
      few = holds ? few : middle;
    }
    return enough;
  }
}
