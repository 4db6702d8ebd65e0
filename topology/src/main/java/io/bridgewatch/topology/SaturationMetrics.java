package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeMatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics by which processes tell how full their pools are and what waits in their queues, as
 * the usual libraries and OpenTelemetry's semantic conventions spell them: with dots as they come
 * by OTLP, and with underscores and units as Prometheus writes them. This is the one list of them.
 */
public final class SaturationMetrics {

  /**
   * A pool of connections or threads.
   *
   * @param of kind of process that tells it
   * @param used metric that counts those taken
   * @param state what its series have to be like to count those taken; empty where all do
   * @param most metric that tells how many there may be; zero or less where there is no limit
   * @param name attributes that tell the pools of a process apart
   */
  public record Pool(
      SoftwareKind of, String used, Optional<AttributeMatch> state, String most, Set<String> name) {
    public Pool {
      name = Set.copyOf(name);
    }
  }

  /**
   * What waits inside a process, or waits for it elsewhere and is counted by itself.
   *
   * @param of kind of process that tells it
   * @param spellings metrics that count the same, of which one is to be taken, the first that is
   *     there
   */
  public record Queue(SoftwareKind of, List<String> spellings) {
    public Queue {
      spellings = List.copyOf(spellings);
    }
  }

  /**
   * Messages at a broker that a consumer has not taken, as the broker or its exporter tells them.
   *
   * @param consumer attribute that names the consumer group, or the queue
   */
  public record Backlog(String metric, String consumer) {}

  private static final List<Pool> POOLS =
      Stream.of(
              java("hikaricp.connections.active", "hikaricp.connections.max", "", "pool"),
              java("hikaricp.active.connections", "hikaricp.max.connections", "", "pool"),
              java("jdbc.connections.active", "jdbc.connections.max", "", "name"),
              java("r2dbc.pool.acquired", "r2dbc.pool.max.allocated", "connections", "name"),
              java(
                  "reactor.netty.connection.provider.active.connections",
                  "reactor.netty.connection.provider.max.connections",
                  "",
                  "id",
                  "name",
                  "remote.address"),
              java("tomcat.threads.busy", "tomcat.threads.config.max", "threads", "name"),
              java(
                  "tomcat.thread.busy.count", "tomcat.thread.limit", "", "tomcat.thread.pool.name"),
              java("jetty.threads.busy", "jetty.threads.config.max", ""),
              java("jetty.thread.busy.count", "jetty.thread.limit", ""),
              java("executor.active", "executor.pool.max", "threads", "name"),
              javaOfState(
                  "httpcomponents.httpclient.pool.total.connections",
                  "state",
                  "leased",
                  "httpcomponents.httpclient.pool.total.max",
                  "httpclient"),
              javaOfState(
                  "db.client.connection.count",
                  "db.client.connection.state",
                  "used",
                  "db.client.connection.max",
                  "db.client.connection.pool.name"),
              javaOfState(
                  "db.client.connections.usage",
                  "state",
                  "used",
                  "db.client.connections.max",
                  "pool.name"))
          .flatMap(List::stream)
          .toList();

  private static final List<Queue> QUEUES =
      List.of(
          queue(
              SoftwareKind.JVM,
              "jetty.threads.jobs",
              "jetty.thread.queue.size",
              "jetty.queued.thread.pool.jobs"),
          queue(SoftwareKind.JVM, "executor.queued", "executor.queued.tasks"),
          queue(SoftwareKind.JVM, "vertx.pool.queue.pending", "worker.pool.queue.size"),
          queue(
              SoftwareKind.JVM,
              "db.client.connection.pending_requests",
              "db.client.connections.pending_requests",
              "hikaricp.connections.pending",
              "hikaricp.pending.threads"),
          queue(SoftwareKind.JVM, "r2dbc.pool.pending", "r2dbc.pool.pending.connections"),
          queue(SoftwareKind.JVM, "agroal.awaiting.count"),
          queue(SoftwareKind.JVM, "httpcomponents.httpclient.pool.total.pending"),
          queue(SoftwareKind.JVM, "reactor.netty.connection.provider.pending.connections"),
          queue(
              SoftwareKind.JVM,
              "kafka.consumer.fetch.manager.records.lag",
              "kafka.consumer.records_lag"),
          queue(SoftwareKind.DOTNET, "kestrel.queued_requests"),
          queue(
              SoftwareKind.DOTNET,
              "dotnet.thread_pool.queue.length",
              "dotnet.threadpool.queue.length"));

  private static final List<List<Backlog>> BACKLOGS =
      List.of(
          List.of(
              new Backlog("kafka_consumergroup_lag", "consumergroup"),
              new Backlog("kafka_consumergroup_group_lag", "group"),
              new Backlog("kafka.consumer_group.lag", "group"),
              new Backlog("kafka_consumer_group_lag", "group")),
          List.of(
              new Backlog("rabbitmq_detailed_queue_messages_ready", "queue"),
              new Backlog("rabbitmq_queue_messages_ready", "queue")));

  private SaturationMetrics() {}

  /** All pools; the same one may be there in several spellings. */
  public static List<Pool> pools() {
    return POOLS;
  }

  /** All queues, none of them twice. */
  public static List<Queue> queues() {
    return QUEUES;
  }

  /** By system, several metrics that count the same, of which the first that is there counts. */
  public static List<List<Backlog>> backlogs() {
    return BACKLOGS;
  }

  /** The metrics of pools and queues that processes of a kind have, by name. */
  static List<String> names(SoftwareKind kind) {
    return Stream.concat(
            POOLS.stream()
                .filter(pool -> pool.of == kind)
                .flatMap(pool -> Stream.of(pool.used, pool.most)),
            QUEUES.stream()
                .filter(queue -> queue.of == kind)
                .flatMap(queue -> queue.spellings.stream()))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }

  /**
   * In both spellings.
   *
   * @param unit that Prometheus has at the end of both names
   */
  private static List<Pool> java(String used, String most, String unit, String... name) {
    String end = unit.isEmpty() ? "" : "_" + unit;
    return List.of(
        new Pool(SoftwareKind.JVM, used, Optional.empty(), most, Set.of(name)),
        new Pool(
            SoftwareKind.JVM,
            underscored(used) + end,
            Optional.empty(),
            underscored(most) + end,
            underscored(name)));
  }

  /** The same of one metric that counts by state. */
  private static List<Pool> javaOfState(
      String used, String attribute, String taken, String most, String name) {
    return List.of(
        new Pool(
            SoftwareKind.JVM,
            used,
            Optional.of(AttributeMatch.equal(attribute, taken)),
            most,
            Set.of(name)),
        new Pool(
            SoftwareKind.JVM,
            underscored(used),
            Optional.of(AttributeMatch.equal(underscored(attribute), taken)),
            underscored(most),
            underscored(new String[] {name})));
  }

  private static Queue queue(SoftwareKind of, String... spellings) {
    return new Queue(
        of, Arrays.stream(spellings).flatMap(one -> Stream.of(one, underscored(one))).toList());
  }

  private static Set<String> underscored(String[] names) {
    return Arrays.stream(names).map(SaturationMetrics::underscored).collect(Collectors.toSet());
  }

  private static String underscored(String name) {
    return name.replace('.', '_');
  }
}
