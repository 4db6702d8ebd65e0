package io.bridgewatch.drill.bank;

/** Whoever waits for the answer to a request. */
interface Caller {

  /** The answer is here; it may come after the caller lost patience. */
  void answered(Request request);
}
