package io.bridgewatch.topology;

import io.bridgewatch.topology.KeySignal.Golden;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which metrics matter of each kind of software, as the usual exporters and OpenTelemetry's
 * semantic conventions spell them, and which families tell little.
 *
 * <p>Noise is what stays the same for the life of a process (settings, versions of flags) or
 * describes the insides of an allocator or of the measuring itself. A metric that matters is never
 * noise.
 */
public final class KeySignals {

  private static final Map<SoftwareKind, List<KeySignal>> SIGNALS =
      new EnumMap<>(SoftwareKind.class);

  static {
    for (SoftwareKind kind : SoftwareKind.values()) {
      SIGNALS.put(kind, List.copyOf(table(kind)));
    }
  }

  private KeySignals() {}

  /** What matters of the kind: first whether it is there, then errors, latency and the rest. */
  public static List<KeySignal> of(SoftwareKind kind) {
    return SIGNALS.getOrDefault(kind, List.of());
  }

  private static List<KeySignal> table(SoftwareKind kind) {
    return switch (kind) {
      case POSTGRESQL ->
          signals(
              "pg_up",
              "pg_stat_database_deadlocks pg_stat_database_xact_rollback pg_stat_database_conflicts"
                  + " postgresql.deadlocks postgresql.rollbacks",
              "pg_stat_activity_max_tx_duration pg_replication_lag_seconds pg_replication_lag"
                  + " postgresql.wal.lag",
              "pg_stat_activity_count pg_settings_max_connections pg_locks_count"
                  + " pg_database_size_bytes pg_stat_database_temp_bytes postgresql.backends"
                  + " postgresql.connection.max postgresql.db_size",
              "pg_stat_database_xact_commit pg_stat_database_tup_fetched"
                  + " pg_stat_database_blks_read pg_stat_database_blks_hit postgresql.commits"
                  + " postgresql.operations");
      case MYSQL ->
          signals(
              "mysql_up",
              "mysql_global_status_aborted_connects mysql_global_status_aborted_clients"
                  + " mysql_global_status_connection_errors_total"
                  + " mysql_global_status_innodb_row_lock_waits mysql.connection.errors",
              "mysql_global_status_slow_queries mysql_global_status_innodb_row_lock_time"
                  + " mysql_slave_status_seconds_behind_master"
                  + " mysql_slave_status_seconds_behind_source mysql.query.slow.count"
                  + " mysql.replica.time_behind_source",
              "mysql_global_status_threads_connected mysql_global_variables_max_connections"
                  + " mysql_global_status_threads_running"
                  + " mysql_global_status_innodb_buffer_pool_pages mysql.threads"
                  + " mysql.buffer_pool.usage",
              "mysql_global_status_queries mysql_global_status_questions"
                  + " mysql_global_status_commands_total mysql.query.count mysql.commands");
      case MONGODB ->
          signals(
              "mongodb_up",
              "mongodb_ss_asserts mongodb_asserts_total mongodb.operation.replacement.count",
              "mongodb_ss_opLatencies_latency mongodb_mongod_op_latencies_latency_total"
                  + " mongodb_mongod_replset_member_replication_lag mongodb.operation.latency.time",
              "mongodb_ss_connections mongodb_connections mongodb_ss_globalLock_currentQueue"
                  + " mongodb_ss_wt_cache_bytes_currently_in_the_cache mongodb.connection.count"
                  + " mongodb.memory.usage",
              "mongodb_ss_opcounters mongodb_op_counters_total mongodb.operation.count");
      case REDIS ->
          signals(
              "redis_up",
              "redis_rejected_connections_total redis_evicted_keys_total"
                  + " redis_errors_total redis.connections.rejected redis.keys.evicted",
              "redis_commands_duration_seconds_total redis_commands_latencies_usec"
                  + " redis_slowlog_length redis_master_last_io_seconds_ago redis.cmd.latency",
              "redis_memory_used_bytes redis_memory_max_bytes redis_connected_clients"
                  + " redis_config_maxclients redis_blocked_clients redis_mem_fragmentation_ratio"
                  + " redis.memory.used redis.clients.connected redis.clients.blocked",
              "redis_commands_processed_total redis_keyspace_hits_total"
                  + " redis_keyspace_misses_total redis.commands.processed redis.commands"
                  + " redis.keyspace.hits redis.keyspace.misses");
      case MEMCACHED ->
          signals(
              "memcached_up",
              "memcached_items_evicted_total memcached_connections_rejected_total"
                  + " memcached.evictions",
              "",
              "memcached_current_bytes memcached_limit_bytes memcached_current_connections"
                  + " memcached.bytes memcached.connections.current",
              "memcached_commands_total memcached.commands memcached.operations");
      case ELASTICSEARCH ->
          signals(
              "elasticsearch_cluster_health_status elasticsearch_cluster_health_up"
                  + " elasticsearch.cluster.health",
              "elasticsearch_cluster_health_unassigned_shards"
                  + " elasticsearch_thread_pool_rejected_count elasticsearch_breakers_tripped"
                  + " elasticsearch.breaker.tripped",
              "elasticsearch_indices_search_query_time_seconds"
                  + " elasticsearch_indices_indexing_index_time_seconds_total"
                  + " elasticsearch.node.operations.time",
              "elasticsearch_jvm_memory_used_bytes elasticsearch_jvm_memory_max_bytes"
                  + " elasticsearch_filesystem_data_available_bytes"
                  + " elasticsearch_filesystem_data_size_bytes"
                  + " elasticsearch_thread_pool_queue_count"
                  + " elasticsearch_cluster_health_number_of_pending_tasks"
                  + " elasticsearch.node.fs.disk.available",
              "elasticsearch_indices_search_query_total"
                  + " elasticsearch_indices_indexing_index_total"
                  + " elasticsearch.node.operations.completed");
      case OPENSEARCH ->
          signals(
              "opensearch_cluster_status opensearch_cluster_health_status",
              "opensearch_cluster_shards_number opensearch_threadpool_tasks_number"
                  + " opensearch_circuitbreaker_tripped_count",
              "opensearch_indices_search_query_time_seconds"
                  + " opensearch_indices_indexing_index_time_seconds",
              "opensearch_jvm_mem_heap_used_percent opensearch_jvm_mem_heap_used_bytes"
                  + " opensearch_fs_total_available_bytes opensearch_fs_total_total_bytes"
                  + " opensearch_cluster_pending_tasks_number",
              "opensearch_indices_search_query_count opensearch_indices_indexing_index_count");
      case KAFKA ->
          signals(
              "kafka_brokers kafka_controller_kafkacontroller_activecontrollercount"
                  + " kafka_controller_kafkacontroller_offlinepartitionscount kafka.brokers",
              "kafka_topic_partition_under_replicated_partition"
                  + " kafka_server_replicamanager_underreplicatedpartitions"
                  + " kafka_server_brokertopicmetrics_failedproducerequests_total"
                  + " kafka_server_brokertopicmetrics_failedfetchrequests_total"
                  + " kafka.partition.under_replicated kafka.request.failed",
              "kafka_consumergroup_lag kafka_network_requestmetrics_totaltimems"
                  + " kafka.consumer_group.lag kafka.request.time.99p",
              "kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent"
                  + " kafka_network_socketserver_networkprocessoravgidle_percent"
                  + " kafka_network_requestchannel_requestqueuesize kafka.request.queue",
              "kafka_server_brokertopicmetrics_messagesin_total"
                  + " kafka_server_brokertopicmetrics_bytesin_total"
                  + " kafka_server_brokertopicmetrics_bytesout_total"
                  + " kafka_topic_partition_current_offset kafka.message.count kafka.network.io");
      case RABBITMQ ->
          signals(
              "rabbitmq_identity_info rabbitmq_build_info",
              "rabbitmq_alarms_memory_used_watermark rabbitmq_alarms_free_disk_space_watermark"
                  + " rabbitmq_global_messages_unroutable_dropped_total rabbitmq.message.dropped",
              "rabbitmq_queue_messages_ready rabbitmq_queue_messages_unacked"
                  + " rabbitmq_queue_messages rabbitmq.message.current",
              "rabbitmq_process_resident_memory_bytes rabbitmq_resident_memory_limit_bytes"
                  + " rabbitmq_disk_space_available_bytes rabbitmq_process_open_fds"
                  + " rabbitmq_process_max_fds rabbitmq_connections rabbitmq_queue_consumers",
              "rabbitmq_global_messages_received_total rabbitmq_global_messages_delivered_total"
                  + " rabbitmq_queue_messages_published_total rabbitmq.message.published"
                  + " rabbitmq.message.delivered");
      case ZOOKEEPER ->
          signals(
              "quorum_size zookeeper.ruok",
              "connection_rejected digest_mismatches_count zookeeper.connection.rejected",
              "avg_latency max_latency zookeeper.latency.avg zookeeper.latency.max",
              "outstanding_requests znode_count open_file_descriptor_count"
                  + " zookeeper.request.active zookeeper.znode.count",
              "packets_received packets_sent zookeeper.packet.count");
      case ETCD ->
          signals(
              "etcd_server_has_leader",
              "etcd_server_leader_changes_seen_total etcd_server_proposals_failed_total"
                  + " etcd_server_health_failures grpc_server_handled_total",
              "etcd_disk_wal_fsync_duration_seconds etcd_disk_backend_commit_duration_seconds"
                  + " etcd_network_peer_round_trip_time_seconds etcd_server_slow_apply_total",
              "etcd_mvcc_db_total_size_in_bytes etcd_server_quota_backend_bytes"
                  + " etcd_server_proposals_pending etcd_mvcc_db_total_size_in_use_in_bytes",
              "etcd_server_proposals_committed_total etcd_network_client_grpc_received_bytes_total"
                  + " etcd_mvcc_put_total");
      case NGINX ->
          signals(
              "nginx_up",
              "nginx_ingress_controller_config_last_reload_successful"
                  + " nginx_server_requests nginx_upstream_fails",
              "nginx_ingress_controller_request_duration_seconds"
                  + " nginx_ingress_controller_response_duration_seconds"
                  + " nginxplus_upstream_server_response_time",
              "nginx_connections_active nginx_connections_waiting nginx_connections_writing"
                  + " nginx_ingress_controller_nginx_process_connections"
                  + " nginx.connections_current",
              "nginx_http_requests_total nginx_connections_accepted nginx_connections_handled"
                  + " nginx_ingress_controller_requests nginx.requests"
                  + " nginx.connections_accepted nginx.connections_handled");
      case HAPROXY ->
          signals(
              "haproxy_backend_status haproxy_server_status haproxy_backend_active_servers",
              "haproxy_backend_http_responses_total haproxy_backend_connection_errors_total"
                  + " haproxy_backend_response_errors_total haproxy_frontend_request_errors_total"
                  + " haproxy.requests.errors haproxy.connections.errors",
              "haproxy_backend_response_time_average_seconds"
                  + " haproxy_backend_queue_time_average_seconds"
                  + " haproxy_backend_total_time_average_seconds haproxy.sessions.average",
              "haproxy_frontend_current_sessions haproxy_frontend_limit_sessions"
                  + " haproxy_backend_current_queue haproxy_backend_current_sessions"
                  + " haproxy.requests.queued haproxy.sessions.count",
              "haproxy_frontend_http_requests_total haproxy_backend_http_requests_total"
                  + " haproxy_frontend_bytes_in_total haproxy.requests.total");
      case ENVOY ->
          signals(
              "envoy_server_live envoy_cluster_membership_healthy",
              "envoy_cluster_upstream_rq_xx envoy_cluster_upstream_cx_connect_fail"
                  + " envoy_cluster_upstream_rq_timeout envoy_cluster_upstream_rq_pending_overflow"
                  + " envoy_http_downstream_rq_xx",
              "envoy_cluster_upstream_rq_time envoy_http_downstream_rq_time"
                  + " istio_request_duration_milliseconds",
              "envoy_cluster_upstream_rq_pending_active envoy_cluster_upstream_cx_active"
                  + " envoy_http_downstream_cx_active envoy_server_memory_allocated",
              "envoy_cluster_upstream_rq_total envoy_http_downstream_rq_total"
                  + " istio_requests_total");
      case COREDNS ->
          signals(
              "coredns_build_info coredns_health_request_failures_total",
              "coredns_dns_responses_total coredns_panics_total"
                  + " coredns_forward_healthcheck_broken_total coredns_proxy_request_duration_seconds",
              "coredns_dns_request_duration_seconds coredns_forward_request_duration_seconds"
                  + " coredns_health_request_duration_seconds",
              "coredns_forward_max_concurrent_rejects_total coredns_cache_entries",
              "coredns_dns_requests_total coredns_cache_hits_total coredns_cache_misses_total"
                  + " coredns_forward_requests_total");
      case NODE_EXPORTER ->
          signals(
              "node_boot_time_seconds",
              "node_network_receive_errs_total node_network_transmit_errs_total"
                  + " node_network_receive_drop_total node_edac_correctable_errors_total"
                  + " node_edac_uncorrectable_errors_total node_vmstat_oom_kill"
                  + " node_filesystem_readonly",
              "node_disk_io_time_seconds_total node_disk_read_time_seconds_total"
                  + " node_disk_write_time_seconds_total node_pressure_io_waiting_seconds_total"
                  + " node_pressure_cpu_waiting_seconds_total",
              "node_cpu_seconds_total node_load1 node_memory_MemAvailable_bytes"
                  + " node_memory_MemTotal_bytes node_filesystem_avail_bytes"
                  + " node_filesystem_size_bytes node_filesystem_files_free"
                  + " node_nf_conntrack_entries node_nf_conntrack_entries_limit"
                  + " node_filefd_allocated node_hwmon_temp_celsius",
              "node_network_receive_bytes_total node_network_transmit_bytes_total"
                  + " node_disk_read_bytes_total node_disk_written_bytes_total");
      case JVM ->
          signals(
              "process_start_time_seconds process_uptime_seconds",
              "logback_events_total log4j2_events_total jvm_threads_deadlocked",
              "jvm_gc_pause_seconds jvm_gc_collection_seconds jvm.gc.duration"
                  + " http_server_requests_seconds http.server.request.duration",
              "jvm_memory_used_bytes jvm_memory_max_bytes jvm_memory_bytes_used"
                  + " jvm_memory_bytes_max jvm_gc_live_data_size_bytes jvm_threads_live_threads"
                  + " jvm_threads_current jvm_threads_states_threads process_cpu_usage"
                  + " process_files_open_files"
                  + " jvm.memory.used jvm.memory.limit jvm.memory.used_after_last_gc"
                  + " jvm.thread.count jvm.cpu.recent_utilization "
                  + ofPoolsAndQueues(kind),
              "jvm_gc_memory_allocated_bytes_total jvm_memory_pool_allocated_bytes_total"
                  + " jvm.class.loaded");
      case NODEJS ->
          signals(
              "process_start_time_seconds",
              "",
              "nodejs_eventloop_lag_seconds nodejs_eventloop_lag_p99_seconds"
                  + " nodejs_gc_duration_seconds nodejs.eventloop.delay.p99 v8js.gc.duration"
                  + " http.server.request.duration",
              "nodejs_heap_size_used_bytes nodejs_heap_size_total_bytes"
                  + " nodejs_external_memory_bytes nodejs_active_handles_total"
                  + " nodejs.eventloop.utilization v8js.memory.heap.used v8js.memory.heap.limit",
              "nodejs_active_requests_total");
      case GO ->
          signals(
              "process_start_time_seconds",
              "",
              "go_gc_duration_seconds go_sched_latencies_seconds go.schedule.duration"
                  + " http.server.request.duration",
              "go_goroutines go_memstats_heap_inuse_bytes go_memstats_heap_alloc_bytes"
                  + " go_memstats_next_gc_bytes process_resident_memory_bytes process_open_fds"
                  + " process_max_fds go.goroutine.count go.memory.used go.memory.limit",
              "process_cpu_seconds_total go_memstats_alloc_bytes_total go.memory.allocated");
      case PYTHON ->
          signals(
              "process_start_time_seconds python_info",
              "python_gc_objects_uncollectable_total django_http_exceptions_total_by_type_total",
              "django_http_requests_latency_seconds_by_view_method gunicorn_request_duration_seconds"
                  + " http.server.request.duration",
              "process_resident_memory_bytes process_open_fds process_max_fds"
                  + " process.memory.usage gunicorn_workers",
              "process_cpu_seconds_total python_gc_collections_total cpython.gc.collections");
      case DOTNET ->
          signals(
              "process_start_time_seconds",
              "dotnet_exceptions_total dotnet.exceptions system_runtime_exception_count",
              "dotnet_gc_pause_ratio dotnet.gc.pause.time http.server.request.duration"
                  + " http_request_duration_seconds",
              "dotnet_total_memory_bytes dotnet_threadpool_num_threads"
                  + " dotnet.gc.last_collection.heap.size"
                  + " dotnet.thread_pool.thread.count kestrel.queued_connections"
                  + " kestrel.active_connections "
                  + ofPoolsAndQueues(kind),
              "dotnet_collection_count_total dotnet.gc.collections"
                  + " dotnet.gc.heap.total_allocated");
    };
  }

  private static String ofPoolsAndQueues(SoftwareKind kind) {
    return String.join(" ", SaturationMetrics.names(kind));
  }

  private static List<KeySignal> signals(
      String availability, String errors, String latency, String saturation, String traffic) {
    var all = new ArrayList<KeySignal>();
    add(all, Golden.AVAILABILITY, availability);
    add(all, Golden.ERRORS, errors);
    add(all, Golden.LATENCY, latency);
    add(all, Golden.SATURATION, saturation);
    add(all, Golden.TRAFFIC, traffic);
    return all;
  }

  private static void add(List<KeySignal> to, Golden tells, String metrics) {
    if (!metrics.isEmpty()) {
      for (String metric : metrics.split(" ", -1)) {
        to.add(new KeySignal(metric, tells));
      }
    }
  }

  /** Beginnings of the names of a kind's metrics that tell little. */
  public static Set<String> noise(SoftwareKind kind) {
    return switch (kind) {
      case POSTGRESQL -> Set.of("pg_settings_");
      case MYSQL -> Set.of("mysql_global_variables_");
      case REDIS -> Set.of("redis_config_");
      case ETCD -> Set.of("etcd_debugging_", "go_memstats_mspan_", "go_memstats_mcache_");
      case NODE_EXPORTER -> Set.of("node_scrape_collector_", "promhttp_metric_handler_");
      case COREDNS, GO ->
          Set.of(
              "go_godebug_non_default_behavior_",
              "go_memstats_mspan_",
              "go_memstats_mcache_",
              "go_memstats_buck_hash_",
              "promhttp_metric_handler_");
      case ENVOY -> Set.of("envoy_listener_admin_", "envoy_runtime_", "envoy_wasm_");
      case JVM,
          MONGODB,
          MEMCACHED,
          ELASTICSEARCH,
          OPENSEARCH,
          KAFKA,
          RABBITMQ,
          ZOOKEEPER,
          NGINX,
          HAPROXY,
          NODEJS,
          PYTHON,
          DOTNET ->
          Set.of();
    };
  }
}
