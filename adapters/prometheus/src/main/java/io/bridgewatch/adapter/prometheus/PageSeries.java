package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.adapter.prometheus.SeriesCache.Entry;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The series of one target from page to page, and what the page at hand has brought so far, however
 * it is written. Not safe for use by several threads.
 */
final class PageSeries {
  private final ExpositionOptions options;
  private final ExpositionLimits limits;
  private final Names names;
  private final Families families;
  private final SeriesRules rules;
  private final SeriesCache cache = new SeriesCache();

  /** What this page has; only kept where rules could make one series of two. */
  private final Set<SeriesKey> seen = new HashSet<>();

  private SampleBatch.Builder samples = SampleBatch.builder();
  private List<Exemplar> exemplars = new ArrayList<>();
  private RejectionCounts rejected = new RejectionCounts();
  private ExpositionFormat format = ExpositionFormat.TEXT;
  private boolean changedFormat;
  private long scrapeMillis;
  private long previousMillis = Long.MIN_VALUE;
  private long page;

  PageSeries(ExpositionOptions options, ExpositionLimits limits, Names names, Families families) {
    this.options = options;
    this.limits = limits;
    this.names = names;
    this.families = families;
    this.rules = new SeriesRules(options.rules());
  }

  /** Begins with another page. */
  void begin(ExpositionFormat writtenAs, long atMillis) {
    samples = SampleBatch.builder();
    exemplars = new ArrayList<>();
    rejected = new RejectionCounts();
    seen.clear();
    changedFormat = page > 0 && writtenAs != format;
    format = writtenAs;
    previousMillis = page == 0 ? Long.MIN_VALUE : scrapeMillis;
    scrapeMillis = atMillis;
    page++;
  }

  /** When the page was asked for, in milliseconds since 1970-01-01T00:00Z. */
  long scrapeMillis() {
    return scrapeMillis;
  }

  int size() {
    return samples.size();
  }

  boolean isFull() {
    return samples.size() >= limits.samples();
  }

  /** Counts what is not used; null is used. */
  void count(@Nullable IntakeReason reason) {
    if (reason != null) {
      rejected.add(reason);
    }
  }

  @Nullable Entry find(byte[] text, int from, int to, int hash) {
    return cache.find(text, from, to, hash);
  }

  /** Adds the series of those bytes, which {@link #find} has not found. */
  Entry make(byte[] text, int from, int to, int hash, String name, LabelPairs labels) {
    Attributes resource =
        names.one(labels.resource(options.resourceOf(name), options.resourceLabels()));
    var exposed = labels.point(options.resourceLabels());
    var ruled = rules.apply(name, exposed);
    MetricFamily family = families.of(name);
    var key =
        new SeriesKey(
            resource,
            ruled.metric(),
            family == null ? "" : Units.ucum(family.unit()),
            Families.kind(name, family),
            names.one(ruled.point()));
    Entry entry = cache.add(text, from, to, hash, key);
    entry.sample = name;
    entry.dropped = ruled.dropped();
    entry.metadata = families.round();
    entry.page = -1;
    return entry;
  }

  /**
   * Adds a sample, whose series is described as it is by now.
   *
   * @param ownTime whether the sample said its time
   * @return why it is not used; null if it is
   */
  @Nullable IntakeReason add(Entry entry, long time, boolean ownTime, double value) {
    if (entry.dropped != null) {
      entry.page = page;
      return entry.dropped;
    }
    if (entry.page == page && entry.epochMillis == time) {
      return IntakeReason.DUPLICATE_SAMPLE;
    }
    if (entry.metadata != families.round()) {
      entry.key = renewed(entry);
      entry.metadata = families.round();
    }
    if (rules.mayJoin() && entry.page != page && !seen.add(entry.key)) {
      return IntakeReason.DUPLICATE_SAMPLE;
    }
    entry.page = page;
    entry.epochMillis = time;
    entry.ownTime = ownTime;
    samples.add(entry.key, time, value);
    return null;
  }

  /**
   * Tells that what the series counts began at zero then, where that was since the page before:
   * what it counted until its first sample is not lost. Call it before {@link #add}.
   */
  void began(Entry entry, long createdMillis, long sampleMillis) {
    if (createdMillis > previousMillis
        && previousMillis != Long.MIN_VALUE
        && createdMillis < sampleMillis
        && createdMillis != entry.createdMillis
        && entry.dropped == null
        && entry.key.kind() == MetricKind.CUMULATIVE
        && !isFull()) {
      entry.createdMillis = createdMillis;
      samples.add(entry.key, createdMillis, 0);
    }
  }

  /**
   * @return why it is not used; null if it is
   */
  @Nullable IntakeReason addExemplar(Entry entry, Attributes labels, double value, long time) {
    if (entry.dropped != null) {
      return null; // counted with its sample
    }
    if (exemplars.size() >= limits.exemplars()) {
      return IntakeReason.TOO_MANY_EXEMPLARS;
    }
    exemplars.add(new Exemplar(entry.key, labels, value, time));
    return null;
  }

  boolean hasRoomForExemplars() {
    return exemplars.size() < limits.exemplars();
  }

  /** The same series as it is described now. */
  private SeriesKey renewed(Entry entry) {
    SeriesKey key = entry.key;
    MetricFamily family = families.of(entry.sample);
    var unit = family == null ? "" : Units.ucum(family.unit());
    var kind = Families.kind(entry.sample, family);
    return kind == key.kind() && unit.equals(key.unit())
        ? key
        : new SeriesKey(key.resource(), key.metric(), unit, kind, key.point());
  }

  /**
   * Ends the page.
   *
   * @param complete whether it was read to its end; else nobody knows what has vanished
   */
  ScrapedPage end(boolean complete) {
    var batch = samples.build();
    return new ScrapedPage(
        batch, exemplars, complete ? vanished(batch) : forgetIfMany(), complete, rejected.toMap());
  }

  private List<SeriesKey> vanished(SampleBatch batch) {
    var vanished = new ArrayList<SeriesKey>();
    cache.keepOnly(
        page,
        entry -> {
          if (entry.page >= 0 && endsWithAMarker(entry)) {
            vanished.add(entry.key);
          }
        });
    if ((changedFormat || rules.mayJoin()) && !vanished.isEmpty()) {
      var here = new HashSet<SeriesKey>(); // the same series may come by other bytes
      for (int i = 0; i < batch.size(); i++) {
        here.add(batch.key(i));
      }
      vanished.removeIf(here::contains);
    }
    return vanished;
  }

  /** After a page that was cut off nothing is known to have vanished, but memory has its bound. */
  private List<SeriesKey> forgetIfMany() {
    if (cache.size() > 2L * limits.samples()) {
      cache.keepOnly(page, entry -> {});
    }
    return List.of();
  }

  /**
   * The series that were there in the last page, when the target has gone; after this they count as
   * told.
   */
  List<SeriesKey> allGone() {
    var gone = new ArrayList<SeriesKey>();
    cache.forEach(
        entry -> {
          if (entry.page >= 0 && endsWithAMarker(entry)) {
            gone.add(entry.key);
          }
          entry.page = -1;
        });
    return gone;
  }

  private boolean endsWithAMarker(Entry entry) {
    return entry.dropped == null && (!entry.ownTime || options.markOwnTimes());
  }
}
