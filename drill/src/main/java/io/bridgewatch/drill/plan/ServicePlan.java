package io.bridgewatch.drill.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One workload of the bank and how it computes.
 *
 * @param kind what runs in its container
 * @param controller the Kubernetes kind that runs it
 * @param tier {@code channel}, {@code business} or {@code core}
 * @param threads that serve requests, in each replica; more wait in line
 * @param queueLimit requests that may wait in a replica; more are refused
 * @param maxReplicas above {@code replicas} when an HPA scales it, equal to it otherwise
 * @param heapBytes of a JVM; zero for others
 * @param memoryLimitBytes what its processes hold may reach it, never pass it
 * @param startTime from the start of the container until it answers probes
 * @param warmUp after that, until code runs at full speed
 */
public record ServicePlan(
    String name,
    String namespace,
    Kind kind,
    Controller controller,
    String tier,
    int replicas,
    int maxReplicas,
    double cpuRequestCores,
    double cpuLimitCores,
    long memoryRequestBytes,
    long memoryLimitBytes,
    int threads,
    int queueLimit,
    long heapBytes,
    Duration startTime,
    Duration warmUp,
    List<Endpoint> endpoints,
    Map<String, Client> clients) {

  /** What runs in a container, and the port at which it listens. */
  public enum Kind {
    JVM(8080),
    NGINX(8080),
    DATABASE(5432),
    CACHE(6379),
    QUEUE(9092),
    CORE_ADAPTER(8080),
    DNS(53),
    /** A daemon of the node that mostly waits. */
    AGENT(9100);

    private final int port;

    Kind(int port) {
      this.port = port;
    }

    public int port() {
      return port;
    }

    /** Whether it has a heap that a collector cleans. */
    public boolean hasHeap() {
      return this == JVM || this == CORE_ADAPTER;
    }
  }

  public enum Controller {
    DEPLOYMENT,
    STATEFUL_SET,
    DAEMON_SET
  }

  public ServicePlan {
    endpoints = List.copyOf(endpoints);
    clients = Map.copyOf(clients);
  }

  /**
   * A way to ask it for something.
   *
   * @param cpuMillis mean CPU demand of one request at full speed, exponentially spread
   * @param allocatedBytes on the heap, for each request
   * @param diskReads and {@code diskWrites}: operations, each waiting for the node's disk
   */
  public record Endpoint(
      String route,
      double cpuMillis,
      long allocatedBytes,
      double diskReads,
      double diskWrites,
      List<Step> steps) {
    public Endpoint {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A call that it makes while it serves, one after the other unless {@code parallel}.
   *
   * @param probability that a request makes it
   * @param parallel whether it runs together with the step before it
   * @param asynchronous whether it is put into the bank's queue instead of waited for
   * @param onMiss whether it is made only when a cache asked before had no answer
   */
  public record Step(
      String service,
      String route,
      double probability,
      boolean parallel,
      boolean asynchronous,
      boolean onMiss) {}

  /**
   * How it talks to another service.
   *
   * @param connections in the pool of each replica; more calls wait for one
   * @param poolTimeout after which a call that waits for a connection fails
   * @param retries after the first attempt, only of what may be repeated
   * @param breakerErrorShare of the last calls from which on the circuit opens; 1 for none
   */
  public record Client(
      int connections,
      Duration poolTimeout,
      Duration timeout,
      int retries,
      Duration retryPause,
      double breakerErrorShare) {}
}
