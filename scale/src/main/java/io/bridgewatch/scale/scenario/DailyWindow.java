package io.bridgewatch.scale.scenario;

import java.time.LocalTime;

/**
 * Something that happens each day at the same local time.
 *
 * @param to on the next day, unless it is after {@code from}
 * @param workingDaysOnly whether it begins on working days only
 */
public record DailyWindow(
    String name, EventKind kind, LocalTime from, LocalTime to, boolean workingDaysOnly) {}
