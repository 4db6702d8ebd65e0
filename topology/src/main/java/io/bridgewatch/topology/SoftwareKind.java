package io.bridgewatch.topology;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a container can be seen as: a program of its own, or what a program runs on. */
public enum SoftwareKind {
  POSTGRESQL("PostgreSQL", false),
  MYSQL("MySQL", false),
  MONGODB("MongoDB", false),
  REDIS("Redis", false),
  MEMCACHED("Memcached", false),
  ELASTICSEARCH("Elasticsearch", false),
  OPENSEARCH("OpenSearch", false),
  KAFKA("Kafka", false),
  RABBITMQ("RabbitMQ", false),
  ZOOKEEPER("ZooKeeper", false),
  ETCD("etcd", false),
  NGINX("nginx", false),
  HAPROXY("HAProxy", false),
  ENVOY("Envoy", false),
  COREDNS("CoreDNS", false),
  NODE_EXPORTER("node exporter", false),
  JVM("JVM", true),
  NODEJS("Node.js", true),
  GO("Go", true),
  PYTHON("Python", true),
  DOTNET(".NET", true);

  private final String title;
  private final boolean runtime;

  SoftwareKind(String title, boolean runtime) {
    this.title = title;
    this.runtime = runtime;
  }

  /** As its makers write it. */
  public String title() {
    return title;
  }

  /** Whether programs run on it; one of those comes after what the program is. */
  public boolean isRuntime() {
    return runtime;
  }

  /** As annotations and the API have it, such as {@code node-exporter}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that id. */
  public static Optional<SoftwareKind> of(String id) {
    var wanted = id.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(kind -> kind.id().equals(wanted)).findFirst();
  }
}
