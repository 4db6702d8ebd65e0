package io.bridgewatch.topology;

import io.bridgewatch.topology.ContainerProfile.Evidence;
import io.bridgewatch.topology.ContainerProfile.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What speaks for each kind of software, and how much. */
final class ProfileSigns {

  /** A word of the image's name, such as {@code postgres} in {@code postgres-exporter}. */
  private static final double IMAGE = 0.85;

  /** A metric that only this kind has, such as {@code pg_up}. */
  private static final double METRIC = 0.85;

  /** The program that is started. */
  private static final double COMMAND = 0.8;

  /** A variable that its images or start scripts read; clients may have the same. */
  private static final double ENVIRONMENT = 0.4;

  /** A variable that only what runs programs reads. */
  private static final double RUNTIME_ENVIRONMENT = 0.7;

  /** The port that it usually has: others may have it too. */
  private static final double PORT = 0.35;

  private static final int MOST_FOUND = 3;

  /** Words of a command line in which the program is looked for. */
  private static final int FIRST_WORDS = 8;

  private static final char WHOLE = '=';
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern WORD_ENDS = Pattern.compile("[^a-z0-9.]+");

  /** Words of images that work on another program and are not it. */
  private static final Set<String> OTHERS =
      Set.of(
          "ui",
          "operator",
          "client",
          "cli",
          "admin",
          "backup",
          "init",
          "manager",
          "connect",
          "reloader",
          "migrate",
          "migration",
          "console",
          "dashboards",
          "commander",
          "express",
          "gateway",
          "webhook");

  /**
   * What one kind is known by.
   *
   * @param images words of image names; after an equals sign, whole names of official images
   * @param ports that it usually listens on
   * @param commands names of programs
   * @param variables names, or beginnings that end in an underscore
   * @param metrics beginnings of names
   */
  private record Signs(
      Set<String> images,
      Set<Integer> ports,
      Set<String> commands,
      Set<String> variables,
      List<String> metrics) {}

  private static final Map<SoftwareKind, Signs> SIGNS = new EnumMap<>(SoftwareKind.class);

  static {
    for (SoftwareKind kind : SoftwareKind.values()) {
      SIGNS.put(kind, signs(kind));
    }
  }

  private ProfileSigns() {}

  private static Signs signs(SoftwareKind kind) {
    return switch (kind) {
      case POSTGRESQL ->
          signs(
              "postgres postgresql postgis timescaledb pgbouncer spilo patroni",
              Set.of(5432, 9187),
              "postgres postgres_exporter patroni",
              "POSTGRES_INITDB_ARGS POSTGRES_HOST_AUTH_METHOD PGDATA POSTGRESQL_VOLUME_DIR PG_EXPORTER_",
              "pg_up pg_stat_ pg_settings_ pg_replication_ postgresql.");
      case MYSQL ->
          signs(
              "mysql mariadb percona mysqld",
              Set.of(3306, 33060, 9104),
              "mysqld mariadbd mysqld_safe mysqld_exporter",
              "MYSQL_ROOT_ MYSQL_ALLOW_ MYSQL_INITDB_ MARIADB_ROOT_ MARIADB_ALLOW_",
              "mysql_up mysql_global_status_ mysql_info_schema_ mysql.buffer_pool. mysql.threads mysql.handlers");
      case MONGODB ->
          signs(
              "mongo mongodb mongod mongos",
              Set.of(27017, 27018, 9216),
              "mongod mongos mongodb_exporter",
              "MONGO_INITDB_ MONGODB_ROOT_ MONGODB_REPLICA_SET_",
              "mongodb_up mongodb_ss_ mongodb_mongod_ mongodb_rs_ mongodb.operation. mongodb.memory. mongodb.connection.");
      case REDIS ->
          signs(
              "redis valkey",
              Set.of(6379, 26379, 9121),
              "redis-server redis-sentinel valkey-server redis_exporter",
              "REDIS_ALLOW_ REDIS_EXPORTER_ REDIS_REPLICATION_ REDIS_DATA_DIR ALLOW_EMPTY_PASSWORD",
              "redis_up redis_connected_clients redis_commands_ redis_memory_ redis.clients. redis.commands redis.memory. redis.keyspace.");
      case MEMCACHED ->
          signs(
              "memcached",
              Set.of(11211, 9150),
              "memcached memcached_exporter",
              "MEMCACHED_CACHE_SIZE MEMCACHED_MAX_",
              "memcached_up memcached_commands_ memcached_current_ memcached.");
      case ELASTICSEARCH ->
          signs(
              "elasticsearch",
              Set.of(9200, 9300, 9114),
              "elasticsearch elasticsearch_exporter",
              "ES_JAVA_OPTS ELASTICSEARCH_HEAP_SIZE discovery.seed_hosts",
              "elasticsearch_cluster_ elasticsearch_jvm_ elasticsearch_indices_ elasticsearch.node. elasticsearch.cluster.");
      case OPENSEARCH ->
          signs(
              "opensearch",
              Set.of(9200, 9300, 9600),
              "opensearch opensearch-docker-entrypoint.sh",
              "OPENSEARCH_JAVA_OPTS OPENSEARCH_INITIAL_ADMIN_PASSWORD discovery.seed_hosts",
              "opensearch_cluster_ opensearch_jvm_ opensearch_indices_ opensearch.");
      case KAFKA ->
          signs(
              "kafka cp-kafka",
              Set.of(9092, 9093, 9308),
              "kafka-server-start kafka-server-start.sh kafka_exporter",
              "KAFKA_BROKER_ID KAFKA_LISTENERS KAFKA_ADVERTISED_ KAFKA_CFG_ KAFKA_NODE_ID"
                  + " KAFKA_ZOOKEEPER_CONNECT KAFKA_PROCESS_ROLES",
              "kafka_server_ kafka_brokers kafka_topic_ kafka_network_ kafka_controller_"
                  + " kafka.message. kafka.partition. kafka.broker");
      case RABBITMQ ->
          signs(
              "rabbitmq",
              Set.of(5672, 15672, 15692, 25672),
              "rabbitmq-server",
              "RABBITMQ_DEFAULT_ RABBITMQ_ERLANG_ RABBITMQ_NODENAME",
              "rabbitmq_build_info rabbitmq_identity_info rabbitmq_queue_messages rabbitmq_process_ rabbitmq.message.");
      case ZOOKEEPER ->
          signs(
              "zookeeper",
              Set.of(2181, 2888, 3888),
              "zkServer.sh zookeeper-server-start",
              "ZOO_ ZOOKEEPER_CLIENT_PORT",
              "znode_count zookeeper.");
      case ETCD ->
          signs(
              "etcd",
              Set.of(2379, 2380, 2381),
              "etcd",
              "ETCD_",
              "etcd_server_ etcd_disk_ etcd_mvcc_ etcd_network_");
      case NGINX ->
          signs(
              "nginx nginx-unprivileged openresty tengine ingress-nginx",
              Set.of(9113, 10254),
              "nginx openresty nginx-ingress-controller nginx-prometheus-exporter",
              "NGINX_",
              "nginx_up nginx_connections_ nginx_http_ nginx_ingress_controller_ nginx.");
      case HAPROXY ->
          signs(
              "haproxy haproxy-ingress",
              Set.of(8404, 9101),
              "haproxy haproxy_exporter",
              "HAPROXY_",
              "haproxy_ haproxy.");
      case ENVOY ->
          signs(
              "envoy proxyv2 contour-envoy istio-proxy",
              Set.of(15090, 15001, 15006, 9901),
              "envoy pilot-agent",
              "ENVOY_ ISTIO_META_",
              "envoy_ istio_requests_");
      case COREDNS -> signs("coredns", Set.of(53, 9153), "coredns", "COREDNS_", "coredns_");
      case NODE_EXPORTER ->
          signs(
              "node-exporter node_exporter",
              Set.of(9100),
              "node_exporter",
              "NODE_EXPORTER_",
              "node_cpu_seconds_ node_filesystem_ node_memory_ node_load1");
      case JVM ->
          signs(
              "openjdk temurin corretto jdk jre java tomcat jetty wildfly zulu"
                  + " graalvm dragonwell kona bisheng",
              Set.of(),
              "java catalina.sh",
              "JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS JAVA_HOME CATALINA_OPTS JVM_OPTS",
              "jvm_ jvm.");
      case NODEJS ->
          signs(
              "=node nodejs",
              Set.of(),
              "node npm yarn pnpm pm2",
              "NODE_ENV NODE_OPTIONS NPM_CONFIG_",
              "nodejs_ nodejs. v8js.");
      case GO -> signs("golang", Set.of(), "", "GOMAXPROCS GOMEMLIMIT GOGC", "go_goroutines go.");
      case PYTHON ->
          signs(
              "python python3 gunicorn uvicorn django flask",
              Set.of(),
              "python python3 gunicorn uvicorn celery",
              "PYTHONPATH PYTHONUNBUFFERED DJANGO_ GUNICORN_ FLASK_",
              "python_ cpython. process.runtime.cpython.");
      case DOTNET ->
          signs(
              "dotnet aspnet aspnetcore",
              Set.of(),
              "dotnet",
              "DOTNET_ ASPNETCORE_",
              "dotnet_ dotnet. process.runtime.dotnet. system_runtime_ microsoft_aspnetcore_"
                  + " aspnetcore. kestrel.");
    };
  }

  private static Signs signs(
      String images, Set<Integer> ports, String commands, String variables, String metrics) {
    return new Signs(words(images), ports, words(commands), words(variables), list(metrics));
  }

  private static Set<String> words(String text) {
    return new LinkedHashSet<>(list(text));
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  /** What speaks for the kind, the strongest first, of each source at most three. */
  static List<Evidence> evidence(SoftwareKind kind, ContainerFacts facts) {
    Signs signs = SIGNS.getOrDefault(kind, signs("", Set.of(), "", "", ""));
    var found = new ArrayList<Evidence>();
    if (isNamed(signs.images, facts)) {
      found.add(new Evidence(Source.IMAGE, facts.image(), IMAGE));
    }
    add(found, Source.METRIC, METRIC, metrics(signs, facts));
    add(found, Source.COMMAND, COMMAND, commands(signs, facts));
    add(
        found,
        Source.ENVIRONMENT,
        kind.isRuntime() ? RUNTIME_ENVIRONMENT : ENVIRONMENT,
        variables(signs, facts));
    add(
        found,
        Source.PORT,
        PORT,
        facts.ports().stream()
            .filter(signs.ports::contains)
            .distinct()
            .map(String::valueOf)
            .toList());
    found.sort(Comparator.comparing(Evidence::weight).reversed());
    return found;
  }

  private static void add(List<Evidence> to, Source source, double weight, List<String> what) {
    what.stream().limit(MOST_FOUND).forEach(it -> to.add(new Evidence(source, it, weight)));
  }

  /**
   * Whether the image's whole name, or one of its words, is among the words; {@code kafka-ui},
   * which merely speaks to one, is not.
   */
  private static boolean isNamed(Set<String> words, ContainerFacts facts) {
    String name = Profiles.lower(facts.imageName());
    if (words.contains(name) || facts.isOfficial() && words.contains(WHOLE + name)) {
      return true;
    }
    List<String> parts = Arrays.asList(WORD_ENDS.split(name));
    return parts.stream().noneMatch(OTHERS::contains) && parts.stream().anyMatch(words::contains);
  }

  private static List<String> metrics(Signs signs, ContainerFacts facts) {
    var found = new ArrayList<String>();
    for (String beginning : signs.metrics) {
      new TreeSet<>(facts.metrics())
          .stream().filter(name -> name.startsWith(beginning)).findFirst().ifPresent(found::add);
    }
    return found;
  }

  /** Words of the command that are one of the programs, by their last part. */
  private static List<String> commands(Signs signs, ContainerFacts facts) {
    return facts.command().stream()
        .flatMap(argument -> Arrays.stream(BLANKS.split(argument)))
        .limit(FIRST_WORDS)
        .map(word -> word.substring(word.lastIndexOf('/') + 1))
        .filter(signs.commands::contains)
        .distinct()
        .toList();
  }

  private static List<String> variables(Signs signs, ContainerFacts facts) {
    return new TreeSet<>(facts.environment())
        .stream()
            .filter(
                name ->
                    signs.variables.stream()
                        .anyMatch(
                            sign -> sign.endsWith("_") ? name.startsWith(sign) : name.equals(sign)))
            .toList();
  }
}
