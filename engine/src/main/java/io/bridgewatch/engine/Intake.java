package io.bridgewatch.engine;

import io.bridgewatch.engine.masking.Masking;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.TelemetryIntake;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes telemetry in, whatever way it came: keeps it, tells the topology of what it describes, and
 * counts.
 *
 * <ol>
 *   <li>What has no cluster belongs to the one that is watched, if it is only one.
 *   <li>Log lines and spans are marked with their business transaction ({@link TransactionMarks}),
 *       then masked before anything keeps them.
 *   <li>When a method has returned, what it took is kept ({@link MetricStore}, {@link
 *       io.bridgewatch.ports.LogStore}, {@link io.bridgewatch.ports.SpanStore}) and survives a
 *       crash, so that it may be acknowledged; spans until it is decided which traces are kept
 *       ({@link TraceKeeping}).
 *   <li>Exemplars are kept with the samples, and the traces to which they lead are told to be kept
 *       ({@link ExemplarKeeping}).
 *   <li>Only so many records are under way at once; who comes then waits for a while and is
 *       refused, or is at once if it was pushed ({@link #pushed}): the sender hears it and comes
 *       again. Nothing is dropped unsaid.
 *   <li>The topology is told without waiting: if its queue is full, that is counted and told again
 *       with the next batch of the same.
 * </ol>
 *
 * <p>Safe for use by several threads.
 */
public final class Intake {

  private static final String BUSY = "Busy";
  private static final int MOST_KNOWN = 200_000;
  private static final Duration TELL_AGAIN = Duration.ofMinutes(5);

  private final TelemetryStores stores;
  private final Discoveries discoveries;
  private final SpanParts spanParts;
  private final LogMining mining;
  private final Masking masking;
  private final ExemplarKeeping exemplars;
  private final IntakeSettings settings;
  private final InstantSource clock;
  private final Semaphore room;
  private final Map<Way, Counts> counts = new ConcurrentHashMap<>();

  /** When a resource was told to the topology last. */
  private final Map<Attributes, Instant> told = new ConcurrentHashMap<>();

  /** Keys as they came, to the same with their cluster. */
  private final Map<SeriesKey, SeriesKey> attributed = new ConcurrentHashMap<>();

  private volatile String only = "";

  public Intake(
      TelemetryStores stores,
      Discoveries discoveries,
      SpanParts spanParts,
      LogMining mining,
      Masking masking,
      IntakeSettings settings,
      InstantSource clock) {
    this.stores = stores;
    this.discoveries = discoveries;
    this.spanParts = spanParts;
    this.mining = mining;
    this.masking = masking;
    this.exemplars = new ExemplarKeeping(stores.exemplars(), spanParts.traces(), masking, clock);
    this.settings = settings;
    this.clock = clock;
    this.room = new Semaphore(settings.mostUnderWay(), true);
  }

  /** What sort of records. */
  public enum Signal {
    SAMPLES,
    SPANS,
    LOGS
  }

  /**
   * By which way records come.
   *
   * @param source such as {@code otlp-http}, {@code remote-write}, {@code scrape}
   */
  public record Way(String source, Signal signal) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      int bySource = source.compareTo(other.source);
      return bySource != 0 ? bySource : signal.compareTo(other.signal);
    }
  }

  /** Nothing was taken, and may be sent again; the message says why. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    RefusedException(String reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** PascalCase word. */
    public String reason() {
      return reason;
    }

    /** Whether there was no room, rather than a store that fails. */
    boolean isBusy() {
      return reason.equals(BUSY);
    }
  }

  /**
   * What came by one way since the start.
   *
   * @param taken records that are kept
   * @param rejected records that are not, by reason
   * @param last when something was taken last; empty if nothing was
   */
  public record Flow(Way way, long taken, Map<String, Long> rejected, Optional<Instant> last) {
    public Flow {
      rejected = Map.copyOf(rejected);
    }
  }

  /**
   * All that came in.
   *
   * @param underWay records that are being kept at present
   */
  public record Status(List<Flow> flows, int underWay, int mostUnderWay) {
    public Status {
      flows = List.copyOf(flows);
    }
  }

  private static final class Counts {
    private long taken;
    private final Map<String, Long> rejected = new TreeMap<>();
    private Optional<Instant> last = Optional.empty();

    synchronized void take(long count, Instant now) {
      taken += count;
      last = Optional.of(now);
    }

    synchronized void reject(String reason, long count) {
      if (count > 0) {
        rejected.merge(reason, count, Long::sum);
      }
    }

    synchronized Flow flow(Way way) {
      return new Flow(way, taken, rejected, last);
    }
  }

  /** By their ways. */
  public Status status() {
    return new Status(
        counts.entrySet().stream()
            .map(entry -> entry.getValue().flow(entry.getKey()))
            .sorted((a, b) -> a.way().compareTo(b.way()))
            .toList(),
        settings.mostUnderWay() - room.availablePermits(),
        settings.mostUnderWay());
  }

  /** Whether nothing is being kept at present. Costs nothing. */
  public boolean settled() {
    return room.availablePermits() == settings.mostUnderWay();
  }

  /** Counts records that were not used, before they came here. */
  public void reject(Way way, String reason, long count) {
    counts(way).reject(reason, count);
  }

  /**
   * @return how many were kept, and why others were not
   * @throws RefusedException if there is no room, or the store refuses
   */
  public MetricStore.Appended samples(String source, SampleBatch batch)
      throws RefusedException, InterruptedException {
    return samples(source, batch, List.of());
  }

  /**
   * @param some that came with the samples
   * @return how many samples were kept, and why others were not
   * @throws RefusedException if there is no room, or a store refuses
   */
  public MetricStore.Appended samples(String source, SampleBatch batch, List<Exemplar> some)
      throws RefusedException, InterruptedException {
    return samples(source, batch, some, settings.patience());
  }

  private MetricStore.Appended samples(
      String source, SampleBatch batch, List<Exemplar> some, Duration patience)
      throws RefusedException, InterruptedException {
    var way = new Way(source, Signal.SAMPLES);
    SampleBatch ours = attributed(batch);
    var result =
        kept(
            way,
            batch.size() + some.size(),
            patience,
            () -> {
              var appended = stores.metrics().append(ours);
              exemplars
                  .keep(some, this::attributed)
                  .forEach((reason, count) -> counts(way).reject(reason, count));
              return appended;
            });
    counts(way).take(result.accepted(), clock.instant());
    result.rejected().forEach((reason, count) -> counts(way).reject(word(reason), count));
    var resources = new HashSet<Attributes>();
    for (int i = 0; i < ours.size(); i++) {
      resources.add(ours.key(i).resource());
    }
    describe(resources);
    return result;
  }

  private static String word(MetricStore.Rejection rejection) {
    return switch (rejection) {
      case DUPLICATE -> "Duplicate";
      case TOO_OLD -> "TooOld";
      case TOO_FAR_AHEAD -> "TooFarAhead";
      case TOO_MANY_SERIES -> "TooManySeries";
    };
  }

  /**
   * @throws RefusedException if there is no room, or the store refuses
   */
  public void spans(String source, List<Span> spans) throws RefusedException, InterruptedException {
    spans(source, spans, settings.patience());
  }

  private void spans(String source, List<Span> spans, Duration patience)
      throws RefusedException, InterruptedException {
    var way = new Way(source, Signal.SPANS);
    List<Span> ours =
        spans.stream()
            .map(this::attributed)
            .map(spanParts.transactions()::marked)
            .map(masking::mask)
            .toList();
    kept(
        way,
        ours.size(),
        patience,
        () -> {
          spanParts.traces().keep(ours);
          return true;
        });
    Instant now = clock.instant();
    counts(way).take(ours.size(), now);
    spanParts.calls().take(ours);
    spanParts.transactions().count(ours);
    var byCluster = new LinkedHashMap<String, List<Span>>();
    for (Span span : ours) {
      byCluster.computeIfAbsent(cluster(span.resource()), name -> new ArrayList<>()).add(span);
    }
    byCluster.forEach(
        (cluster, some) -> tell(cluster, new Observation.Traced(now, some), some.size(), way));
  }

  /**
   * @throws RefusedException if there is no room, or the store refuses
   */
  public void logs(String source, List<LogRecord> records)
      throws RefusedException, InterruptedException {
    logs(source, records, settings.patience());
  }

  private void logs(String source, List<LogRecord> records, Duration patience)
      throws RefusedException, InterruptedException {
    var way = new Way(source, Signal.LOGS);
    List<LogRecord> ours =
        records.stream()
            .map(this::attributed)
            .map(spanParts.transactions()::marked)
            .map(masking::mask)
            .toList();
    kept(
        way,
        ours.size(),
        patience,
        () -> {
          stores.logs().append(ours);
          return true;
        });
    counts(way).take(ours.size(), clock.instant());
    mining.take(ours);
  }

  /** For what senders push: refuses at once where there is no room. */
  public TelemetryIntake pushed(String source) {
    return new Pushed(source);
  }

  private final class Pushed implements TelemetryIntake {
    private final String source;

    Pushed(String source) {
      this.source = source;
    }

    @Override
    public Answer samples(SampleBatch samples, List<Exemplar> exemplars) {
      return answer(
          () -> {
            var rejected = new TreeMap<String, Long>();
            Intake.this
                .samples(source, samples, exemplars, Duration.ZERO)
                .rejected()
                .forEach((reason, count) -> rejected.put(word(reason), (long) count));
            return rejected;
          });
    }

    @Override
    public Answer spans(List<Span> spans) {
      return answer(
          () -> {
            Intake.this.spans(source, spans, Duration.ZERO);
            return Map.of();
          });
    }

    @Override
    public Answer logs(List<LogRecord> records) {
      return answer(
          () -> {
            Intake.this.logs(source, records, Duration.ZERO);
            return Map.of();
          });
    }

    @Override
    public void unusable(Kind kind, Map<String, Long> byReason) {
      var way = new Way(source, Signal.valueOf(kind.name()));
      byReason.forEach((reason, count) -> reject(way, reason, count));
    }

    private Answer answer(Taking taking) {
      try {
        return new Taken(taking.rejected());
      } catch (RefusedException e) {
        return e.isBusy()
            ? new Busy(settings.patience())
            : new Closed(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Closed("this hub is stopping; send again later");
      }
    }
  }

  private interface Taking {
    Map<String, Long> rejected() throws RefusedException, InterruptedException;
  }

  private interface Keeping<T> {
    T now();
  }

  private <T> T kept(Way way, int records, Duration patience, Keeping<T> keeping)
      throws RefusedException, InterruptedException {
    int permits = Math.min(Math.max(1, records), settings.mostUnderWay());
    if (!room.tryAcquire(permits, patience.toMillis(), TimeUnit.MILLISECONDS)) {
      counts(way).reject(BUSY, records);
      throw new RefusedException(
          BUSY,
          "cannot take %d records: %d are being kept and no more than that may be; send them again"
                  .formatted(records, settings.mostUnderWay() - room.availablePermits())
              + " later");
    }
    try {
      return keeping.now();
    } catch (StoreException e) {
      counts(way).reject("StoreRefused", records);
      throw new RefusedException("StoreRefused", String.valueOf(e.getMessage()));
    } finally {
      room.release(permits);
    }
  }

  private Counts counts(Way way) {
    return counts.computeIfAbsent(way, w -> new Counts());
  }

  // To which cluster it belongs

  /** The only cluster that is watched; empty if there are several or none. */
  private String only() {
    var all = discoveries.clusters();
    String now = all.size() == 1 ? all.getFirst() : "";
    if (!now.equals(only)) {
      attributed.clear();
      only = now;
    }
    return now;
  }

  private Attributes attributed(Attributes resource) {
    String cluster = only();
    return cluster.isEmpty() || resource.has(AttributeNames.CLUSTER)
        ? resource
        : resource.with(AttributeNames.CLUSTER, cluster);
  }

  private SampleBatch attributed(SampleBatch batch) {
    if (only().isEmpty()) {
      return batch;
    }
    var ours = SampleBatch.builder();
    for (int i = 0; i < batch.size(); i++) {
      ours.add(attributed(batch.key(i)), batch.time(i), batch.value(i));
    }
    return ours.build();
  }

  private SeriesKey attributed(SeriesKey key) {
    if (key.resource().has(AttributeNames.CLUSTER)) {
      return key;
    }
    if (attributed.size() > MOST_KNOWN) {
      attributed.clear();
    }
    return attributed.computeIfAbsent(
        key,
        k -> new SeriesKey(attributed(k.resource()), k.metric(), k.unit(), k.kind(), k.point()));
  }

  private Span attributed(Span span) {
    Attributes resource = attributed(span.resource());
    return resource.equals(span.resource())
        ? span
        : new Span(
            span.traceId(),
            span.spanId(),
            span.parentSpanId(),
            span.name(),
            span.kind(),
            span.startNanos(),
            span.endNanos(),
            span.failed(),
            resource,
            span.attributes());
  }

  private LogRecord attributed(LogRecord record) {
    Attributes resource = attributed(record.resource());
    return resource.equals(record.resource())
        ? record
        : new LogRecord(
            record.epochNanos(),
            record.severity(),
            record.body(),
            record.traceId(),
            record.spanId(),
            resource,
            record.attributes());
  }

  private static String cluster(Attributes resource) {
    return resource.getOr(AttributeNames.CLUSTER, "");
  }

  // What it says of the topology

  /** Tells of resources that were not told of lately. */
  private void describe(Set<Attributes> resources) {
    Instant now = clock.instant();
    var byCluster = new LinkedHashMap<String, List<Attributes>>();
    for (Attributes resource : resources) {
      Instant before = told.get(resource);
      if (before == null || before.plus(TELL_AGAIN).isBefore(now)) {
        byCluster.computeIfAbsent(cluster(resource), name -> new ArrayList<>()).add(resource);
      }
    }
    if (told.size() > MOST_KNOWN) {
      told.clear();
    }
    byCluster.forEach(
        (cluster, some) -> {
          if (tell(
              cluster,
              new Observation.Sampled(now, some),
              some.size(),
              new Way("topology", Signal.SAMPLES))) {
            some.forEach(resource -> told.put(resource, now));
          }
        });
  }

  private boolean tell(String cluster, Observation observation, long count, Way way) {
    var discovery = discoveries.discovery(cluster);
    if (discovery.isEmpty()) {
      return false; // not watched: kept, and that is all
    }
    boolean taken = discovery.get().offer(observation);
    if (!taken) {
      counts(new Way("topology", way.signal())).reject("TopologyBusy", count);
    }
    return taken;
  }
}
