package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The chunks on disk: a RocksDB of their own, because they are written seldom, large and packed
 * already. Writes are in its log when they return, and on the disk after {@link #sync}. Memory is
 * bounded: {@value #CACHE_BYTES} bytes of blocks and twice {@value #BUFFER_BYTES} of writes. Safe
 * for several threads.
 */
final class MetricDb implements AutoCloseable {

  static final long CACHE_BYTES = 64L << 20;
  static final long BUFFER_BYTES = 24L << 20;
  private static final long SMALL_BUFFER_BYTES = 4L << 20;

  /** A sort of thing. */
  enum Family {
    /** Partition, series and last time to a chunk. */
    CHUNKS,
    /** Series to its key. */
    SERIES,
    /** Series to what its chunks hold. */
    STATES,
    /** Partition to what it holds; and single facts. */
    FACTS;

    private byte[] id() {
      return name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final Path folder;
  private final List<AutoCloseable> owned;
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> families;
  private final WriteOptions quick;

  private MetricDb(
      Path folder,
      List<AutoCloseable> owned,
      RocksDB db,
      Map<Family, ColumnFamilyHandle> families,
      WriteOptions quick) {
    this.folder = folder;
    this.owned = owned;
    this.db = db;
    this.families = families;
    this.quick = quick;
  }

  /**
   * Opens the store in that folder, making it if there is none.
   *
   * @throws StoreException if it cannot be opened
   */
  static MetricDb open(Path folder) {
    RocksDB.loadLibrary();
    var owned = new ArrayList<AutoCloseable>();
    try {
      EmbeddedStore.createPrivate(folder);
      var cache = own(owned, new LRUCache(CACHE_BYTES));
      var table =
          new BlockBasedTableConfig()
              .setBlockCache(cache)
              .setBlockSize(16 << 10)
              .setCacheIndexAndFilterBlocks(true);
      var descriptors = new ArrayList<ColumnFamilyDescriptor>();
      descriptors.add(
          new ColumnFamilyDescriptor(
              RocksDB.DEFAULT_COLUMN_FAMILY, own(owned, options(table, SMALL_BUFFER_BYTES))));
      for (Family family : Family.values()) {
        long buffer = family == Family.CHUNKS ? BUFFER_BYTES : SMALL_BUFFER_BYTES;
        descriptors.add(
            new ColumnFamilyDescriptor(family.id(), own(owned, options(table, buffer))));
      }
      var dbOptions =
          own(
              owned,
              new DBOptions()
                  .setCreateIfMissing(true)
                  .setCreateMissingColumnFamilies(true)
                  .setMaxTotalWalSize(2 * BUFFER_BYTES)
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
      return new MetricDb(folder, owned, db, families, own(owned, new WriteOptions()));
    } catch (RocksDBException | IOException e) {
      close(owned);
      throw new StoreException(
          "cannot open the metrics in "
              + folder
              + ": "
              + e.getMessage()
              + "; if they are damaged, move the folder away: a new one begins",
          e);
    }
  }

  private static ColumnFamilyOptions options(BlockBasedTableConfig table, long bufferBytes) {
    return new ColumnFamilyOptions()
        .setTableFormatConfig(table)
        .setWriteBufferSize(bufferBytes)
        .setMaxWriteBufferNumber(2)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
  }

  private static <T extends AutoCloseable> T own(List<AutoCloseable> owned, T one) {
    owned.add(one);
    return one;
  }

  private interface Work {
    void run() throws RocksDBException;
  }

  private void run(String what, Work work) {
    try {
      work.run();
    } catch (RocksDBException e) {
      throw new StoreException(
          "cannot "
              + what
              + " the metrics in "
              + folder
              + ": "
              + e.getMessage()
              + "; see whether that disk is full",
          e);
    }
  }

  private ColumnFamilyHandle handle(Family family) {
    return Objects.requireNonNull(families.get(family));
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

    void deleteRange(Family family, byte[] from, byte[] to) {
      run("write", () -> batch.deleteRange(handle(family), from, to));
    }

    boolean isEmpty() {
      return batch.count() == 0;
    }

    /** Writes it, and is empty again. */
    void write() {
      if (!isEmpty()) {
        run("write to", () -> db.write(quick, batch));
        batch.clear();
      }
    }

    @Override
    public void close() {
      batch.close();
    }
  }

  Batch batch() {
    return new Batch();
  }

  /** Waits until the disk has all that was written. */
  void sync() {
    run("sync", db::syncWal);
  }

  Optional<byte[]> get(Family family, byte[] key) {
    try {
      return Optional.ofNullable(db.get(handle(family), key));
    } catch (RocksDBException e) {
      throw new StoreException("cannot read the metrics in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** A place among the keys of a family; sees what was written before. Must be closed. */
  final class Cursor implements AutoCloseable {
    private final Slice upper;
    private final ReadOptions options;
    private final RocksIterator iterator;

    private Cursor(Family family, byte[] end) {
      upper = new Slice(end);
      options = new ReadOptions().setIterateUpperBound(upper);
      iterator = db.newIterator(handle(family), options);
    }

    /** Goes to the first key at or after that. */
    void seek(byte[] key) {
      iterator.seek(key);
    }

    boolean isValid() {
      if (iterator.isValid()) {
        return true;
      }
      run("read", iterator::status);
      return false;
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

  /** Over the keys before the end. */
  Cursor cursor(Family family, byte[] end) {
    return new Cursor(family, end);
  }

  /** Gives the space of a range that was deleted back to the disk. */
  void free(Family family, byte[] from, byte[] to) {
    try (var options = new FlushOptions().setWaitForFlush(true)) { // the log holds it too
      run("free", () -> db.flush(options, new ArrayList<>(families.values())));
    }
    run("free", () -> db.deleteFilesInRanges(handle(family), List.of(from, to), false));
    run("free", () -> db.compactRange(handle(family), from, to));
  }

  @Override
  public void close() {
    close(owned);
  }

  private static void close(List<AutoCloseable> owned) {
    for (AutoCloseable one : owned.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new StoreException("cannot close the metrics: " + e.getMessage(), e);
      }
    }
    owned.clear();
  }
}
