package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingMetricsDocuments.MetricsGroup;
import io.bridgewatch.hub.ScalingMetricsDocuments.ScalingMetricsShown;
import io.bridgewatch.scale.MetricsApis.Group;
import io.bridgewatch.scale.MetricsOwner;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves metrics to autoscalers where that was asked for, and tells who serves them in a cluster. A
 * group of metrics has one server a cluster: where it is another's, its way to read ours is told.
 */
@Component
final class ScalingMetricsApi {

  private final LiveClusters clusters;
  private final Watch watch;
  private final MetricsOwners owners;
  private final JsonMapper json;
  private final Optional<MetricsApiServer> server;
  private final Optional<String> named;

  ScalingMetricsApi(
      HubOptions options,
      ClusterParts parts,
      MetricsApiValues values,
      MetricsOwners owners,
      JsonMapper json) {
    this.clusters = parts.watch();
    this.watch = parts.watch();
    this.owners = owners;
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
    var apis = owners.asked(cluster);
    boolean here = server.isPresent() && served().filter(cluster::equals).isPresent();
    return new ScalingMetricsShown(
        cluster,
        here,
        Stream.of(Group.EXTERNAL, Group.CUSTOM)
            .map(group -> group(group, apis.owner(group)))
            .toList(),
        ScalingMetricsDocuments.texts());
  }

  private static MetricsGroup group(Group group, MetricsOwner owner) {
    String version = MetricsOwners.versions(group).getFirst();
    return switch (owner) {
      case MetricsOwner.Nobody _ ->
          new MetricsGroup(group.apiGroup(), version, null, false, false, null);
      case MetricsOwner.Service service ->
          new MetricsGroup(
              group.apiGroup(),
              service.version(),
              service.service(),
              service.ours(),
              service.available(),
              null);
      case MetricsOwner.Unknown(String why) ->
          new MetricsGroup(group.apiGroup(), version, null, false, false, why);
    };
  }

  @PreDestroy
  void close() {
    server.ifPresent(MetricsApiServer::close);
  }
}
