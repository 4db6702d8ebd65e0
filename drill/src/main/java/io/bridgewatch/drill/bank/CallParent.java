package io.bridgewatch.drill.bank;

/** Whoever makes a call, retries and all. */
interface CallParent {

  /** The call is over; {@link Call#failure()} says how. */
  void callDone(Call call);
}
