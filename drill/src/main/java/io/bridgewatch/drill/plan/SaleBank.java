package io.bridgewatch.drill.plan;

import static io.bridgewatch.drill.plan.Workload.asking;
import static io.bridgewatch.drill.plan.Workload.database;
import static io.bridgewatch.drill.plan.Workload.java;

import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.plan.TransactionPlan.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bank that sells: a channel, a Java service that an autoscaler scales, and its database. Small,
 * so that days pass within a minute.
 *
 * <p>A replica of the Java service computes for about 20 ms on half a core, so it bears 25 requests
 * a second. A new one is scheduled, pulls its image where a node does not have it, starts its JVM
 * and answers its readiness probe about a minute after it was asked for; its first requests are
 * slow after that, as its code is not compiled yet.
 */
public final class SaleBank {

  /** The workload that is scaled. */
  public static final String SCALED = "order";

  /** Where customers come in. */
  public static final String CHANNEL = "shop-proxy";

  /** Of all its workloads. */
  public static final String NAMESPACE = "shop";

  /** Replicas of the scaled workload when a world begins. */
  public static final int REPLICAS = 5;

  /** Most replicas of the scaled workload that the nodes have room for. */
  public static final int MOST_REPLICAS = 40;

  private static final double PER_SECOND = 84;
  private static final double NO_BREAKER = 1;

  private SaleBank() {}

  public static BankPlan plan() {
    return new BankPlan(
        "sale-bank",
        nodes(),
        Stream.of(channel(), order(), orders()).map(Workload::plan).toList(),
        List.of(
            new TransactionPlan("order in the shop", CHANNEL, "/shop", PER_SECOND, Shape.RETAIL)),
        List.of());
  }

  private static List<NodePlan> nodes() {
    var nodes = new ArrayList<NodePlan>();
    for (String zone : List.of("a", "b", "c")) {
      nodes.add(
          new NodePlan(
              "worker-" + zone,
              "zone-" + zone,
              16,
              64L << 30,
              List.of("nvme0n1", "sda"),
              "eth0",
              10_000_000_000L));
    }
    return nodes;
  }

  private static Workload channel() {
    return new Workload(CHANNEL, NAMESPACE, "channel", Kind.NGINX)
        .replicas(2, 2)
        .cores(0.5, 2)
        .memory(256, 512)
        .threads(4_096, 4_096)
        .starts(2, 0)
        .serves("/shop", 1, 0, asking(SCALED, "/orders"))
        .client(4_096, 10_000, 0, NO_BREAKER);
  }

  private static Workload order() {
    return java(SCALED, NAMESPACE, "business")
        .replicas(REPLICAS, MOST_REPLICAS)
        .cores(0.5, 0.5)
        .threads(10, 20)
        .starts(32, 20)
        .serves("/orders", 20, 200, asking("order-db", "INSERT order"))
        .client(10, 5_000, 0, NO_BREAKER);
  }

  private static Workload orders() {
    return database("order-db", NAMESPACE)
        .cores(2, 8)
        .threads(96, 800)
        .stores("INSERT order", 1, 0.1, 0.3);
  }
}
