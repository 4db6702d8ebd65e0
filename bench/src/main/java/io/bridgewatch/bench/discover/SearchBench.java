package io.bridgewatch.bench.discover;

import io.bridgewatch.testkit.SyntheticCluster;
import java.util.Locale;

/**
 * Measures searches alone, of a made-up topology of 100,000 pods that no cluster told of: {@code
 * ./bw bench search}.
 */
public final class SearchBench {
  private static final int SEED = 1;
  private static final int PODS = 100_000;
  private static final int CHANGED = 10_000;
  private static final int ROUNDS = 50;

  private SearchBench() {}

  public static void main(String[] arguments) {
    var cluster = new SyntheticCluster(SEED, PODS);
    var topology = cluster.topology().with(cluster.step(CHANGED));
    System.out.printf(Locale.ROOT, "%d entities%n", topology.entities().size());
    var measures = new SearchRun(topology, SEED).run(ROUNDS);
    measures.seconds().forEach((kind, seconds) -> print(kind.words(), seconds));
    print("all kinds together", measures.mix());
  }

  private static void print(String what, Percentiles seconds) {
    System.out.printf(
        Locale.ROOT,
        "%-20s p50 %4.0f ms, p95 %4.0f ms, longest %4.0f ms (%d)%n",
        what,
        seconds.p50() * 1e3,
        seconds.p95() * 1e3,
        seconds.max() * 1e3,
        seconds.count());
  }
}
