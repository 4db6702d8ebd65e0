package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The key-value store below the history: RocksDB, one column family for each sort of thing. Memory
 * is bounded: {@value #CACHE_BYTES} bytes of blocks and {@value #BUFFER_BYTES} of writes per family
 * at most. A write returns once it is in the log on the disk. Safe for several threads.
 */
final class HistoryDb implements AutoCloseable {

  static final long CACHE_BYTES = 64L << 20;
  static final long BUFFER_BYTES = 16L << 20;
  private static final long LOG_BYTES = 128L << 20;

  /** A sort of thing. */
  enum Family {
    OBJECTS,
    HAPPENINGS,
    HAPPENING_TIMES,
    HAPPENINGS_OF,
    TOPOLOGY,
    LOG_BATCHES,
    SPAN_BATCHES,
    PENDING_SPANS,
    LOG_PATTERNS,
    EXEMPLARS;

    private byte[] id() {
      return name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final Path folder;
  private final List<AutoCloseable> owned;
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> families;
  private final WriteOptions durable;
  private final WriteOptions quick;
  private volatile boolean closed;

  private HistoryDb(
      Path folder,
      List<AutoCloseable> owned,
      RocksDB db,
      Map<Family, ColumnFamilyHandle> families,
      WriteOptions durable,
      WriteOptions quick) {
    this.folder = folder;
    this.owned = owned;
    this.db = db;
    this.families = families;
    this.durable = durable;
    this.quick = quick;
  }

  /**
   * Opens the store in that folder, making it if there is none.
   *
   * @throws StoreException if it cannot be opened
   */
  static HistoryDb open(Path folder) {
    RocksDB.loadLibrary();
    var owned = new ArrayList<AutoCloseable>();
    try {
      EmbeddedStore.createPrivate(folder);
      var cache = own(owned, new LRUCache(CACHE_BYTES));
      var filter = own(owned, new BloomFilter(10));
      var table =
          new BlockBasedTableConfig()
              .setBlockCache(cache)
              .setBlockSize(16 << 10)
              .setCacheIndexAndFilterBlocks(true)
              .setFilterPolicy(filter);
      var options =
          own(
              owned,
              new ColumnFamilyOptions()
                  .setTableFormatConfig(table)
                  .setWriteBufferSize(BUFFER_BYTES)
                  .setMaxWriteBufferNumber(2)
                  .setCompressionType(CompressionType.LZ4_COMPRESSION)
                  .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION));
      var descriptors = new ArrayList<ColumnFamilyDescriptor>();
      descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options));
      for (Family family : Family.values()) {
        descriptors.add(new ColumnFamilyDescriptor(family.id(), options));
      }
      var dbOptions =
          own(
              owned,
              new DBOptions()
                  .setCreateIfMissing(true)
                  .setCreateMissingColumnFamilies(true)
                  .setMaxTotalWalSize(LOG_BYTES)
                  .setMaxBackgroundJobs(2)
                  .setKeepLogFileNum(3)
                  .setMaxLogFileSize(1 << 20));
      var handles = new ArrayList<ColumnFamilyHandle>();
      RocksDB db = RocksDB.open(dbOptions, folder.toString(), descriptors, handles);
      var families = new EnumMap<Family, ColumnFamilyHandle>(Family.class);
      for (Family family : Family.values()) {
        families.put(family, handles.get(family.ordinal() + 1));
      }
      owned.add(db);
      owned.addAll(handles);
      var durable = own(owned, new WriteOptions().setSync(true));
      var quick = own(owned, new WriteOptions());
      return new HistoryDb(folder, owned, db, families, durable, quick);
    } catch (RocksDBException | IOException e) {
      close(owned);
      throw new StoreException(
          "cannot open the history in "
              + folder
              + ": "
              + e.getMessage()
              + "; if it is damaged, move the folder away: a new history begins",
          e);
    }
  }

  private static <T extends AutoCloseable> T own(List<AutoCloseable> owned, T one) {
    owned.add(one);
    return one;
  }

  /** Several writes that take effect together. */
  final class Batch implements AutoCloseable {
    private final WriteBatch batch = new WriteBatch();

    void put(Family family, byte[] key, byte[] value) {
      run("write", () -> batch.put(handle(family), key, value));
    }

    void delete(Family family, byte[] key) {
      run("write", () -> batch.delete(handle(family), key));
    }

    /** Deletes all keys from the first on, up to but without the second. */
    void deleteRange(Family family, byte[] from, byte[] to) {
      run("write", () -> batch.deleteRange(handle(family), from, to));
    }

    int size() {
      return batch.count();
    }

    /** Writes it; the disk has it when the next {@link #commit} returns. */
    void commitWithNext() {
      if (batch.count() > 0) {
        run("write to", () -> db.write(quick, batch));
      }
    }

    /** Writes it, and waits until the disk has it. */
    void commit() {
      if (batch.count() > 0) {
        run("write to", () -> db.write(durable, batch));
      }
    }

    @Override
    public void close() {
      batch.close();
    }
  }

  private interface Work {
    void run() throws RocksDBException;
  }

  private void run(String what, Work work) {
    try {
      work.run();
    } catch (RocksDBException e) {
      throw failed(what, e);
    }
  }

  private StoreException failed(String what, RocksDBException e) {
    return new StoreException(
        "cannot " + what + " the history in " + folder + ": " + e.getMessage(), e);
  }

  private ColumnFamilyHandle handle(Family family) {
    if (closed) {
      throw new StoreException("cannot use the history in " + folder + ": it is closed");
    }
    return Objects.requireNonNull(families.get(family));
  }

  Batch batch() {
    return new Batch();
  }

  Optional<byte[]> get(Family family, byte[] key) {
    try {
      return Optional.ofNullable(db.get(handle(family), key));
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  /**
   * Goes over the keys of a range in their order. What is written meanwhile is not seen. Must be
   * closed.
   */
  Cursor from(Family family, byte[] from, byte[] to) {
    return new Cursor(family, from, to);
  }

  /** The last key of a range, and its value. */
  Optional<Map.Entry<byte[], byte[]>> last(Family family, byte[] from, byte[] to) {
    try (var lower = new Slice(from);
        var options = new ReadOptions().setIterateLowerBound(lower);
        RocksIterator iterator = db.newIterator(handle(family), options)) {
      iterator.seekForPrev(to);
      if (iterator.isValid() && Arrays.equals(iterator.key(), to)) {
        iterator.prev();
      }
      check(iterator);
      return iterator.isValid()
          ? Optional.of(Map.entry(iterator.key(), iterator.value()))
          : Optional.empty();
    }
  }

  private void check(RocksIterator iterator) {
    if (!iterator.isValid()) {
      run("read", iterator::status);
    }
  }

  /** A place in a range. */
  final class Cursor implements AutoCloseable {
    private final Slice upper;
    private final ReadOptions options;
    private final RocksIterator iterator;

    private Cursor(Family family, byte[] from, byte[] to) {
      upper = new Slice(to);
      options = new ReadOptions().setIterateUpperBound(upper);
      iterator = db.newIterator(handle(family), options);
      iterator.seek(from);
    }

    boolean isValid() {
      check(iterator);
      return iterator.isValid();
    }

    byte[] key() {
      return iterator.key();
    }

    byte[] value() {
      return iterator.value();
    }

    void next() {
      iterator.next();
    }

    @Override
    public void close() {
      iterator.close();
      options.close();
      upper.close();
    }
  }

  /** The first parts of all keys, which are the names of clusters. */
  List<String> clusters(Family family) {
    var found = new ArrayList<String>();
    byte[] end = {(byte) 0xff};
    try (var cursor = from(family, new byte[0], end)) {
      while (cursor.isValid()) {
        byte[] key = cursor.key();
        int length = 0;
        while (key[length] != 0) {
          length++;
        }
        String name = new String(key, 0, length, StandardCharsets.UTF_8);
        found.add(name);
        cursor.iterator.seek(Keys.after(Keys.text(name)));
      }
    }
    return found;
  }

  /** About how much room the families take on disk, what is still in memory included. */
  long bytes(Family... counted) {
    long sum = 0;
    for (Family family : counted) {
      for (String part :
          List.of("rocksdb.live-sst-files-size", "rocksdb.cur-size-all-mem-tables")) {
        try {
          sum += db.getLongProperty(handle(family), part);
        } catch (RocksDBException e) {
          throw failed("measure", e);
        }
      }
    }
    return sum;
  }

  /** Gives the space of all that was deleted in a family back to the disk. */
  void compact(Family family) {
    run("compact", () -> db.compactRange(handle(family)));
  }

  /** Gives the space of a range that was deleted back to the disk. */
  void compact(Family family, byte[] from, byte[] to) {
    run("compact", () -> db.compactRange(handle(family), from, to));
  }

  @Override
  public void close() {
    closed = true;
    close(owned);
  }

  private static void close(List<AutoCloseable> owned) {
    for (AutoCloseable one : owned.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new StoreException("cannot close the history: " + e.getMessage(), e);
      }
    }
    owned.clear();
  }
}
