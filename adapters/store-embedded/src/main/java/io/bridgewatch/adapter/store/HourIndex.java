package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The index of one hour. Opened for reading and writing when needed.
 *
 * <p>Each document has the number of its item in {@link #NUMBER}. A commit says through which
 * number all of this hour's items are in it; it may hold some later ones too, which {@link
 * #openToWrite} removes after a crash, as the journal brings them again.
 *
 * <p>Safe for several threads, except that one at a time may add.
 */
final class HourIndex {

  static final String NUMBER = "n";

  /** Nanoseconds since 1970-01-01T00:00Z. */
  static final String TIME = "t";

  /** Buffered documents of one hour that is written; beyond it they go to the disk. */
  static final double BUFFER_MEBIBYTES = 24;

  /** Merging stops at segments of this size, which bounds how long and how much it rewrites. */
  static final double LARGEST_MERGED_MEBIBYTES = 512;

  private static final long REFRESH_AFTER_NANOS = 250_000_000;
  private static final String THROUGH = "through";
  private static final String LAST = "last";

  /** Its advice to load an incubating module for vectors, of which there are none here. */
  private static final Logger ADVICE =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    ADVICE.setLevel(Level.SEVERE);
  }

  private static final SearcherFactory UNCACHED =
      new SearcherFactory() {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
          var searcher = new IndexSearcher(reader);
          searcher.setQueryCache(null);
          return searcher;
        }
      };

  private final Path folder;
  private final long hour;
  private final Directory directory;
  private final Object committing = new Object();
  private @Nullable IndexWriter writer;
  private @Nullable SearcherManager searchers;
  private boolean wasOpenedToWrite;
  private long through;

  /** The last item that is in it or was. */
  private volatile long lastAdded;

  private boolean dirty;
  private boolean unseen;
  private @Nullable SeenIds seen;
  private boolean deleted;
  private long refreshedAt;
  private long documents;
  private long bytes;

  /**
   * @param hour since 1970-01-01T00:00Z
   */
  private HourIndex(Path folder, long hour, Directory directory) {
    this.folder = folder;
    this.hour = hour;
    this.directory = directory;
  }

  /** Reads what was committed, and opens nothing yet. */
  static HourIndex at(Path folder, long hour) throws IOException {
    EmbeddedStore.createPrivate(folder);
    var index = new HourIndex(folder, hour, FSDirectory.open(folder));
    index.measure();
    return index;
  }

  long hour() {
    return hour;
  }

  /** The item through which all of this hour's are committed. */
  synchronized long through() {
    return through;
  }

  /** Whether the commit may hold items of batches that are not wholly in their indexes. */
  synchronized boolean holdsMore(long settled) {
    return lastAdded > Math.max(through, settled);
  }

  /** On disk, as of the last commit. */
  synchronized long bytes() {
    return bytes;
  }

  synchronized long documents() {
    return writer == null ? documents : writer.getDocStats().numDocs;
  }

  /** Whether anything was ever committed. */
  boolean isCommitted() throws IOException {
    return DirectoryReader.indexExists(directory);
  }

  private void measure() throws IOException {
    if (!isCommitted()) {
      return;
    }
    var segments = SegmentInfos.readLatestCommit(directory);
    through = Long.parseLong(segments.getUserData().getOrDefault(THROUGH, "0"));
    lastAdded = Math.max(lastAdded, Long.parseLong(segments.getUserData().getOrDefault(LAST, "0")));
    long live = 0;
    long size = 0;
    for (var segment : segments) {
      live += segment.info.maxDoc() - segment.getDelCount();
      size += segment.sizeInBytes();
    }
    documents = live;
    bytes = size;
  }

  /**
   * Makes it ready for adding. The first time, and after {@link #rollback}, nothing is in it then
   * of what came after {@link #through}.
   *
   * @param settled all items up to this one are committed, whatever this index says
   */
  synchronized void openToWrite(long settled) throws IOException {
    if (writer != null) {
      return;
    }
    var merges = new TieredMergePolicy();
    merges.setMaxMergedSegmentMB(LARGEST_MERGED_MEBIBYTES);
    merges.setFloorSegmentMB(8);
    merges.setNoCFSRatio(1);
    var scheduler = new ConcurrentMergeScheduler();
    scheduler.setMaxMergesAndThreads(6, 1);
    var settings =
        new IndexWriterConfig()
            .setCodec(new Lucene104Codec(Lucene104Codec.Mode.BEST_SPEED))
            .setRAMBufferSizeMB(BUFFER_MEBIBYTES)
            .setMergePolicy(merges)
            .setMergeScheduler(scheduler)
            .setUseCompoundFile(true)
            .setCommitOnClose(false);
    writer = new IndexWriter(directory, settings);
    closeSearchers();
    searchers = new SearcherManager(writer, UNCACHED);
    if (!wasOpenedToWrite) {
      wasOpenedToWrite = true;
      through = Math.max(through, settled);
      writer.deleteDocuments(
          NumericDocValuesField.newSlowRangeQuery(NUMBER, through + 1, Long.MAX_VALUE));
      changed();
    }
  }

  private IndexWriter openWriter() {
    if (writer == null) {
      throw new IllegalStateException("the index of hour " + hour + " is not open for writing");
    }
    return writer;
  }

  private void changed() {
    dirty = true;
    unseen = true;
  }

  synchronized void add(long number, List<? extends IndexableField> document) throws IOException {
    lastAdded = number;
    openWriter().addDocument(document);
    changed();
  }

  /**
   * Adds an item in place of any that has the id. Looking for one costs far more than adding, so
   * ids that are surely new are only added.
   */
  synchronized void put(Term id, long number, List<? extends IndexableField> document)
      throws IOException {
    lastAdded = number;
    if (seen == null) {
      seen = seenIds(id.field());
    }
    if (seen.add(id.bytes())) {
      openWriter().updateDocument(id, document);
    } else {
      openWriter().addDocument(document);
    }
    changed();
  }

  private SeenIds seenIds(String field) throws IOException {
    var ids = new SeenIds();
    try (var reader = DirectoryReader.open(openWriter())) {
      for (var leaf : reader.leaves()) {
        var terms = Terms.getTerms(leaf.reader(), field).iterator();
        for (var id = terms.next(); id != null; id = terms.next()) {
          ids.add(id);
        }
      }
    }
    return ids;
  }

  /**
   * Brings what was added to the disk.
   *
   * @param upTo all items up to this one were added before
   */
  void commit(long upTo) throws IOException {
    synchronized (committing) {
      IndexWriter open;
      synchronized (this) {
        if (writer == null || !dirty) {
          return;
        }
        open = writer;
        dirty = false; // what comes from now on may or may not be in it
      }
      boolean done = false;
      try {
        // read when all documents of the commit are chosen, so lastAdded is not below any of them
        open.setLiveCommitData(
            () ->
                Map.of(THROUGH, Long.toString(upTo), LAST, Long.toString(lastAdded))
                    .entrySet()
                    .iterator());
        open.commit();
        done = true;
      } finally {
        synchronized (this) {
          if (done) {
            measure();
          } else {
            dirty = true;
          }
        }
      }
    }
  }

  /** Commits and lets go of what writing needs. */
  void closeToWrite(long upTo) throws IOException {
    synchronized (committing) {
      commit(upTo);
      synchronized (this) {
        if (writer != null) {
          closeSearchers();
          writer.close();
          writer = null;
          seen = null;
        }
      }
    }
  }

  /** Goes back to the last commit, where something went wrong; what came since is lost to it. */
  void rollback() throws IOException {
    synchronized (committing) {
      synchronized (this) {
        closeSearchers();
        seen = null;
        wasOpenedToWrite = false;
        dirty = false;
        if (writer != null) {
          var failed = writer;
          writer = null;
          failed.rollback();
        }
        measure();
      }
    }
  }

  /** What is asked of an index. */
  interface Search<T> {
    T in(IndexSearcher searcher) throws IOException;
  }

  private record Held(Optional<SearcherManager> manager, IndexSearcher searcher) {
    void release() throws IOException {
      if (manager.isPresent()) {
        manager.get().release(searcher);
      }
    }
  }

  /**
   * Asks what was committed, or, where it is open for writing, what was added up to a moment ago.
   *
   * @throws StoreException if it cannot be read
   */
  <T> T search(Search<T> search) {
    try {
      refresh();
      var held = acquire();
      try {
        return search.in(held.searcher);
      } finally {
        held.release();
      }
    } catch (IOException e) {
      throw new StoreException("cannot search " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Only who asks pays for seeing what is new, and others go on adding meanwhile. */
  private void refresh() throws IOException {
    SearcherManager stale;
    synchronized (this) {
      long now = System.nanoTime();
      if (searchers == null || !unseen || now - refreshedAt < REFRESH_AFTER_NANOS) {
        return;
      }
      stale = searchers;
      unseen = false;
      refreshedAt = now;
    }
    try {
      stale.maybeRefreshBlocking();
    } catch (AlreadyClosedException e) {
      // closed meanwhile; the next one sees all that was committed by then
    }
  }

  private synchronized Held acquire() throws IOException {
    if (deleted) {
      return new Held(Optional.empty(), new IndexSearcher(new MultiReader()));
    }
    if (searchers == null) {
      searchers = new SearcherManager(directory, UNCACHED);
    }
    return new Held(Optional.of(searchers), searchers.acquire());
  }

  /** Lets go of what reading needs, unless it is open for writing. */
  synchronized void closeToRead() throws IOException {
    if (writer == null) {
      closeSearchers();
    }
  }

  private void closeSearchers() throws IOException {
    if (searchers != null) {
      searchers.close();
      searchers = null;
    }
  }

  /** Removes it from the disk; who is reading can go on to the end. */
  void delete() throws IOException {
    rollback();
    synchronized (this) {
      deleted = true;
    }
    for (String file : directory.listAll()) {
      directory.deleteFile(file);
    }
    directory.close();
    Files.delete(folder);
  }

  void close() throws IOException {
    rollback();
    directory.close();
  }
}
