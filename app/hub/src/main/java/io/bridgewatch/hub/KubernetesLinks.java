package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.adapter.kubernetes.AuditLogFile;
import io.bridgewatch.adapter.kubernetes.KubernetesClusters;
import io.bridgewatch.hub.HubOptions.InvalidOptionException;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.Timekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reaches clusters over the Kubernetes API. */
final class KubernetesLinks implements ClusterLinks {

  private static final String IN_CLUSTER = "in-cluster";

  private final KubernetesClusters clusters;
  private final Timekeeper clock;

  KubernetesLinks(KubernetesClusters clusters, Timekeeper clock) {
    this.clusters = clusters;
    this.clock = clock;
  }

  @Override
  public ClusterFeed open(RegisteredCluster cluster) {
    ApiAddress.checked(cluster.apiUrl()); // its name may lead elsewhere than when it was registered
    return clusters.registered(cluster);
  }

  @Override
  public ApiPages pages(RegisteredCluster cluster) {
    ApiAddress.checked(cluster.apiUrl());
    return clusters.pages(cluster);
  }

  @Override
  public AutoscalerWriter autoscalers(RegisteredCluster cluster) {
    ApiAddress.checked(cluster.apiUrl());
    return clusters.autoscalers(cluster);
  }

  @Override
  public Watch.Check check(RegisteredCluster cluster) throws InterruptedException {
    var found = clusters.check(cluster);
    return new Watch.Check(
        found.reachable(),
        Optional.of(found.version()).filter(version -> !version.isEmpty()),
        found.readable().stream().map(ObjectKind::resource).toList(),
        found.denied().stream().map(ObjectKind::resource).toList(),
        Optional.of(found.error()).filter(error -> !error.isEmpty()));
  }

  @Override
  public List<Given> given(ClusterOptions options) {
    var given = new ArrayList<Given>();
    options.kubeconfig().ifPresent(file -> given.addAll(ofKubeconfig(file, options)));
    if (options.inCluster()) {
      if (!clusters.inCluster()) {
        throw new InvalidOptionException(
            "--in-cluster needs a service account, and this hub does not run in a pod that has one;"
                + " give --kubeconfig=FILE instead");
      }
      given.add(
          new Given(
              clusters.inCluster(IN_CLUSTER),
              ClusterApi.Source.IN_CLUSTER,
              "https://kubernetes.default.svc",
              clusters::pagesInCluster,
              clusters::autoscalersInCluster));
    }
    return options.auditLog().isEmpty() ? given : audited(given, options.auditLog().get());
  }

  private List<Given> ofKubeconfig(Path file, ClusterOptions options) {
    try {
      var known = KubernetesClusters.contexts(file);
      var wanted =
          options.allContexts()
              ? known
              : options.contexts().isEmpty()
                  ? known.stream().limit(1).toList() // the current one comes first
                  : options.contexts();
      var feeds =
          clusters.kubeconfig(
              file, options.contexts().isEmpty() && !options.allContexts() ? List.of() : wanted);
      var given = new ArrayList<Given>();
      for (int i = 0; i < feeds.size(); i++) {
        String context = wanted.get(i);
        given.add(
            new Given(
                feeds.get(i),
                ClusterApi.Source.KUBECONFIG,
                KubernetesClusters.address(file, context),
                () -> clusters.pages(file, context),
                () -> clusters.autoscalers(file, context)));
      }
      return given;
    } catch (IOException e) {
      throw new InvalidOptionException(
          "--kubeconfig is " + file + ", which cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException("--kubeconfig: " + e.getMessage());
    }
  }

  private List<Given> audited(List<Given> given, Path log) {
    if (given.size() != 1) {
      throw new InvalidOptionException(
          "--audit-log is the log of one cluster, and the options name "
              + given.size()
              + "; give one context, or use an audit webhook for each cluster");
    }
    var one = given.getFirst();
    var follower = new AuditLogFile(log, AuditLogFile.Start.END, clock);
    return List.of(
        new Given(
            follower.with(one.feed()), one.source(), one.apiUrl(), one.pages(), one.autoscalers()));
  }
}
