package io.bridgewatch.scale.scenario;

/** What kind of day a calendar says it is; of several that hold the first counts. */
public enum DayKind {
  PAY_DAY,
  MONTH_END,
  HOLIDAY,
  WEEKEND,
  WORKDAY
}
