package io.bridgewatch.scale;

import java.util.Arrays;

/** Replicas that serve and are not warm yet, those that began together as one. */
final class WarmingReplicas {

  private final Warming warming;

  /** Seconds at which they began to serve, oldest first, and how many. */
  private int[] since = new int[8];

  private int[] count = new int[8];
  private int groups;

  WarmingReplicas(Warming warming) {
    this.warming = warming;
  }

  void add(int replicas, int at) {
    if (warming.seconds() == 0) {
      return;
    }
    if (groups == since.length) {
      since = Arrays.copyOf(since, 2 * groups);
      count = Arrays.copyOf(count, 2 * groups);
    }
    since[groups] = at;
    count[groups++] = replicas;
  }

  /** Those that are warm by now are told from others no more. */
  void forgetWarm(int now) {
    int warm = 0;
    while (warm < groups && now - since[warm] >= warming.seconds()) {
      warm++;
    }
    if (warm > 0) {
      System.arraycopy(since, warm, since, 0, groups - warm);
      System.arraycopy(count, warm, count, 0, groups - warm);
      groups -= warm;
    }
  }

  /** The youngest go first, as in Kubernetes. */
  void remove(int replicas) {
    int left = replicas;
    while (left > 0 && groups > 0) {
      int gone = Math.min(left, count[groups - 1]);
      count[groups - 1] -= gone;
      left -= gone;
      groups -= count[groups - 1] == 0 ? 1 : 0;
    }
  }

  /** How many cannot serve at that use of a warm replica. */
  int beyond(double use, int now) {
    int beyond = 0;
    for (int i = 0; i < groups; i++) {
      beyond += use * warming.cost(now - since[i]) > 1 ? count[i] : 0;
    }
    return beyond;
  }

  /** What those serve together that cannot serve at that use, in warm replicas. */
  double powerBeyond(double use, int now) {
    double power = 0;
    for (int i = 0; i < groups; i++) {
      double cost = warming.cost(now - since[i]);
      power += use * cost > 1 ? count[i] / cost : 0;
    }
    return power;
  }

  /** By how many warm replicas less all of them serve. */
  double missing(int now) {
    double missing = 0;
    for (int i = 0; i < groups; i++) {
      missing += count[i] * (1 - 1 / warming.cost(now - since[i]));
    }
    return missing;
  }

  /** CPU that they use beside what warm replicas would, where each has that use. */
  double extraBusy(double use, int now) {
    double extra = 0;
    for (int i = 0; i < groups; i++) {
      extra += count[i] * (Math.min(1, use * warming.cost(now - since[i])) - Math.min(1, use));
    }
    return extra;
  }
}
