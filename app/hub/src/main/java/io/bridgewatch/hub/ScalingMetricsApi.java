package io.bridgewatch.hub;

import io.bridgewatch.hub.MetricsApiCluster.Owner;
import io.bridgewatch.hub.ScalingMetricsDocuments.MetricsGroup;
import io.bridgewatch.hub.ScalingMetricsDocuments.ScalingMetricsShown;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves metrics to autoscalers where that was asked for, and tells who serves them in a cluster. A
 * group of metrics has one server a cluster: where it is another's, its way to read ours is told.
 */
@Component
final class ScalingMetricsApi {

  /** As deploy/metrics-api names our service. */
  private static final String SERVICE = "bridgewatch-metrics";

  private final LiveClusters clusters;
  private final Watch watch;
  private final JsonMapper json;
  private final Optional<MetricsApiServer> server;
  private final Optional<String> named;

  ScalingMetricsApi(
      HubOptions options, ClusterParts parts, MetricsApiValues values, JsonMapper json) {
    this.clusters = parts.watch();
    this.watch = parts.watch();
    this.json = json;
    this.named = options.metricsApi().flatMap(MetricsApiOptions::cluster);
    this.server = options.metricsApi().map(wanted -> started(options.bind(), wanted, values));
  }

  private MetricsApiServer started(String bind, MetricsApiOptions wanted, MetricsApiValues values) {
    var cluster =
        new MetricsApiCluster(
            () ->
                served()
                    .flatMap(watch::pages)
                    .orElseThrow(() -> new IllegalStateException("the cluster is not watched"))
                    .get(),
            wanted.clientCa(),
            wanted.clientNames(),
            json);
    try {
      return MetricsApiServer.start(
          bind,
          wanted,
          cluster,
          new MetricsApiAnswers(values, this::served, cluster::allows),
          json);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot serve metrics at port %d: %s".formatted(wanted.port(), e.getMessage()), e);
    }
  }

  /** The cluster whose metrics are served; empty while it is not watched, or not clear. */
  private Optional<String> served() {
    if (named.isPresent()) {
      return named.filter(name -> clusters.find(name).isPresent());
    }
    var all = clusters.all();
    return all.size() == 1 ? Optional.of(all.getFirst().name()) : Optional.empty();
  }

  OptionalInt port() {
    return server.isPresent() ? OptionalInt.of(server.get().port()) : OptionalInt.empty();
  }

  /** Who serves metrics in a cluster, and how ours get there. */
  ScalingMetricsShown shown(String cluster) {
    try (var api =
        new MetricsApiCluster(
            () ->
                watch
                    .pages(cluster)
                    .orElseThrow(() -> new IllegalStateException(cluster + " is not watched"))
                    .get(),
            Optional.empty(),
            Set.of(),
            json)) {
      List<MetricsGroup> groups =
          List.of(
              group(api, MetricsApiAnswers.EXTERNAL, MetricsApiAnswers.EXTERNAL_VERSION),
              group(api, MetricsApiAnswers.CUSTOM, MetricsApiAnswers.CUSTOM_VERSION));
      boolean here = server.isPresent() && served().filter(cluster::equals).isPresent();
      return new ScalingMetricsShown(cluster, here, groups, ScalingMetricsDocuments.texts());
    }
  }

  private static MetricsGroup group(MetricsApiCluster api, String group, String version) {
    try {
      Optional<Owner> owner = api.owner(group, version);
      return new MetricsGroup(
          group,
          version,
          owner.map(one -> one.namespace() + "/" + one.name()).orElse(null),
          owner.filter(one -> one.name().equals(SERVICE)).isPresent(),
          owner.filter(Owner::available).isPresent(),
          null);
    } catch (IOException | JacksonException | IllegalStateException e) {
      return new MetricsGroup(group, version, null, false, false, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new MetricsGroup(group, version, null, false, false, "interrupted");
    }
  }

  @PreDestroy
  void close() {
    server.ifPresent(MetricsApiServer::close);
  }
}
