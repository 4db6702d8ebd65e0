package io.bridgewatch.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which ways of calls are seldom taken: the first {@value #FIRST} traces of an hour that take one.
 * At most {@value #MOST} ways are told apart within an hour; further ones are not rare, because
 * where there are so many, names are made up anew for each call. Not safe for use by several
 * threads.
 */
public final class RareWays {

  private static final int FIRST = 5;
  private static final int MOST = 20_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Map<Object, Integer> taken = new HashMap<>();
  private Instant since = Instant.MIN;

  /**
   * Notes a trace.
   *
   * @param ways it takes: edges, entries
   * @return whether one of them is rare
   */
  public boolean take(Instant now, List<?> ways) {
    if (since.equals(Instant.MIN) || !now.isBefore(since.plus(HOUR))) {
      since = now;
      taken.clear();
    }
    boolean rare = false;
    for (Object way : ways) {
      Integer before = taken.get(way);
      if (before == null && taken.size() >= MOST) {
        continue;
      }
      int times = before == null ? 0 : before;
      if (times < FIRST) {
        taken.put(way, times + 1);
        rare = true;
      }
    }
    return rare;
  }
}
