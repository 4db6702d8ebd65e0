package io.bridgewatch.drill.bank;

/**
 * In what a release, a setting, a service, a route or a pod may differ from the plan. A process
 * combines what applies to it: sums and shares are added, factors multiplied.
 */
public enum Trait {
  /** Share of requests that throw and are answered with 500. */
  ERROR_SHARE(0, false),
  /** Share of requests answered with 200 and a business code that says no. */
  BUSINESS_FAILURE_SHARE(0, false),
  CPU_FACTOR(1, true),
  /** Waited by each request while it holds its thread, without computing. */
  EXTRA_WAIT_MILLIS(0, false),
  ALLOCATION_FACTOR(1, true),
  /** On the heap, never freed, by each request. */
  LEAKED_HEAP_BYTES(0, false),
  /** Share of the heap that the program keeps for good, as a cache without a limit would. */
  RETAINED_HEAP_SHARE(0, false),
  /** Outside the heap, never freed, by each request. */
  LEAKED_NATIVE_BYTES(0, false),
  /** Share of requests whose thread never comes back to its pool. */
  LEAKED_THREAD_SHARE(0, false),
  /** Files that each request leaves open, on average. */
  LEAKED_FILES(0, false),
  /** Share of calls whose connection never comes back to its pool. */
  LEAKED_CONNECTION_SHARE(0, false),
  DISK_FACTOR(1, true),
  /** Written to the container's own layer by each request and never deleted. */
  WRITTEN_BYTES(0, false),
  /** Share of requests that close a ring of locks; from then on all that need them hang. */
  DEADLOCK_SHARE(0, false),
  /** Share of requests that end the whole process. */
  CRASH_SHARE(0, false),
  /** At one or more, the process ends with an error shortly before it would have been ready. */
  CRASH_AT_START(0, false),
  START_TIME_FACTOR(1, true),
  /** Share of probes that it answers with 503 though it could serve. */
  PROBE_FAILURE_SHARE(0, false),
  /** Read at the start of a process, like those that follow down to the breakers. */
  THREADS_FACTOR(1, true),
  CONNECTIONS_FACTOR(1, true),
  HEAP_FACTOR(1, true),
  CLIENT_TIMEOUT_FACTOR(1, true),
  EXTRA_RETRIES(0, false),
  /** At zero it waits not at all before it tries again. */
  RETRY_PAUSE_FACTOR(1, true),
  /** At one or more, its circuits never open. */
  BREAKERS_OFF(0, false),
  /** Added to the clock of the process. Calls between clocks five minutes apart are refused. */
  CLOCK_SKEW_SECONDS(0, false),
  /** Of a database: at one or more, somebody holds a lock on the table that writes need. */
  TABLE_LOCKED(0, false),
  /** Of a database: added to the time for which a write holds its row. */
  LOCK_HOLD_MILLIS(0, false),
  /** Of a database: what its open connections may number, as a factor. */
  MAX_CONNECTIONS_FACTOR(1, true),
  /** Of a cache: share of what was kept and can still be found. */
  CACHE_HIT_FACTOR(1, true),
  /** Share of messages for a route that its consumer can never digest. */
  POISON_SHARE(0, false),
  RESPONSE_BYTES_FACTOR(1, true),
  /** Of a service: subtracted from the days until its certificate expires, 90 without trouble. */
  CERTIFICATE_DAYS_LOST(0, false);

  private final double normal;
  private final boolean isFactor;

  Trait(double normal, boolean isFactor) {
    this.normal = normal;
    this.isFactor = isFactor;
  }

  /** The value without trouble. */
  public double normal() {
    return normal;
  }

  double combined(double one, double other) {
    return isFactor ? one * other : one + other;
  }
}
