package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import io.bridgewatch.testkit.InMemoryMetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Network, queues and pools of a workload, in the names that exporters give them. */
class TriggerSignalsTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final int MINUTES = 30;
  private static final Instant END = START.plus(Duration.ofMinutes(MINUTES));
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final String ONE = "cart-5d9f-2bcdf";
  private static final String TWO = "cart-5d9f-4bcdf";
  private static final int AT = 20;

  private final MetricStore store = new InMemoryMetricStore(() -> END, 10_000);
  private final SampleBatch.Builder batch = SampleBatch.builder();
  private final WorkloadSubject cart =
      new WorkloadSubject(
          AttributeMatch.equal(AttributeNames.CLUSTER, "east"),
          "east",
          "shop",
          "Deployment",
          "cart",
          Set.of(),
          Set.of());

  /** A pod as a kubelet's page names it, without any container. */
  private static Attributes pod(String name) {
    return Attributes.of(
        Map.of(
            AttributeNames.CLUSTER,
            "east",
            AttributeNames.NAMESPACE,
            "shop",
            AttributeNames.POD,
            name));
  }

  private static Attributes container(String pod) {
    return pod(pod).with(AttributeNames.CONTAINER, "app");
  }

  /**
   * @param labels such as {@code state=used pool=main}
   */
  private static Attributes labels(String labels) {
    var all = new TreeMap<String, String>();
    for (String label : labels.isEmpty() ? new String[0] : labels.split(" ", -1)) {
      all.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    }
    return Attributes.of(all);
  }

  private void counter(Attributes of, String metric, String labels, double perSecond) {
    for (int second = 0; second <= 60 * MINUTES; second += 15) {
      batch.add(
          new SeriesKey(of, metric, "", MetricKind.CUMULATIVE, labels(labels)),
          START.plusSeconds(second).toEpochMilli(),
          5e6 + perSecond * second);
    }
  }

  private void gauge(Attributes of, String metric, String labels, double value) {
    for (int second = 0; second <= 60 * MINUTES; second += 15) {
      batch.add(
          new SeriesKey(of, metric, "", MetricKind.GAUGE, labels(labels)),
          START.plusSeconds(second).toEpochMilli(),
          value);
    }
  }

  private void ready(int replicas) {
    gauge(cart.resource(), WorkloadReader.READY, "", replicas);
  }

  private WorkloadRecording read() {
    return read(500);
  }

  private WorkloadRecording read(int mostSeries) {
    return read(mostSeries, Set.of());
  }

  private WorkloadRecording read(int mostSeries, Set<String> consumes) {
    store.append(batch.build());
    return new WorkloadReader(store, mostSeries)
        .historyForTriggers(cart, consumes, START, END, STEP);
  }

  // Network

  @Test
  void networkIsBothDirectionsOfThePodsWithoutLoopback() {
    for (String pod : new String[] {ONE, TWO, "cart-api-5d9f-2bcdf"}) {
      for (String device : new String[] {"eth0", "net1", "lo"}) {
        String labels = "interface=" + device + " image=registry.k8s.io/pause:3.10";
        counter(pod(pod), "container_network_receive_bytes_total", labels, 1_000);
        counter(pod(pod), "container_network_transmit_bytes_total", labels, 500);
      }
    }
    counter(pod(""), "container_network_receive_bytes_total", "interface=eth0 id=/", 1e6);
    ready(2);
    var history = read();
    assertThat(history.at(Signal.NETWORK, AT))
        .as("2 pods, 2 devices")
        .isCloseTo(6_000, within(1.0));
    assertThat(history.share(Signal.NETWORK)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @CsvSource({
    "k8s.pod.network.io, network.interface.name, network.io.direction",
    "k8s.pod.network.io, interface, direction",
    "k8s_pod_network_io_bytes_total, network_interface_name, network_io_direction",
    "container.network.io, network.interface.name, network.io.direction",
    "container_network_io_bytes_total, network_interface_name, network_io_direction",
  })
  void openTelemetrysNetworkIsReadToo(String metric, String device, String direction) {
    for (String pod : new String[] {ONE, TWO}) {
      for (String way : new String[] {"receive", "transmit"}) {
        counter(pod(pod), metric, device + "=eth0 " + direction + "=" + way, 700);
        counter(pod(pod), metric, device + "=lo " + direction + "=" + way, 9_000);
      }
    }
    ready(2);
    assertThat(read().at(Signal.NETWORK, AT)).isCloseTo(2_800, within(1.0));
  }

  @Test
  void twoSourcesOfTheSameBytesAreNotAdded() {
    for (String way : new String[] {"receive", "transmit"}) {
      counter(pod(ONE), "container_network_" + way + "_bytes_total", "interface=eth0", 400);
      counter(
          pod(ONE),
          "k8s.pod.network.io",
          "network.interface.name=eth0 network.io.direction=" + way,
          400);
    }
    ready(1);
    assertThat(read().at(Signal.NETWORK, AT)).isCloseTo(800, within(1.0));
  }

  @Test
  void oneDirectionAloneIsUnseen() {
    counter(pod(ONE), "container_network_receive_bytes_total", "interface=eth0", 1_000);
    counter(pod(TWO), "container_network_receive_bytes_total", "interface=eth0", 1_000);
    counter(pod(TWO), "container_network_transmit_bytes_total", "interface=eth0", 1_000);
    ready(2);
    assertThat(read().has(Signal.NETWORK)).isFalse();
  }

  // Queues

  @ParameterizedTest
  @CsvSource({
    "jetty_threads_jobs, ''",
    "jetty.threads.jobs, ''",
    "jetty.thread.queue.size, ''",
    "jetty_queued_thread_pool_jobs, unit=qtp",
    "executor_queued_tasks, name=applicationTaskExecutor",
    "executor.queued, name=applicationTaskExecutor",
    "vertx_pool_queue_pending, pool_type=worker",
    "hikaricp_connections_pending, pool=HikariPool-1",
    "hikaricp.connections.pending, pool=HikariPool-1",
    "hikaricp_pending_threads, pool=HikariPool-1",
    "db.client.connection.pending_requests, db.client.connection.pool.name=main",
    "db_client_connection_pending_requests, db_client_connection_pool_name=main",
    "db_client_connections_pending_requests, pool_name=main",
    "r2dbc_pool_pending_connections, name=main",
    "agroal_awaiting_count, datasource=default",
    "httpcomponents_httpclient_pool_total_pending, httpclient=core",
    "reactor_netty_connection_provider_pending_connections, name=http",
    "kafka_consumer_fetch_manager_records_lag, topic=orders partition=3",
    "kafka.consumer.records_lag, topic=orders partition=3",
    "kestrel_queued_requests, ''",
    "dotnet.thread_pool.queue.length, ''",
  })
  void whatWaitsIsReadInTheNamesOfItsExporter(String metric, String labels) {
    gauge(container(ONE), metric, labels, 3);
    gauge(container(TWO), metric, labels, 5);
    gauge(container("cart-api-5d9f-2bcdf"), metric, labels, 100);
    ready(2);
    assertThat(read().at(Signal.QUEUE, AT)).isEqualTo(8);
  }

  @Test
  void queuesAreAddedButNotTheSameOneInTwoSpellings() {
    for (String pod : new String[] {ONE, TWO}) {
      gauge(container(pod), "hikaricp_connections_pending", "pool=orders", 2);
      gauge(container(pod), "hikaricp_connections_pending", "pool=stock", 1);
      gauge(container(pod), "jetty_threads_jobs", "", 4);
      for (int partition = 0; partition < 3; partition++) {
        gauge(
            container(pod),
            "kafka_consumer_fetch_manager_records_lag",
            "topic=orders partition=" + partition,
            10);
      }
    }
    gauge(
        container(TWO),
        "db.client.connection.pending_requests",
        "db.client.connection.pool.name=both",
        3);
    ready(2);
    assertThat(read().at(Signal.QUEUE, AT)).isEqualTo(2 * (2 + 1 + 4 + 30));
  }

  @Test
  void whatABrokersExporterTellsIsNobodysQueue() {
    gauge(container(ONE), "kafka_consumergroup_lag", "consumergroup=billing topic=orders", 900);
    gauge(container(ONE), "rabbitmq_queue_messages_ready", "queue=orders", 900);
    ready(1);
    assertThat(read().has(Signal.QUEUE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "kafka_consumergroup_lag, consumergroup, topic=orders partition=",
    "kafka_consumergroup_group_lag, group, cluster_name=k topic=orders partition=",
    "kafka.consumer_group.lag, group, topic=orders partition=",
    "rabbitmq_queue_messages_ready, queue, vhost=/",
    "rabbitmq_detailed_queue_messages_ready, queue, vhost=/",
  })
  void whatTheWorkloadSaysItConsumesIsItsQueue(String metric, String consumer, String parts) {
    for (String exporter : new String[] {"exporter-1", "exporter-2"}) {
      for (String named : new String[] {"billing", "retries", "others"}) {
        for (int part = 0; part < 2; part++) {
          gauge(pod(exporter), metric, consumer + "=" + named + " " + parts + part, 7);
        }
      }
    }
    gauge(container(ONE), "kafka_consumer_fetch_manager_records_lag", "partition=0", 99);
    ready(5);
    var history = read(500, Set.of("billing", "retries"));
    assertThat(history.at(Signal.QUEUE, AT)).as("two of them, two parts each").isEqualTo(28);
  }

  @Test
  void whatNoBrokerTellsIsReadFromThePods() {
    gauge(container(ONE), "jetty_threads_jobs", "", 4);
    ready(1);
    assertThat(read(500, Set.of("billing")).at(Signal.QUEUE, AT)).isEqualTo(4);
  }

  // Pools

  @ParameterizedTest
  @CsvSource({
    "hikaricp_connections_active, pool=main, hikaricp_connections_max, pool=main",
    "hikaricp.connections.active, pool=main, hikaricp.connections.max, pool=main",
    "hikaricp_active_connections, pool=main, hikaricp_max_connections, pool=main",
    "jdbc_connections_active, name=main, jdbc_connections_max, name=main",
    "r2dbc_pool_acquired_connections, name=main, r2dbc_pool_max_allocated_connections, name=main",
    "tomcat_threads_busy_threads, name=http-nio-8080,"
        + " tomcat_threads_config_max_threads, name=http-nio-8080",
    "tomcat.threads.busy, name=http-nio-8080, tomcat.threads.config.max, name=http-nio-8080",
    "tomcat.thread.busy.count, tomcat.thread.pool.name=http, tomcat.thread.limit,"
        + " tomcat.thread.pool.name=http",
    "jetty_threads_busy, '', jetty_threads_config_max, ''",
    "jetty.thread.busy.count, '', jetty.thread.limit, ''",
    "executor_active_threads, name=jobs, executor_pool_max_threads, name=jobs",
    "executor.active, name=jobs, executor.pool.max, name=jobs",
    "httpcomponents_httpclient_pool_total_connections, httpclient=core state=leased,"
        + " httpcomponents_httpclient_pool_total_max, httpclient=core",
    "reactor_netty_connection_provider_active_connections, name=http remote_address=core:80,"
        + " reactor_netty_connection_provider_max_connections, name=http remote_address=core:80",
    "db.client.connection.count,"
        + " db.client.connection.pool.name=main db.client.connection.state=used,"
        + " db.client.connection.max, db.client.connection.pool.name=main",
    "db_client_connection_count,"
        + " db_client_connection_pool_name=main db_client_connection_state=used,"
        + " db_client_connection_max, db_client_connection_pool_name=main",
    "db.client.connections.usage, pool.name=main state=used,"
        + " db.client.connections.max, pool.name=main",
    "db_client_connections_usage, pool_name=main state=used,"
        + " db_client_connections_max, pool_name=main",
  })
  void poolsAreReadInTheNamesOfTheirExporter(
      String used, String ofUsed, String most, String ofMost) {
    for (String pod : new String[] {ONE, TWO}) {
      gauge(container(pod), used, ofUsed, pod.equals(ONE) ? 2 : 6);
      gauge(container(pod), most, ofMost, 10);
      if (ofUsed.contains("=used") || ofUsed.contains("=leased")) {
        gauge(
            container(pod), used, ofUsed.replace("=used", "=idle").replace("=leased", "=free"), 4);
      }
    }
    ready(2);
    assertThat(read().at(Signal.POOL, AT)).as("mean of 0.2 and 0.6").isCloseTo(0.4, within(1e-9));
  }

  @Test
  void thePoolOfAPodIsItsFullest() {
    for (String pod : new String[] {ONE, TWO}) {
      gauge(container(pod), "tomcat_threads_busy_threads", "name=http", 20);
      gauge(container(pod), "tomcat_threads_config_max_threads", "name=http", 200);
      gauge(container(pod), "hikaricp_connections_max", "pool=orders", 10);
      gauge(container(pod), "hikaricp_connections_max", "pool=stock", 40);
      gauge(container(pod), "hikaricp_connections_active", "pool=orders", pod.equals(ONE) ? 9 : 1);
      gauge(container(pod), "hikaricp_connections_active", "pool=stock", 20);
    }
    ready(2);
    assertThat(read().at(Signal.POOL, AT)).as("0.9 and 0.5").isCloseTo(0.7, within(1e-9));
  }

  @Test
  void poolsWithoutALimitOrOfOnePlaceTellNothing() {
    gauge(container(ONE), "tomcat_threads_busy_threads", "name=http", 20);
    gauge(container(ONE), "tomcat_threads_config_max_threads", "name=http", -1);
    gauge(container(ONE), "executor_active_threads", "name=poller", 1);
    gauge(container(ONE), "executor_pool_max_threads", "name=poller", 1);
    gauge(container(ONE), "hikaricp_connections_active", "pool=main", Double.NaN);
    gauge(container(ONE), "hikaricp_connections_max", "pool=main", 10);
    ready(1);
    assertThat(read().has(Signal.POOL)).isFalse();
  }

  @Test
  void moreTakenThanThereMayBeIsAFullPool() {
    gauge(container(ONE), "jetty_threads_busy", "", 12);
    gauge(container(ONE), "jetty_threads_config_max", "", 10);
    ready(1);
    assertThat(read().at(Signal.POOL, AT)).isEqualTo(1);
  }

  // All

  @Test
  void fewerThanFourInFiveOfTheReadyReplicasAreNone() {
    for (String way : new String[] {"receive", "transmit"}) {
      counter(pod(ONE), "container_network_" + way + "_bytes_total", "interface=eth0", 400);
    }
    gauge(container(ONE), "jetty_threads_jobs", "", 4);
    gauge(container(ONE), "jetty_threads_busy", "", 4);
    gauge(container(ONE), "jetty_threads_config_max", "", 10);
    ready(2);
    var history = read();
    assertThat(history.has(Signal.NETWORK)).isFalse();
    assertThat(history.has(Signal.QUEUE)).isFalse();
    assertThat(history.has(Signal.POOL)).isFalse();
  }

  @Test
  void tooManySeriesHideOneSignalOnly() {
    for (int partition = 0; partition < 30; partition++) {
      gauge(container(ONE), "kafka.consumer.records_lag", "partition=" + partition, 1);
    }
    gauge(container(ONE), "jetty_threads_busy", "", 4);
    gauge(container(ONE), "jetty_threads_config_max", "", 10);
    ready(1);
    var history = read(20);
    assertThat(history.has(Signal.QUEUE)).isFalse();
    assertThat(history.at(Signal.POOL, AT)).isEqualTo(0.4);
  }

  @Test
  void loopsDoNotReadThem() {
    gauge(container(ONE), "jetty_threads_jobs", "", 4);
    ready(1);
    store.append(batch.build());
    var history = new WorkloadReader(store, 500).history(cart, START, END, STEP);
    assertThat(history.at(Signal.READY, AT)).isEqualTo(1);
    assertThat(history.has(Signal.QUEUE)).isFalse();
  }
}
