package io.bridgewatch.testkit;

import io.bridgewatch.model.LogPattern;
import io.bridgewatch.ports.LogPatternStore;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Patterns in memory. Safe to share between threads. */
public final class InMemoryLogPatternStore implements LogPatternStore {

  private final ConcurrentSkipListMap<String, LogPattern> byId = new ConcurrentSkipListMap<>();

  @Override
  public List<LogPattern> all() {
    return List.copyOf(byId.values());
  }

  @Override
  public void put(Collection<LogPattern> patterns) {
    patterns.forEach(pattern -> byId.put(pattern.id(), pattern));
  }

  @Override
  public void remove(Collection<String> ids) {
    byId.keySet().removeAll(ids);
  }
}
