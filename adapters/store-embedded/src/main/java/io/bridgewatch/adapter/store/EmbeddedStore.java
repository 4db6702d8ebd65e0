package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.LogPatternStore;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.SessionStore;
import io.bridgewatch.ports.SettingStore;
import io.bridgewatch.ports.SpanJournal;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.Storage;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.TopologyHistory;
import io.bridgewatch.ports.UserStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteConfig;

/**
 * The store below a data directory: {@code bridgewatch.db} (SQLite), {@code history/} (RocksDB),
 * {@code metrics/} (RocksDB, and a log), {@code logs/} and {@code spans/} (Lucene), {@code
 * recordings/}, {@code secret.key} and {@code lock}. One process at a time; safe to share between
 * its threads.
 *
 * <p>SQLite runs with a write-ahead log and {@code synchronous=FULL}: what a method has returned
 * from survives a killed process and a power cut. Directory and file are made readable by their
 * owner only.
 */
public final class EmbeddedStore implements AutoCloseable {

  /** What a killed process can have left of a lock is released by the system; this only waits. */
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Path directory;
  private final FileChannel lock;
  private final Sql sql;
  private final SqliteAudit audit;
  private final FileArchive archive;
  private final Seal seal;
  private final HistoryDb history;
  private final RocksMetrics metrics;
  private final RocksChronicle chronicle;
  private final RocksHistory topologies;
  private final LuceneLogs logs;
  private final LuceneSpans spans;
  private final PendingSpans pending;
  private final RocksExemplars exemplars;

  private EmbeddedStore(
      Path directory,
      FileChannel lock,
      Sql sql,
      FileArchive archive,
      Seal seal,
      HistoryDb history,
      RocksMetrics metrics,
      LuceneLogs logs,
      LuceneSpans spans) {
    this.directory = directory;
    this.lock = lock;
    this.sql = sql;
    this.audit = new SqliteAudit(sql);
    this.archive = archive;
    this.seal = seal;
    this.history = history;
    this.metrics = metrics;
    this.chronicle = new RocksChronicle(history);
    this.topologies = new RocksHistory(history);
    this.logs = logs;
    this.spans = spans;
    this.pending = PendingSpans.open(history);
    this.exemplars = RocksExemplars.open(history, ExemplarStore.USUAL_MOST);
  }

  /**
   * Opens the store, making the directory if there is none.
   *
   * @throws StoreException if the directory cannot be used, another process uses it, or a newer
   *     release wrote it
   */
  public static EmbeddedStore open(Path directory) {
    return open(directory, InstantSource.system());
  }

  /**
   * The same on another clock.
   *
   * @param clock tells which samples are too far ahead
   */
  public static EmbeddedStore open(Path directory, InstantSource clock) {
    var lock = lock(directory);
    try {
      var file = directory.resolve("bridgewatch.db");
      createPrivateFile(file); // SQLite gives its log the same permissions
      var archive = FileArchive.open(directory.resolve("recordings"));
      var seal = Seal.open(directory.resolve("secret.key"));
      var opened = new ArrayDeque<AutoCloseable>();
      try {
        var history = opened(opened, HistoryDb.open(directory.resolve("history")));
        var metrics = opened(opened, metrics(directory, clock));
        var logs = opened(opened, logs(directory, history));
        var spans = opened(opened, spans(directory, history));
        return new EmbeddedStore(
            directory, lock, connect(file), archive, seal, history, metrics, logs, spans);
      } catch (RuntimeException e) {
        closeAfter(e, opened);
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      unlock(lock);
      throw e instanceof StoreException known
          ? known
          : new StoreException("cannot open the store in " + directory + ": " + why(e), e);
    }
  }

  private static RocksMetrics metrics(Path directory, InstantSource clock) {
    return RocksMetrics.open(directory.resolve("metrics"), MetricSettings.DEFAULTS, clock);
  }

  private static LuceneLogs logs(Path directory, HistoryDb history) {
    return LuceneLogs.open(
        directory.resolve("logs"),
        new BatchJournal(history, HistoryDb.Family.LOG_BATCHES),
        JournaledIndex.Pace.NORMAL);
  }

  private static LuceneSpans spans(Path directory, HistoryDb history) {
    return LuceneSpans.open(
        directory.resolve("spans"),
        new BatchJournal(history, HistoryDb.Family.SPAN_BATCHES),
        JournaledIndex.Pace.NORMAL);
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> opened, T one) {
    opened.push(one);
    return one;
  }

  private static void closeAfter(RuntimeException failure, Deque<AutoCloseable> opened) {
    for (AutoCloseable one : opened) {
      try {
        one.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static FileChannel lock(Path directory) {
    try {
      createPrivate(directory);
      var channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (held(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException e) {
      throw new StoreException(
          "cannot use data directory "
              + directory
              + ": "
              + why(e)
              + "; choose one that this user may write with --data-dir",
          e);
    }
    throw new StoreException(
        "cannot use data directory "
            + directory
            + ": another Bridgewatch process uses it; stop that one, or choose another with"
            + " --data-dir");
  }

  private static boolean held(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Sql connect(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.enforceForeignKeys(true);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try {
        Schema.migrate(connection, file.toString());
        return new Sql(file.toString(), connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException(
          "cannot open "
              + file
              + ": "
              + e.getMessage()
              + "; if the file is damaged, restore a backup of it",
          e);
    }
  }

  /** Makes a directory that only its owner can enter, where the file system knows owners. */
  static void createPrivate(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    var parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (knowsOwners(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(directory);
    }
  }

  static void createPrivateFile(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    if (knowsOwners(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  private static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static String why(Exception e) {
    if (e instanceof FileSystemException f) {
      var reason = f.getReason();
      return f.getClass().getSimpleName().replace("Exception", "")
          + (reason == null ? "" : " (" + reason + ")");
    }
    return String.valueOf(e.getMessage());
  }

  private static void unlock(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreException("cannot release the lock of the data directory", e);
    }
  }

  public MetricStore metrics() {
    return metrics;
  }

  public ExemplarStore exemplars() {
    return exemplars;
  }

  public Chronicle chronicle() {
    return chronicle;
  }

  public TopologyHistory topologyHistory() {
    return topologies;
  }

  /** What is kept by time, and the room for it. */
  public Storage storage() {
    return new EmbeddedStorage(
        directory, history, chronicle, topologies, metrics, exemplars, logs, spans);
  }

  public ObjectStore objects() {
    return new RocksObjects(history);
  }

  public LogStore logs() {
    return logs;
  }

  public LogPatternStore logPatterns() {
    return new RocksLogPatterns(history);
  }

  public SpanStore spans() {
    return spans;
  }

  /** Spans that wait until it is decided whether their traces are kept. */
  public SpanJournal pendingSpans() {
    return pending;
  }

  public ClusterRegistry clusters() {
    return new SqliteClusters(sql, seal);
  }

  public SettingStore settings() {
    return new SqliteSettings(sql);
  }

  public ScalingStore scaling() {
    return new SqliteScaling(sql);
  }

  public UserStore users() {
    return new SqliteUsers(sql);
  }

  public SessionStore sessions() {
    return new SqliteSessions(sql);
  }

  public AuditLog audit() {
    return audit;
  }

  public ImportStore imports() {
    return new SqliteImports(sql, audit);
  }

  public IncidentStore incidents() {
    return new SqliteIncidents(sql);
  }

  public LiveIncidentStore liveIncidents() {
    return new SqliteLiveIncidents(sql);
  }

  public BundleArchive archive() {
    return archive;
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return; // the native parts below end the process if they are used once more
    }
    try (history;
        metrics;
        spans;
        logs) {
      // closed in the reverse order: the journals are in the history
    } finally {
      try {
        sql.close();
      } finally {
        unlock(lock);
      }
    }
  }
}
