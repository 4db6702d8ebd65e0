package io.bridgewatch.drill.bank;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finished requests of a process on one side, counted by peer, route and status. */
public final class RequestStats {

  private final Map<Key, Entry> entries = new LinkedHashMap<>();
  private final List<Entry> inOrder = new ArrayList<>();

  /**
   * @param peer the service at the other end; {@code unknown} for customers
   * @param route of the server, or the statement or command of a database or cache
   * @param status as HTTP has it; 0 when no answer came
   */
  public record Key(String peer, String route, int status) {}

  /** What was counted under one key. */
  public static final class Entry {
    private final Key key;
    private final DurationHistogram durations = new DurationHistogram();
    private long requestBytes;
    private long responseBytes;
    private long declined;

    private Entry(Key key) {
      this.key = key;
    }

    public Key key() {
      return key;
    }

    public DurationHistogram durations() {
      return durations;
    }

    /** Answers whose business code said no, whatever their status. */
    public long declined() {
      return declined;
    }

    public long requestBytes() {
      return requestBytes;
    }

    public long responseBytes() {
      return responseBytes;
    }
  }

  void record(
      String peer,
      String route,
      int status,
      long nanos,
      long requestBytes,
      long responseBytes,
      boolean declined) {
    Entry entry = entry(peer, route, status);
    entry.durations.record(nanos);
    entry.requestBytes += requestBytes;
    entry.responseBytes += responseBytes;
    if (declined) {
      entry.declined++;
    }
  }

  /** In the order in which the keys were first seen. */
  public void forEach(Consumer<Entry> reader) {
    inOrder.forEach(reader);
  }

  public long count() {
    return inOrder.stream().mapToLong(entry -> entry.durations.count()).sum();
  }

  private Entry entry(String peer, String route, int status) {
    for (int i = 0; i < Math.min(inOrder.size(), 8); i++) {
      Key key = inOrder.get(i).key;
      if (key.status == status && key.route.equals(route) && key.peer.equals(peer)) {
        return inOrder.get(i);
      }
    }
    return entries.computeIfAbsent(
        new Key(peer, route, status),
        key -> {
          var entry = new Entry(key);
          inOrder.add(entry);
          return entry;
        });
  }
}
