package io.bridgewatch.ports;

import java.util.List;
import java.util.Optional;

/** The clusters that people registered, with what opens them kept encrypted. */
public interface ClusterRegistry {

  /** By name. */
  List<RegisteredCluster> clusters();

  Optional<RegisteredCluster> cluster(String name);

  /** Adds it, or replaces the one of that name. */
  void put(RegisteredCluster cluster);

  /** Whether there was one. */
  boolean remove(String name);
}
