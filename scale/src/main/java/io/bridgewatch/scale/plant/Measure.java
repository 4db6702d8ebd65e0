package io.bridgewatch.scale.plant;

/** What is measured of a workload at each step of its history. */
public enum Measure {
  /** Requests a second of the whole workload, failed ones included. */
  REQUESTS,
  /** Replicas that are ready. */
  READY_REPLICAS,
  /** Mean time of a request in seconds. */
  LATENCY_MEAN,
  /** Median time of a request in seconds. */
  LATENCY_P50,
  /** Time in seconds within which 95 of 100 requests are answered. */
  LATENCY_P95,
  /** Failed requests a second of the whole workload. */
  ERRORS,
  /** CPU cores in use, mean over the ready replicas. */
  CPU,
  /** Bytes of working set, mean over the ready replicas. */
  MEMORY,
  /** Requests under way, mean over the ready replicas. */
  IN_FLIGHT,
  /** Bytes a second received and sent, mean over the ready replicas. */
  NETWORK,
  /** Messages or requests that wait in a queue before the whole workload. */
  QUEUE,
  /** Share of a pool in use (connections, threads), 0 to 1, mean over the ready replicas. */
  POOL
}
