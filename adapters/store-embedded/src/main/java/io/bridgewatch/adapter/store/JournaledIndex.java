package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * Items in hourly indexes, with a journal for what is not committed yet.
 *
 * <ol>
 *   <li>A batch goes into the journal first, which waits for the disk, then into its indexes.
 *   <li>Every {@link #COMMIT_EVERY}, and each {@value #pace.items} items, the indexes are committed
 *       with the number of the last item whose batch is wholly in; then the journal drops its
 *       batches up to it.
 *   <li>When opened, the batches still in the journal are indexed again: each index takes the items
 *       after the number of its own commit, and has removed what that commit held beyond it.
 * </ol>
 *
 * So an acknowledged item is there once, whenever the process ends. An index that cannot be written
 * goes back to its last commit and is filled from the journal; while that fails, appending fails.
 * Where commits fail, {@link Pace#most} items are taken, then appending fails with the reason.
 * Memory: {@link HourIndex#BUFFER_MEBIBYTES} for each of {@link HourIndexes#MOST_WRITTEN} hours.
 * Safe for several threads.
 */
final class JournaledIndex<T> implements AutoCloseable {

  /**
   * When to commit.
   *
   * @param items after so many at the latest
   * @param most how many may wait for a commit, where it fails or is slow
   */
  record Pace(Duration every, long items, long most) {
    static final Pace NORMAL = new Pace(Duration.ofSeconds(5), 200_000, 1_000_000);
  }

  private final Path folder;
  private final DocumentForm<T> form;
  private final BatchJournal journal;
  private final Pace pace;
  private final HourIndexes indexes;
  private final ScheduledExecutorService committer;
  private final Object committing = new Object();

  /** Hours that have lost items which only the journal has. */
  private final Set<Long> broken = new HashSet<>();

  private Instant horizon;

  /** The last item whose batch is wholly indexed. */
  private long last;

  private long committed;

  private JournaledIndex(
      Path folder, DocumentForm<T> form, BatchJournal journal, Pace pace, HourIndexes indexes) {
    this.folder = folder;
    this.form = form;
    this.journal = journal;
    this.pace = pace;
    this.indexes = indexes;
    this.horizon = journal.horizon().orElse(Instant.MIN);
    this.last = journal.afterTrimmed() - 1;
    this.committed = last;
    this.committer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("commit-" + folder.getFileName()).factory());
  }

  /**
   * Opens the indexes in a folder and brings back what was not committed.
   *
   * @throws StoreException if that cannot be done
   */
  static <T> JournaledIndex<T> open(
      Path folder, DocumentForm<T> form, BatchJournal journal, Pace pace) {
    try {
      var index =
          new JournaledIndex<>(
              folder, form, journal, pace, HourIndexes.open(folder, journal.afterTrimmed() - 1));
      try {
        index.recover();
      } catch (IOException | RuntimeException e) {
        index.committer.shutdownNow();
        throw e;
      }
      return index;
    } catch (IOException e) {
      throw new StoreException(
          "cannot open the index in "
              + folder
              + ": "
              + e.getMessage()
              + "; if it is damaged, move the folder away: a new one begins",
          e);
    }
  }

  private synchronized void recover() throws IOException {
    indexes.dropBefore(horizonHour());
    indexes.removeUnsettled();
    journal.replay(
        last + 1,
        (first, bytes) -> {
          var batch = form.decode(bytes);
          index(batch, first, hour -> true);
          last = first + batch.size() - 1;
        });
    committer.scheduleWithFixedDelay(
        this::commitOrRetryLater,
        pace.every.toMillis(),
        pace.every.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Oldest that is still known; what is older is neither found nor taken. */
  synchronized Instant horizon() {
    return horizon;
  }

  HourIndexes indexes() {
    return indexes;
  }

  private long horizonHour() {
    return HourIndexes.hourOf(Nanos.of(horizon));
  }

  /**
   * Keeps these.
   *
   * @throws StoreException if they could not be kept at present; then none of them is
   */
  void append(List<T> items) {
    if (items.isEmpty()) {
      return;
    }
    byte[] encoded = form.encode(items);
    boolean commitNow;
    synchronized (this) {
      if (last - committed > pace.most) {
        commit();
      }
      repair();
      long first = last + 1;
      journal.append(first, encoded);
      try {
        index(items, first, hour -> true);
      } catch (IOException | AlreadyClosedException e) {
        throw takeBack(items, first, e);
      }
      long waiting = last - committed;
      last += items.size();
      commitNow = waiting / pace.items < (last - committed) / pace.items;
    }
    if (commitNow) {
      committer.execute(this::commitOrRetryLater);
    }
  }

  private void index(List<T> items, long first, LongPredicate wanted) throws IOException {
    long oldest = Nanos.of(horizon);
    long number = first;
    for (T item : items) {
      long nanos = form.nanos(item);
      long hour = HourIndexes.hourOf(nanos);
      if (nanos >= oldest && wanted.test(hour)) {
        var index = indexes.writable(hour, last);
        if (number > index.through()) {
          form.index(item, number, index);
        }
      }
      number++;
    }
  }

  private StoreException takeBack(List<T> items, long first, Exception cause) {
    var failure =
        new StoreException("cannot write the index in " + folder + ": " + why(cause), cause);
    journal.remove(first);
    for (T item : items) {
      broken.add(HourIndexes.hourOf(form.nanos(item)));
    }
    for (long hour : broken) {
      try {
        indexes.rollback(hour);
      } catch (IOException | AlreadyClosedException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  /** Fills the indexes that went back to their last commit. */
  private void repair() {
    for (long hour : Set.copyOf(broken)) {
      try {
        indexes.writable(hour, last);
        journal.replay(
            0, (first, bytes) -> index(form.decode(bytes), first, other -> other == hour));
        broken.remove(hour);
      } catch (IOException | AlreadyClosedException e) {
        throw new StoreException("cannot repair the index in " + folder + ": " + why(e), e);
      }
    }
  }

  /**
   * Brings to the indexes' disk what was taken.
   *
   * @throws StoreException if that cannot be done at present; the journal still has it then
   */
  void commit() {
    synchronized (committing) {
      long upTo;
      List<HourIndex> written;
      synchronized (this) {
        repair();
        upTo = last;
        written = indexes.written();
      }
      try {
        for (HourIndex index : written) {
          index.commit(upTo);
        }
      } catch (IOException | AlreadyClosedException e) {
        throw new StoreException("cannot commit the index in " + folder + ": " + why(e), e);
      }
      if (upTo > committed) {
        journal.trim(upTo);
        synchronized (this) {
          committed = upTo;
          indexes.settled(upTo);
        }
      }
    }
  }

  /** What keeps failing is told by {@link #append} once too much waits. */
  private void commitOrRetryLater() {
    try {
      commit();
    } catch (StoreException e) {
      // the journal holds it all, and the next commit tries again
    }
  }

  /** Forgets what is older; whole hours leave the disk. */
  void forgetBefore(Instant time) {
    synchronized (committing) {
      synchronized (this) {
        if (!time.isAfter(horizon)) {
          return;
        }
        horizon = time;
        journal.horizon(time);
        try {
          indexes.dropBefore(horizonHour());
        } catch (IOException e) {
          throw new StoreException("cannot forget in " + folder + ": " + why(e), e);
        }
      }
    }
  }

  /** How much there is, as of a moment ago; the oldest is {@link Instant#MAX} if nothing is. */
  record Extent(long items, long bytes, Instant oldest) {}

  Extent extent() {
    long items = 0;
    long bytes = 0;
    var oldest = Instant.MAX;
    long from = Nanos.of(horizon());
    for (HourIndex index : indexes.newestFirst().reversed()) {
      boolean partial = index.hour() == HourIndexes.hourOf(from);
      items +=
          partial
              ? indexes.search(index, searcher -> countFrom(searcher, from))
              : index.documents();
      bytes += index.bytes();
      if (oldest.equals(Instant.MAX)) {
        oldest = indexes.search(index, searcher -> oldest(searcher, from));
      }
    }
    return new Extent(items, bytes, oldest);
  }

  private static Query since(long nanos) {
    return NumericDocValuesField.newSlowRangeQuery(HourIndex.TIME, nanos, Long.MAX_VALUE);
  }

  private static long countFrom(IndexSearcher searcher, long nanos) throws IOException {
    return searcher.count(since(nanos));
  }

  private static Instant oldest(IndexSearcher searcher, long nanos) throws IOException {
    var found =
        searcher.search(
            since(nanos), 1, new Sort(new SortField(HourIndex.TIME, SortField.Type.LONG)));
    return found.scoreDocs.length == 0
        ? Instant.MAX
        : Nanos.at((Long) ((FieldDoc) found.scoreDocs[0]).fields[0]);
  }

  private static String why(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    committer.close(); // lets a commit end: an interrupted one would break its index
    synchronized (committing) {
      synchronized (this) {
        try {
          if (broken.isEmpty()) {
            indexes.closeToWrite(last);
            journal.trim(last);
          }
          indexes.close();
        } catch (IOException | AlreadyClosedException e) {
          throw new StoreException("cannot close the index in " + folder + ": " + why(e), e);
        }
      }
    }
  }
}
