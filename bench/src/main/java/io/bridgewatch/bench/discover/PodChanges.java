package io.bridgewatch.bench.discover;

import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Changes pods as they change in a busy cluster: containers restart; now and then a pod is deleted,
 * and one of the same name comes back with the next change of it.
 */
final class PodChanges {
  private final KubernetesServer server;
  private final MadeUpCluster cluster;
  private final List<MadeUpCluster.Pod> pods;
  private final SplittableRandom random;
  private final int[] restarts;
  private final boolean[] gone;
  private int alive;

  PodChanges(KubernetesServer server, MadeUpCluster cluster, long seed) {
    this.server = server;
    this.cluster = cluster;
    this.pods = new ArrayList<>(cluster.pods());
    this.random = new SplittableRandom(seed ^ 0x5bd1e995L);
    this.restarts = new int[pods.size()];
    this.gone = new boolean[pods.size()];
    this.alive = pods.size();
  }

  /**
   * One change.
   *
   * @param restarts number of this change among those of the pod, which its container shows as its
   *     restarts
   * @param isDelete whether the pod goes
   * @param epochMicros just before it was made
   */
  record Change(String namespace, String name, int restarts, boolean isDelete, long epochMicros) {
    /** As a line of text. */
    String text() {
      return "%s %s %d %b %d".formatted(namespace, name, restarts, isDelete, epochMicros);
    }

    static Change parse(String text) {
      var words = text.split(" ", -1);
      return new Change(
          words[0],
          words[1],
          Integer.parseInt(words[2]),
          Boolean.parseBoolean(words[3]),
          Long.parseLong(words[4]));
    }
  }

  int pods() {
    return alive;
  }

  /** Restarts of all pods that there are. */
  long restarts() {
    var sum = 0L;
    for (var i = 0; i < restarts.length; i++) {
      sum += gone[i] ? 0 : restarts[i];
    }
    return sum;
  }

  /**
   * Makes changes one after another.
   *
   * @param pause between the starts of two; what is late is made up for
   * @param told gets each just before it is made
   * @param waits called before it waits
   */
  void make(int count, Duration pause, Consumer<Change> told, Runnable waits) {
    var next = System.nanoTime();
    for (var i = 0; i < count; i++) {
      var which = random.nextInt(pods.size());
      var deletes = !gone[which] && random.nextInt(20) == 0;
      var pod = pods.get(which);
      if (gone[which]) {
        gone[which] = false;
        alive++;
        pod = pod.again(restarts[which]);
        pods.set(which, pod);
      } else if (deletes) {
        gone[which] = true;
        alive--;
      }
      restarts[which]++;
      told.accept(
          new Change(pod.namespace(), pod.name(), restarts[which], deletes, micros(Instant.now())));
      if (deletes) {
        server.delete(new ObjectName("v1", "Pod", pod.namespace(), pod.name()));
      } else {
        server.put(cluster.pod(pod, restarts[which], true));
      }
      next += pause.toNanos();
      if (next > System.nanoTime()) {
        waits.run();
      }
      while (next > System.nanoTime()) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    waits.run();
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }
}
