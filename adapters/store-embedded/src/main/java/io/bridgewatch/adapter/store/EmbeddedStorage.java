package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.Storage;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the embedded store keeps by time, on one disk. */
final class EmbeddedStorage implements Storage {

  /** Fewer are not worth rewriting files for. */
  private static final long WORTH_COMPACTING = 1_000;

  private final Path directory;
  private final HistoryDb db;
  private final RocksChronicle chronicle;
  private final RocksHistory topologies;
  private final RocksMetrics metrics;
  private final RocksExemplars exemplars;
  private final LuceneLogs logs;
  private final LuceneSpans spans;

  EmbeddedStorage(
      Path directory,
      HistoryDb db,
      RocksChronicle chronicle,
      RocksHistory topologies,
      RocksMetrics metrics,
      RocksExemplars exemplars,
      LuceneLogs logs,
      LuceneSpans spans) {
    this.directory = directory;
    this.db = db;
    this.chronicle = chronicle;
    this.topologies = topologies;
    this.metrics = metrics;
    this.exemplars = exemplars;
    this.logs = logs;
    this.spans = spans;
  }

  @Override
  public List<Retained> retained() {
    return List.of(new Happenings(), new Topologies(), new Metrics(), new Logs(), new Spans());
  }

  @Override
  public long usableBytes() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new StoreException(
          "cannot ask how much room is left for " + directory + ": " + e.getMessage(), e);
    }
  }

  private final class Happenings implements Retained {
    private static final Family[] FAMILIES = {
      Family.HAPPENINGS, Family.HAPPENING_TIMES, Family.HAPPENINGS_OF
    };

    @Override
    public Kind kind() {
      return Kind.HAPPENINGS;
    }

    @Override
    public long bytes() {
      return db.bytes(FAMILIES);
    }

    @Override
    public Instant oldest() {
      return chronicle.oldest();
    }

    @Override
    public void forgetBefore(Instant time) {
      if (chronicle.forgetBefore(time) >= WORTH_COMPACTING) {
        for (Family family : FAMILIES) {
          db.compact(family);
        }
      }
    }
  }

  private final class Topologies implements Retained {
    @Override
    public Kind kind() {
      return Kind.TOPOLOGY;
    }

    @Override
    public long bytes() {
      return db.bytes(Family.TOPOLOGY);
    }

    @Override
    public Instant oldest() {
      return topologies.oldest();
    }

    @Override
    public void forgetBefore(Instant time) {
      topologies.forgetBefore(time);
    }
  }

  /** Samples, and the exemplars that stand behind them. */
  private final class Metrics implements Retained {
    @Override
    public Kind kind() {
      return Kind.METRICS;
    }

    @Override
    public long bytes() {
      return metrics.bytes() + exemplars.bytes();
    }

    @Override
    public Instant oldest() {
      Instant ofSamples = metrics.oldest();
      Instant ofExemplars = exemplars.oldest();
      return ofExemplars.isBefore(ofSamples) ? ofExemplars : ofSamples;
    }

    @Override
    public void forgetBefore(Instant time) {
      metrics.forgetWholeBefore(time);
      exemplars.forgetBefore(time);
    }
  }

  private final class Logs implements Retained {
    @Override
    public Kind kind() {
      return Kind.LOGS;
    }

    @Override
    public long bytes() {
      return logs.extent().bytes();
    }

    @Override
    public Instant oldest() {
      return logs.extent().oldest();
    }

    @Override
    public void forgetBefore(Instant time) {
      logs.forgetBefore(time.truncatedTo(ChronoUnit.HOURS)); // less gives no room back
    }
  }

  private final class Spans implements Retained {
    @Override
    public Kind kind() {
      return Kind.SPANS;
    }

    @Override
    public long bytes() {
      return spans.extent().bytes();
    }

    @Override
    public Instant oldest() {
      return spans.extent().oldest();
    }

    @Override
    public void forgetBefore(Instant time) {
      spans.forgetBefore(time.truncatedTo(ChronoUnit.HOURS)); // less gives no room back
    }
  }
}
