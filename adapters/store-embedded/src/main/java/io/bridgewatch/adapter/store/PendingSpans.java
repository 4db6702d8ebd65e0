package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Span;
import io.bridgewatch.ports.SpanJournal;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.util.List;

/** Spans that wait, in a journal of their own. */
final class PendingSpans implements SpanJournal {

  private final BatchJournal journal;
  private final SpanForm form = new SpanForm();

  /** The number of the last span that was ever written. */
  private long last;

  private long trimmed;

  private PendingSpans(BatchJournal journal) {
    this.journal = journal;
    this.trimmed = journal.afterTrimmed() - 1;
    this.last = trimmed;
  }

  static PendingSpans open(HistoryDb history) {
    var pending = new PendingSpans(new BatchJournal(history, HistoryDb.Family.PENDING_SPANS));
    pending.replay((last, spans) -> pending.last = last);
    return pending;
  }

  @Override
  public synchronized long append(List<Span> spans) {
    if (!spans.isEmpty()) {
      journal.append(last + 1, form.encode(spans));
      last += spans.size();
    }
    return last;
  }

  @Override
  public synchronized void replay(Reader reader) {
    try {
      journal.replay(
          0,
          (first, bytes) -> {
            var spans = form.decode(bytes);
            reader.batch(first + spans.size() - 1, spans);
          });
    } catch (IOException e) {
      throw new StoreException("cannot read the spans that wait: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void trim(long through) {
    if (through > trimmed) {
      journal.trim(through);
      trimmed = through;
    }
  }
}
