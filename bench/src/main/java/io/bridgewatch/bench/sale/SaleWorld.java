package io.bridgewatch.bench.sale;

import io.bridgewatch.drill.bank.Load;
import io.bridgewatch.drill.cluster.ExternalMetrics;
import io.bridgewatch.drill.library.SaleDays;
import io.bridgewatch.drill.plan.SaleBank;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The bank that sells, from a midnight on, and somebody who watches it. */
final class SaleWorld implements AutoCloseable {

  /** Between two scrapes. */
  static final Duration SCRAPE = Duration.ofSeconds(15);

  /** Scrapes come this long before the autoscaler looks. */
  private static final Duration BEFORE_LOOK = Duration.ofSeconds(3);

  static final ObjectName AUTOSCALER =
      new ObjectName(
          "autoscaling/v2", "HorizontalPodAutoscaler", SaleBank.NAMESPACE, SaleBank.SCALED);

  private final BankWorld world;
  private final Watch watch;

  /**
   * @param midnight by the clock of the bank
   */
  SaleWorld(long seed, Instant midnight) {
    var options = new BankWorld.Options(0, false, UnaryOperator.identity());
    world = BankWorld.start(SaleBank.plan(), midnight, seed, options);
    SaleDays.begin(world, SaleDays.usual());
    watch = new Watch(world);
  }

  Watch watch() {
    return watch;
  }

  void witness(Load.Witness witness) {
    world.bank().load().witness(witness);
  }

  void externalMetrics(ExternalMetrics provider) {
    world.cluster().externalMetrics(provider);
  }

  /**
   * Replaces what the workload's autoscaler is to do.
   *
   * @param rules limits, metrics and behavior in the words of {@code autoscaling/v2}
   */
  void autoscale(Map<String, ?> rules) {
    ObjectNode wanted = JsonMapper.builder().build().valueToTree(rules);
    world
        .cluster()
        .server()
        .objects()
        .update(
            AUTOSCALER,
            "kubectl",
            "",
            live -> {
              ObjectNode spec = live.withObject("/spec");
              wanted.set("scaleTargetRef", spec.get("scaleTargetRef"));
              live.set("spec", wanted);
              return live;
            });
  }

  /**
   * Lets it run until then, and looks at it before each look of the autoscaler.
   *
   * @param scraped is called after each scrape, with its time
   */
  void run(Instant end, Consumer<Instant> scraped) {
    Instant scrape = world.now().plus(SCRAPE).minus(BEFORE_LOOK);
    for (; !scrape.isAfter(end); scrape = scrape.plus(SCRAPE)) {
      world.advance(scrape);
      watch.scrape(scrape, SCRAPE);
      scraped.accept(scrape);
    }
    world.advance(end);
  }

  @Override
  public void close() {
    world.close();
  }
}
