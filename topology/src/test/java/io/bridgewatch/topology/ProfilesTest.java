package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.topology.ContainerProfile.Choice;
import io.bridgewatch.topology.ContainerProfile.Evidence;
import io.bridgewatch.topology.ContainerProfile.Seen;
import io.bridgewatch.topology.ContainerProfile.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {

  @ParameterizedTest
  @CsvSource({
    "registry.example:5000/library/postgres:16.2, POSTGRESQL",
    "quay.io/x/postgres-exporter@sha256:0123, POSTGRESQL",
    "bitnami/mysql:8.4, MYSQL",
    "mariadb, MYSQL",
    "redis:7-alpine, REDIS",
    "oliver006/redis_exporter:v1.62, REDIS",
    "mongo:7, MONGODB",
    "docker.elastic.co/elasticsearch/elasticsearch:8.14.0, ELASTICSEARCH",
    "opensearchproject/opensearch:2, OPENSEARCH",
    "apache/kafka:3.7, KAFKA",
    "confluentinc/cp-kafka:7.6, KAFKA",
    "rabbitmq:3-management, RABBITMQ",
    "registry.k8s.io/etcd:3.5.15-0, ETCD",
    "nginxinc/nginx-unprivileged:1.27, NGINX",
    "haproxy:3.0, HAPROXY",
    "istio/proxyv2:1.22, ENVOY",
    "envoyproxy/envoy:v1.31, ENVOY",
    "registry.k8s.io/coredns/coredns:v1.11.1, COREDNS",
    "prom/node-exporter:v1.8, NODE_EXPORTER",
    "eclipse-temurin:21-jre, JVM",
    "node:20-slim, NODEJS",
    "python:3.12, PYTHON",
    "mcr.microsoft.com/dotnet/aspnet:8.0, DOTNET",
    "golang:1.23, GO"
  })
  void imagesTellWhatTheyAre(String image, SoftwareKind kind) {
    assertThat(kinds(facts(image))).containsExactly(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "calico/node:v3.28",
    "registry.k8s.io/node-problem-detector:v0.8",
    "provectuslabs/kafka-ui:latest",
    "zalando/postgres-operator:1.12",
    "rediscommander/redis-commander:latest",
    "bank.example/cart:1.4.2",
    "''"
  })
  void imagesThatOnlySpeakToOneAreNot(String image) {
    assertThat(kinds(facts(image))).isEmpty();
  }

  @Test
  void aPortOrAVariableAloneIsNotEnoughAndTogetherTheyAre() {
    var port = new ContainerFacts("db", "x/y", List.of(5432), List.of(), Set.of(), Set.of());
    assertThat(kinds(port)).isEmpty();
    var variable =
        new ContainerFacts("db", "x/y", List.of(), List.of(), Set.of("PGDATA"), Set.of());
    assertThat(kinds(variable)).isEmpty();
    var both =
        new ContainerFacts("db", "x/y", List.of(5432), List.of(), Set.of("PGDATA"), Set.of());
    var seen = Profiles.of(both, Optional.empty()).seen();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().confidence()).isBetween(0.6, 0.62);
    assertThat(seen.getFirst().evidence())
        .containsExactly(
            new Evidence(Source.ENVIRONMENT, "PGDATA", 0.4),
            new Evidence(Source.PORT, "5432", 0.35));
  }

  @Test
  void clientsOfADatabaseAreNotSeenAsOne() {
    var client =
        new ContainerFacts(
            "app",
            "bank.example/cart:1",
            List.of(8080),
            List.of("java", "-jar", "cart.jar", "--redis-server=x"),
            Set.of("MYSQL_HOST", "POSTGRES_PASSWORD", "REDIS_ADDR", "KAFKA_BOOTSTRAP_SERVERS"),
            Set.of(
                "jvm_memory_used_bytes",
                "kafka_consumer_fetch_manager_records_lag",
                "mongodb_driver_pool_size",
                "rabbitmq_consumed_total"));
    assertThat(kinds(client)).containsExactly(SoftwareKind.JVM);
  }

  @Test
  void programsComeBeforeWhatTheyRunOn() {
    var kafka =
        new ContainerFacts(
            "broker",
            "bank.example/streams:1",
            List.of(9092),
            List.of("sh", "-c", "exec /opt/kafka/bin/kafka-server-start.sh x"),
            Set.of("KAFKA_HEAP_OPTS"),
            Set.of("jvm_memory_bytes_used", "kafka_server_replicamanager_leadercount"));
    var profile = Profiles.of(kafka, Optional.empty());
    assertThat(profile.seen())
        .extracting(Seen::kind)
        .containsExactly(SoftwareKind.KAFKA, SoftwareKind.JVM);
    assertThat(profile.kind()).contains(SoftwareKind.KAFKA);
    var first = profile.seen().getFirst();
    assertThat(first.evidence())
        .extracting(Evidence::source)
        .containsExactly(Source.METRIC, Source.COMMAND, Source.PORT);
    assertThat(first.confidence()).isBetween(0.98, 0.985);
    assertThat(profile.signals())
        .extracting(KeySignal::metric)
        .contains("kafka_consumergroup_lag", "jvm_memory_used_bytes");
  }

  @Test
  void theApiServersViewOfEtcdIsNotEtcd() {
    var server =
        facts("registry.k8s.io/kube-apiserver:v1.36")
            .withMetrics(
                Set.of(
                    "etcd_requests_total",
                    "etcd_request_duration_seconds_bucket",
                    "go_goroutines"));
    assertThat(kinds(server)).containsExactly(SoftwareKind.GO);
  }

  @Test
  void annotationsDecideInsteadOfTheEvidence() {
    var redis = facts("redis:7");
    var none = Profiles.of(redis, Optional.of("none"));
    assertThat(none.seen()).isEmpty();
    assertThat(none.chosen()).isEqualTo(Choice.BY_ANNOTATION);
    var other = Profiles.of(redis, Optional.of("node-exporter"));
    assertThat(other.kind()).contains(SoftwareKind.NODE_EXPORTER);
    assertThat(other.seen().getFirst().evidence())
        .containsExactly(new Evidence(Source.ANNOTATION, "node-exporter", 1));
    assertThat(Profiles.of(redis, Optional.of("app=jvm, side=none")).chosen())
        .as("of other containers")
        .isEqualTo(Choice.BY_EVIDENCE);
    assertThat(Profiles.of(redis, Optional.of("jvm,c=none")).seen())
        .as("its own before all")
        .isEmpty();
    var unknown = Profiles.of(redis, Optional.of("reddis"));
    assertThat(unknown.chosen()).isEqualTo(Choice.ANNOTATION_UNKNOWN);
    assertThat(unknown.kind()).contains(SoftwareKind.REDIS);
  }

  @Test
  void containersAreReadFromPods() {
    var pod =
        KubernetesObject.of(
            Map.of(
                "spec",
                Map.of(
                    "initContainers",
                    List.of(
                        Map.of("name", "setup", "image", "busybox"),
                        Map.of("name", "mesh", "image", "proxyv2", "restartPolicy", "Always")),
                    "containers",
                    List.of(
                        Map.of(
                            "name",
                            "db",
                            "image",
                            "a/b:1",
                            "ports",
                            List.of(Map.of("containerPort", 5432)),
                            "command",
                            List.of("postgres"),
                            "args",
                            List.of("-c", "x=y"),
                            "env",
                            List.of(Map.of("name", "PGDATA", "value", "/d")))))));
    assertThat(ContainerFacts.of(pod))
        .containsExactly(
            new ContainerFacts("mesh", "proxyv2", List.of(), List.of(), Set.of(), Set.of()),
            new ContainerFacts(
                "db",
                "a/b:1",
                List.of(5432),
                List.of("postgres", "-c", "x=y"),
                Set.of("PGDATA"),
                Set.of()));
  }

  @Test
  void signalsAreFoundByTheirPartsAndAreNeverNoise() {
    var signal = new KeySignal("etcd_disk_wal_fsync_duration_seconds", KeySignal.Golden.LATENCY);
    assertThat(signal.isOf("etcd_disk_wal_fsync_duration_seconds_bucket")).isTrue();
    assertThat(signal.isOf("etcd_disk_wal_fsync_duration_seconds")).isTrue();
    assertThat(signal.isOf("etcd_disk_wal_fsync_duration_seconds_more")).isFalse();
    for (SoftwareKind kind : SoftwareKind.values()) {
      var signals = KeySignals.of(kind);
      assertThat(signals).as(kind.title()).hasSizeGreaterThan(4);
      assertThat(new HashSet<>(signals)).as(kind.title()).hasSameSizeAs(signals);
      assertThat(SoftwareKind.of(kind.id())).contains(kind);
    }
    assertThat(SoftwareKind.of("nothing")).isEmpty();
  }

  private static ContainerFacts facts(String image) {
    return new ContainerFacts("c", image, List.of(), List.of(), Set.of(), Set.of());
  }

  private static List<SoftwareKind> kinds(ContainerFacts facts) {
    var seen = Profiles.of(facts, Optional.empty()).seen();
    return seen.stream().map(Seen::kind).toList();
  }
}
