package io.bridgewatch.drill.plan;

/**
 * Something that customers do.
 *
 * @param name what people call it
 * @param service and {@code route}: where it enters
 * @param perSecond mean rate on an ordinary working day at the height of the day
 */
public record TransactionPlan(String name, String service, String route, double perSecond) {}
