package io.bridgewatch.drill.plan;

import java.time.Duration;

/**
 * A batch job, run by a CronJob.
 *
 * @param schedule in the words of cron, such as {@code 0 2 * * *}
 * @param service and {@code route}: what it asks, again and again
 * @param calls that it makes in all
 * @param parallel at the same time
 */
public record JobPlan(
    String name,
    String namespace,
    String schedule,
    String service,
    String route,
    int calls,
    int parallel,
    Duration deadline) {}
