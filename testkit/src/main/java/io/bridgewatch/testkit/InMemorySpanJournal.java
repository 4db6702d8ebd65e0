package io.bridgewatch.testkit;

import io.bridgewatch.model.Span;
import io.bridgewatch.ports.SpanJournal;
import java.util.List;
import java.util.TreeMap;

/** A journal in memory. Safe to share between threads. */
public final class InMemorySpanJournal implements SpanJournal {

  private final TreeMap<Long, List<Span>> batches = new TreeMap<>();
  private long last;

  @Override
  public synchronized long append(List<Span> spans) {
    if (!spans.isEmpty()) {
      last += spans.size();
      batches.put(last, List.copyOf(spans));
    }
    return last;
  }

  @Override
  public synchronized void replay(Reader reader) {
    batches.forEach(reader::batch);
  }

  @Override
  public synchronized void trim(long through) {
    batches.headMap(through, true).clear();
  }
}
