package io.bridgewatch.testkit;

import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.RegisteredCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Registered clusters in memory. Safe to share between threads. */
public final class InMemoryClusterRegistry implements ClusterRegistry {

  private final Map<String, RegisteredCluster> clusters = new TreeMap<>();

  @Override
  public synchronized List<RegisteredCluster> clusters() {
    return List.copyOf(clusters.values());
  }

  @Override
  public synchronized Optional<RegisteredCluster> cluster(String name) {
    return Optional.ofNullable(clusters.get(name));
  }

  @Override
  public synchronized void put(RegisteredCluster cluster) {
    clusters.put(cluster.name(), cluster);
  }

  @Override
  public synchronized boolean remove(String name) {
    return clusters.remove(name) != null;
  }
}
