package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The log of samples that are in no chunk yet: records in files of bounded size, each with its
 * length and checksum. Writing is guarded by the store's lock; {@link #sync} may be called by
 * several threads, of which one waits for the disk for all.
 */
final class MetricLog implements AutoCloseable {

  private static final int HEADER_BYTES = 8;
  private static final int MOST_RECORD_BYTES = 64 << 20;
  private static final String SUFFIX = ".log";

  private final Path folder;
  private final long segmentBytes;

  /** Numbers and sizes of files that are written no more, oldest first. */
  private final Deque<Segment> full = new ArrayDeque<>();

  private FileChannel channel;
  private long number;
  private long length;

  /** Bytes written since the log was opened, and of these on the disk. */
  private volatile long written;

  private final Object syncing = new Object();
  private long synced;

  /** Bytes up to which the disk may have lost some without telling again. */
  private volatile long failed;

  private record Segment(long number, long bytes) {}

  private MetricLog(Path folder, long segmentBytes, List<Segment> found) throws IOException {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    full.addAll(found);
    this.number = found.isEmpty() ? 1 : found.getLast().number + 1;
    this.channel = create(number);
  }

  /** Takes a record in, when the log is read. */
  interface Reader {
    void read(long segment, ByteSource record);
  }

  /**
   * @param log open, its next segment begun
   * @param cutBytes that could not be read: a write that was cut short, or a bad disk
   */
  record Opened(MetricLog log, long cutBytes) {}

  /** Opens the log in that folder, and reads what is in it. */
  static Opened open(Path folder, long segmentBytes, Reader reader) throws IOException {
    EmbeddedStore.createPrivate(folder);
    var found = new ArrayList<Segment>();
    long cut = 0;
    for (Path file : files(folder)) {
      byte[] bytes = Files.readAllBytes(file);
      long segment = number(file);
      int whole = read(segment, bytes, reader);
      if (whole == 0) {
        cut += bytes.length;
        Files.delete(file);
        continue;
      }
      if (whole < bytes.length) {
        cut += bytes.length - whole;
        try (var damaged = FileChannel.open(file, StandardOpenOption.WRITE)) {
          damaged.truncate(whole);
          damaged.force(true);
        }
      }
      found.add(new Segment(segment, whole));
    }
    return new Opened(new MetricLog(folder, segmentBytes, found), cut);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static long number(Path file) throws IOException {
    String name = file.getFileName().toString();
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      throw new IOException("no part of the log: " + file, e);
    }
  }

  /** Returns how many bytes hold whole records. */
  private static int read(long segment, byte[] bytes, Reader reader) {
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      int size = buffer.getInt(at);
      int start = at + HEADER_BYTES;
      if (size <= 0 || size > bytes.length - start) {
        break;
      }
      var sum = new CRC32C();
      sum.update(bytes, start, size);
      if ((int) sum.getValue() != buffer.getInt(at + 4)) {
        break;
      }
      reader.read(segment, new ByteSource(bytes, start, start + size));
      at = start + size;
    }
    return at;
  }

  private FileChannel create(long segment) throws IOException {
    Path file = file(segment);
    EmbeddedStore.createPrivateFile(file);
    var created = FileChannel.open(file, StandardOpenOption.WRITE);
    syncFolder();
    return created;
  }

  private Path file(long segment) {
    return folder.resolve(String.format(Locale.ROOT, "%012d%s", segment, SUFFIX));
  }

  /** A file is only found after a power cut when its folder is on the disk too. */
  private void syncFolder() throws IOException {
    try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** The segment that the next record goes to. */
  long segment() {
    return number;
  }

  /** The oldest segment that is written no more, or the one that is written. */
  long oldestSegment() {
    return full.isEmpty() ? number : full.getFirst().number;
  }

  long bytes() {
    return length + full.stream().mapToLong(Segment::bytes).sum();
  }

  /**
   * Writes a record; {@link #sync} of what is returned brings it to the disk.
   *
   * @throws StoreException if it cannot be; then a new segment is begun and nothing of it is kept
   */
  long write(ByteSink record) {
    if (record.length > MOST_RECORD_BYTES) {
      throw new StoreException(
          "cannot log samples of " + record.length + " bytes at once; send smaller batches");
    }
    var sum = new CRC32C();
    sum.update(record.bytes, 0, record.length);
    var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(record.length).putInt((int) sum.getValue()).flip();
    var parts = new ByteBuffer[] {header, ByteBuffer.wrap(record.bytes, 0, record.length)};
    try {
      while (parts[1].hasRemaining()) {
        channel.write(parts);
      }
    } catch (IOException e) {
      giveUp();
      throw failed("write", e);
    }
    length += HEADER_BYTES + record.length;
    written += HEADER_BYTES + record.length;
    return written;
  }

  /** Begins a new segment if this one is full; what was written before is then on the disk. */
  void roll() {
    if (length >= segmentBytes || failed > 0 && length > 0) {
      try {
        next();
      } catch (IOException e) {
        throw failed("begin a new part of", e);
      }
    }
  }

  private void next() throws IOException {
    synchronized (syncing) {
      if (failed == 0) {
        channel.force(false);
        synced = written;
      }
      var created = create(number + 1);
      channel.close();
      channel = created;
      full.addLast(new Segment(number, length));
      number++;
      length = 0;
      failed = 0;
    }
  }

  /** Cuts what was half written, and writes elsewhere from now on. */
  private void giveUp() {
    try {
      channel.truncate(length);
      next();
    } catch (IOException e) {
      // the caller is told of the first failure; the next write fails for itself
    }
  }

  /**
   * Waits until the disk has all up to a place that {@link #write} told.
   *
   * @throws StoreException if it cannot
   */
  void sync(long upTo) {
    synchronized (syncing) {
      if (synced >= upTo) {
        return;
      }
      long now = written;
      try {
        channel.force(false);
      } catch (IOException e) {
        failed = written;
        throw failed("sync", e);
      }
      synced = now;
    }
  }

  /** Deletes a segment that is written no more. */
  void delete(long segment) {
    var oldest = full.getFirst();
    if (oldest.number != segment) {
      throw new IllegalStateException("segment " + segment + " is not the oldest, " + oldest);
    }
    try {
      Files.deleteIfExists(file(segment));
    } catch (IOException e) {
      throw failed("shorten", e);
    }
    full.removeFirst();
  }

  private StoreException failed(String what, IOException e) {
    return new StoreException(
        "cannot "
            + what
            + " the log of samples in "
            + folder
            + ": "
            + e.getMessage()
            + "; free some space on that disk",
        e);
  }

  @Override
  public void close() {
    try (var last = channel) {
      last.force(true);
    } catch (IOException e) {
      throw failed("close", e);
    }
  }
}
