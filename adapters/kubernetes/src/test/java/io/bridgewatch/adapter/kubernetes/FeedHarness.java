package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A server, a feed that hears it over real HTTP, and what was heard; pauses are short. */
final class FeedHarness implements AutoCloseable {

  /** As in production, but for pauses, so that a test of many failures ends soon. */
  static final FeedSettings QUICK =
      new FeedSettings(
          100_000,
          1_000,
          3,
          500,
          200,
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(2),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          "");

  static FeedSettings oneListAtATime() {
    return with(1, QUICK.pageSize(), QUICK.customKinds());
  }

  static FeedSettings pagesOf(int size) {
    return with(QUICK.concurrentLists(), size, QUICK.customKinds());
  }

  static FeedSettings customKinds(int most) {
    return with(QUICK.concurrentLists(), QUICK.pageSize(), most);
  }

  /** Denied kinds are not tried again by themselves. */
  static FeedSettings deniedForGood() {
    return with(
        QUICK.concurrentLists(), QUICK.pageSize(), QUICK.customKinds(), Duration.ofHours(1));
  }

  private static FeedSettings with(int lists, int pageSize, int customKinds) {
    return with(lists, pageSize, customKinds, QUICK.deniedInterval());
  }

  private static FeedSettings with(
      int lists, int pageSize, int customKinds, Duration deniedInterval) {
    return new FeedSettings(
        QUICK.requestsPerSecond(),
        QUICK.burst(),
        lists,
        pageSize,
        customKinds,
        QUICK.watchTimeout(),
        QUICK.idleSlack(),
        QUICK.listPatience(),
        QUICK.answerTimeout(),
        QUICK.probeInterval(),
        deniedInterval,
        QUICK.firstPause(),
        QUICK.longestPause(),
        QUICK.healthyAfter(),
        QUICK.leaseInterval(),
        "");
  }

  final KubernetesServer server;
  final Heard heard = new Heard();
  final FeedSettings settings;
  private final String token;
  private ClusterFeed feed;

  FeedHarness() {
    this(ServerOptions.standard(), QUICK, "");
  }

  FeedHarness(ServerOptions options, FeedSettings settings, String token) {
    this.server = KubernetesServer.start(options);
    this.settings = settings;
    this.token = token;
    this.feed = clusters(settings).registered(cluster());
  }

  FeedHarness start() {
    feed.start(heard);
    return this;
  }

  ClusterFeed feed() {
    return feed;
  }

  RegisteredCluster cluster() {
    return new RegisteredCluster(
        "test",
        server.url().toString(),
        Optional.empty(),
        new RegisteredCluster.Credential.Token(token),
        "tester",
        Instant.EPOCH);
  }

  static KubernetesClusters clusters(FeedSettings settings) {
    return new KubernetesClusters(settings, Time.by(Timekeeper.system()), random(1), Map.of());
  }

  /** Repeatable but for the order in which threads ask. */
  static RandomGenerator random(long seed) {
    RandomGenerator source = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    return new RandomGenerator() {
      @Override
      public synchronized long nextLong() {
        return source.nextLong();
      }
    };
  }

  static String pod(String namespace, String name) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"%s","name":"%s","labels":{"app":"web"}},
     "spec":{"nodeName":"n1","containers":[{"name":"app","image":"shop/web:1"}]},
     "status":{"phase":"Running"}}"""
        .formatted(namespace, name);
  }

  @Override
  public void close() {
    feed.close();
    server.close();
  }
}
