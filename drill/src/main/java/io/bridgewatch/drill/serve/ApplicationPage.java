package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.bank.Bank;
import io.bridgewatch.drill.bank.BankProcess;
import io.bridgewatch.drill.bank.Heap;
import io.bridgewatch.drill.bank.Pool;
import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.bank.RequestStats;
import io.bridgewatch.drill.bank.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a process of the bank tells of itself: requests on both sides as a mesh counts them, and
 * what the kind of its program has. Names follow OpenTelemetry's semantic conventions and the usual
 * exporters of databases, caches and queues.
 */
final class ApplicationPage {

  private static final String SERVER = "http_server_request_duration_seconds";
  private static final String CLIENT = "http_client_request_duration_seconds";

  private ApplicationPage() {}

  static String of(Bank bank, BankProcess process) {
    var page = new Exposition();
    if (process instanceof Replica replica) {
      requests(page, replica.serverStats(), SERVER, "Duration of HTTP server requests.");
      threads(page, replica);
      replica.heap().ifPresent(heap -> heap(page, heap));
      switch (replica.plan().kind()) {
        case DATABASE -> database(page, replica);
        case CACHE -> cache(page, replica);
        case QUEUE -> queue(page, bank, replica);
        case JVM, CORE_ADAPTER, NGINX, DNS, AGENT -> {}
      }
      page.gauge(
              "tls_certificate_expiry_seconds", "When the server certificate expires, in unixtime.")
          .sample(bank.certificateExpires(replica.service()).getEpochSecond());
    }
    requests(page, process.clientStats(), CLIENT, "Duration of HTTP client requests.");
    pools(page, process);
    logs(page, process);
    ownProcess(page, process);
    return page.text();
  }

  private static void requests(Exposition page, RequestStats stats, String family, String help) {
    if (stats.count() == 0) {
      return;
    }
    page.family(family, "histogram", help);
    stats.forEach(
        entry ->
            page.histogram(
                entry.durations(),
                "http_route",
                entry.key().route(),
                "http_response_status_code",
                entry.key().status() == 0 ? "" : Integer.toString(entry.key().status()),
                "peer_service",
                entry.key().peer(),
                "error_type",
                errorType(entry.key().status())));
  }

  private static String errorType(int status) {
    if (status == 0) {
      return "no_answer";
    }
    return status >= 500 ? Integer.toString(status) : "";
  }

  /** A program on a JVM has its server's pool of threads and the queue before it. */
  private static void threads(Exposition page, Replica replica) {
    boolean java = replica.plan().kind().hasHeap();
    page.gauge(
            java ? "jetty_threads_config_max" : "server_threads_max",
            "Threads that may serve requests.")
        .sample(replica.threads());
    page.gauge(java ? "jetty_threads_busy" : "server_threads_busy", "Threads that serve requests.")
        .sample(replica.busyThreads());
    page.gauge(
            java ? "jetty_threads_jobs" : "server_queue_length", "Requests that wait for a thread.")
        .sample(replica.queued());
    page.counter("server_refused_requests_total", "Requests that found no room to wait.")
        .sample(replica.refused());
  }

  private static void heap(Exposition page, Heap heap) {
    page.gauge("jvm_memory_used_bytes", "Measure of memory used.")
        .sample(
            Math.rint(heap.youngBytes()),
            "jvm_memory_type",
            "heap",
            "jvm_memory_pool_name",
            "G1 Eden Space")
        .sample(
            Math.rint(heap.oldBytes()),
            "jvm_memory_type",
            "heap",
            "jvm_memory_pool_name",
            "G1 Old Gen");
    page.gauge("jvm_memory_committed_bytes", "Measure of memory committed.")
        .sample(Math.rint(heap.committedBytes()), "jvm_memory_type", "heap");
    page.gauge("jvm_memory_limit_bytes", "Measure of max obtainable memory.")
        .sample(Math.rint(heap.maximumBytes()), "jvm_memory_type", "heap");
    page.family("jvm_gc_duration_seconds", "summary", "Duration of JVM garbage collection actions.")
        .sample("_count", heap.youngCollections(), "jvm_gc_name", "G1 Young Generation")
        .sample("_sum", heap.youngNanos() / 1e9, "jvm_gc_name", "G1 Young Generation")
        .sample("_count", heap.fullCollections(), "jvm_gc_name", "G1 Old Generation")
        .sample("_sum", heap.fullNanos() / 1e9, "jvm_gc_name", "G1 Old Generation");
    page.counter("jvm_memory_allocated_bytes_total", "Bytes allocated on the heap.")
        .sample(Math.rint(heap.allocatedBytes()));
  }

  private static void pools(Exposition page, BankProcess process) {
    if (process.pools().isEmpty()) {
      return;
    }
    Map<Boolean, List<Pool>> ofStores =
        process.pools().stream().collect(Collectors.partitioningBy(ApplicationPage::isOfStore));
    connections(
        page,
        ofStores.getOrDefault(true, List.of()),
        "db_client_connection",
        "db_client_connection_pool_name",
        "db_client_connection_state");
    connections(
        page, ofStores.getOrDefault(false, List.of()), "client_connection", "pool", "state");
    page.gauge("circuit_breaker_open", "Whether calls are not tried at all.");
    process.pools().forEach(pool -> page.sample(pool.isCircuitOpen() ? 1 : 0, "pool", pool.peer()));
  }

  private static boolean isOfStore(Pool pool) {
    return switch (pool.peerKind()) {
      case DATABASE, CACHE -> true;
      case JVM, CORE_ADAPTER, NGINX, QUEUE, DNS, AGENT -> false;
    };
  }

  /**
   * @param name label of a pool's name
   */
  private static void connections(
      Exposition page, List<Pool> pools, String prefix, String name, String state) {
    if (pools.isEmpty()) {
      return;
    }
    page.gauge(prefix + "_count", "Connections of a pool by their state.");
    for (Pool pool : pools) {
      page.sample(pool.inUse(), name, pool.peer(), state, "used");
      page.sample(pool.idle(), name, pool.peer(), state, "idle");
    }
    page.gauge(prefix + "_max", "Connections that a pool may have.");
    pools.forEach(pool -> page.sample(pool.maximum(), name, pool.peer()));
    page.gauge(prefix + "_pending_requests", "Calls that wait for a connection.");
    pools.forEach(pool -> page.sample(pool.pending(), name, pool.peer()));
    page.counter(prefix + "_timeouts_total", "Calls that waited in vain for a connection.");
    pools.forEach(pool -> page.sample(pool.timeouts(), name, pool.peer()));
  }

  private static void database(Exposition page, Replica replica) {
    page.gauge("pg_up", "Whether the last scrape could connect.")
        .sample(replica.isServing() ? 1 : 0);
    page.gauge("pg_stat_activity_count", "Number of connections in this state.")
        .sample(replica.busyThreads(), "state", "active")
        .sample(Math.max(0, replica.connections() - replica.busyThreads()), "state", "idle");
    page.gauge("pg_settings_max_connections", "Maximum number of concurrent connections.")
        .sample(replica.maximumConnections());
    page.gauge("pg_locks_count", "Number of locks.")
        .sample(replica.locksHeld(), "mode", "rowexclusivelock");
    page.gauge("pg_locks_waiting", "Sessions that wait for a lock.")
        .sample(replica.waitingForLocks());
    page.counter("pg_lock_timeouts_total", "Statements cancelled while they waited for a lock.")
        .sample(replica.lockTimeouts());
  }

  private static void cache(Exposition page, Replica replica) {
    page.gauge("redis_up", "Whether the cache answers.").sample(replica.isServing() ? 1 : 0);
    page.gauge("redis_connected_clients", "Clients that are connected.")
        .sample(replica.connections());
    page.gauge("redis_filled_ratio", "Share of the keys in use that are present.")
        .sample(replica.filled());
  }

  private static void queue(Exposition page, Bank bank, Replica replica) {
    page.gauge("kafka_up", "Whether the broker answers.").sample(replica.isServing() ? 1 : 0);
    page.gauge("kafka_consumergroup_lag", "Messages that a group has not digested.");
    for (Topic topic : bank.topics()) {
      if (topic.queue().equals(replica.service())) {
        for (int i = 0; i < topic.lag().size(); i++) {
          page.sample(
              topic.lag().get(i),
              "consumergroup",
              topic.consumer(),
              "topic",
              topic.name(),
              "partition",
              Integer.toString(i));
        }
      }
    }
    page.counter("kafka_topic_published_total", "Messages that were published.");
    bank.topics().stream()
        .filter(topic -> topic.queue().equals(replica.service()))
        .forEach(
            topic ->
                page.sample(
                    topic.published(), "topic", topic.name(), "consumergroup", topic.consumer()));
    page.counter("kafka_consumer_failed_attempts_total", "Deliveries that a consumer failed on.");
    bank.topics().stream()
        .filter(topic -> topic.queue().equals(replica.service()))
        .forEach(
            topic ->
                page.sample(
                    topic.failedAttempts(),
                    "topic",
                    topic.name(),
                    "consumergroup",
                    topic.consumer()));
  }

  private static void logs(Exposition page, BankProcess process) {
    page.counter("log_records_total", "Log records that were written, by level.")
        .sample(process.errorsLogged(), "level", "error")
        .sample(process.logRecords() - process.errorsLogged(), "level", "other");
  }

  private static void ownProcess(Exposition page, BankProcess process) {
    var usage = process.usage();
    page.counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")
        .sample(usage.cpuNanos() / 1e9);
    page.gauge("process_resident_memory_bytes", "Resident memory size in bytes.")
        .sample(usage.rssBytes());
    page.gauge("process_open_fds", "Number of open file descriptors.")
        .sample(usage.fileDescriptors());
  }
}
