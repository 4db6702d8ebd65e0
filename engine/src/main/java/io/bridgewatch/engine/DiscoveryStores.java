package io.bridgewatch.engine;

import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.TopologyHistory;

/** Where a discovery keeps what it learns. */
public record DiscoveryStores(Chronicle chronicle, TopologyHistory history, ObjectStore objects) {}
