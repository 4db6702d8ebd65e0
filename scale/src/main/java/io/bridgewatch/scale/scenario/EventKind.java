package io.bridgewatch.scale.scenario;

/** What happens in a window of time that a calendar names. */
public enum EventKind {
  FLASH_SALE,
  BATCH_WINDOW,
  MARKET_OPEN,
  OTHER
}
