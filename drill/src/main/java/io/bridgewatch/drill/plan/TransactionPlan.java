package io.bridgewatch.drill.plan;

/**
 * Something that customers or partners do.
 *
 * @param name what people call it
 * @param service and {@code route}: where it enters
 * @param perSecond mean rate on an ordinary working day at the height of the day
 * @param shape of its day
 */
public record TransactionPlan(
    String name, String service, String route, double perSecond, Shape shape) {

  /** How the rate moves over the day and the month. */
  public enum Shape {
    /** People with phones: morning and evening, a little at night. */
    RETAIL,
    /** Shops: a peak at lunch and one at dinner. */
    SHOPPING,
    /** Counters and companies: nine to five on working days. */
    OFFICE,
    /** Investments: while the markets are open, and a flash sale on Fridays at ten. */
    MARKET,
    /** Partners' systems: nearly flat. */
    MACHINE
  }
}
