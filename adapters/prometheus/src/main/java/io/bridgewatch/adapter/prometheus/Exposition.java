package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.adapter.prometheus.SeriesCache.Entry;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of one target, Prometheus text or OpenMetrics, line by line from the bytes.
 *
 * <p>A line that cannot be used is counted by its reason and the others are kept; whatever the
 * bytes are, nothing is thrown. Series and metadata are remembered from page to page, so that a
 * page like the one before makes little garbage; what a page lacks is forgotten after it.
 *
 * <p>The metric of a series is the sample's name, such as {@code x_bucket}; its unit is the UNIT
 * line's in UCUM. Not safe for use by several threads.
 */
public final class Exposition {
  private final ExpositionOptions options;
  private final ExpositionLimits limits;
  private final Names names = new Names();
  private final LabelSet labels;
  private final Families families;
  private final MetadataLines metadata;
  private final SeriesCache cache = new SeriesCache();
  private final Decimals decimals = new Decimals();
  private final ByteLines lines;

  private SampleBatch.Builder samples = SampleBatch.builder();
  private List<Exemplar> exemplars = new ArrayList<>();
  private RejectionCounts rejected = new RejectionCounts();
  private ExpositionFormat format = ExpositionFormat.TEXT;
  private long scrapeMillis;
  private long page;

  public Exposition(ExpositionOptions options, ExpositionLimits limits) {
    this.options = options;
    this.limits = limits;
    this.labels = new LabelSet(limits, names);
    this.families = new Families(limits.families());
    this.metadata = new MetadataLines(families, names);
    this.lines = new ByteLines(limits.lineBytes());
  }

  /** What was said of the metrics so far, by their names. */
  public Map<String, MetricFamily> families() {
    return families.all();
  }

  /** The same, of a page that is in memory. */
  public ScrapedPage read(byte[] body, ExpositionFormat writtenAs, long atMillis) {
    try {
      return read(new ByteArrayInputStream(body), writtenAs, atMillis);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  /**
   * Reads one page.
   *
   * @param body of which no more is read than the limit; not closed
   * @param atMillis when it was asked for, in milliseconds since 1970-01-01T00:00Z: the time of
   *     samples that say none
   * @throws IOException if the stream does; what it brought until then is lost
   */
  public ScrapedPage read(InputStream body, ExpositionFormat writtenAs, long atMillis)
      throws IOException {
    samples = SampleBatch.builder();
    exemplars = new ArrayList<>();
    rejected = new RejectionCounts();
    format = writtenAs;
    scrapeMillis = atMillis;
    page++;
    lines.open(body, limits.pageBytes());
    boolean complete = readLines();
    return new ScrapedPage(
        samples.build(),
        exemplars,
        complete ? vanished() : forgetIfMany(),
        complete,
        rejected.toMap());
  }

  /**
   * The series that were there in the last page, when the target has gone; after this they count as
   * told.
   */
  public List<SeriesKey> allGone() {
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

  /**
   * @return whether the page was read to its end
   */
  private boolean readLines() throws IOException {
    boolean first = true;
    boolean ended = false;
    while (lines.next()) {
      if (lines.tooLong()) {
        rejected.add(IntakeReason.LINE_TOO_LONG);
        continue;
      }
      byte[] text = lines.buffer();
      int from = skipBlanks(text, lines.start(), lines.end());
      int to = lines.end();
      if (from == to) {
        continue;
      }
      if (first && isNoExposition(text, from, to)) {
        rejected.add(IntakeReason.NOT_METRICS);
        return false;
      }
      first = false;
      if (ended) {
        rejected.add(IntakeReason.TEXT_AFTER_END);
      } else if (text[from] == '#') {
        ended = metadata.isEnd(text, from, to) && format == ExpositionFormat.OPEN_METRICS;
        count(ended ? null : metadata.read(text, from, to));
      } else if (samples.size() == limits.samples()) {
        rejected.add(IntakeReason.TOO_MANY_SAMPLES);
        return false;
      } else {
        count(readSample(text, from, to));
      }
    }
    if (lines.cut()) {
      rejected.add(IntakeReason.BODY_TOO_LARGE);
      return false;
    }
    if (format == ExpositionFormat.OPEN_METRICS && !ended) {
      rejected.add(IntakeReason.END_MISSING);
      return false;
    }
    return true;
  }

  private void count(@Nullable IntakeReason reason) {
    if (reason != null) {
      rejected.add(reason);
    }
  }

  /** JSON or HTML. A sample's line may begin with a brace too, but then a quote follows. */
  private static boolean isNoExposition(byte[] text, int from, int to) {
    if (text[from] == '<' || text[from] == '[') {
      return true;
    }
    if (text[from] != '{') {
      return false;
    }
    int next = skipBlanks(text, from + 1, to);
    if (next == to) {
      return true;
    }
    int quote = next + 1;
    while (quote < to && text[quote] != '"') {
      quote++;
    }
    int after = skipBlanks(text, Math.min(to, quote + 1), to);
    return text[next] == '"' && after < to && text[after] == ':';
  }

  private @Nullable IntakeReason readSample(byte[] text, int from, int to) {
    int seriesEnd = endOfSeries(text, from, to);
    int valueStart = skipBlanks(text, seriesEnd, to);
    int valueEnd = endOfWord(text, valueStart, to);
    double value = decimals.parseDouble(text, valueStart, valueEnd);
    if (!decimals.valid()) {
      return valueStart == to && text[to - 1] != '}' && indexOf(text, from, to, '{') < to
          ? IntakeReason.LABELS_INVALID
          : IntakeReason.VALUE_INVALID;
    }
    long time = scrapeMillis;
    boolean ownTime = false;
    int next = skipBlanks(text, valueEnd, to);
    if (next < to && text[next] != '#') {
      int end = endOfWord(text, next, to);
      long said = timestamp(text, next, end);
      if (!decimals.valid()) {
        return IntakeReason.TIMESTAMP_INVALID;
      }
      ownTime = options.honorTimestamps();
      time = ownTime ? said : time;
      next = skipBlanks(text, end, to);
    }
    if (next < to && (text[next] != '#' || format == ExpositionFormat.TEXT)) {
      return IntakeReason.TEXT_AFTER_SAMPLE;
    }
    int hash = SeriesCache.hash(text, from, seriesEnd);
    Entry entry = cache.find(text, from, seriesEnd, hash);
    if (entry == null) {
      IntakeReason reason = labels.readSeries(text, from, seriesEnd);
      if (reason != null) {
        return reason;
      }
      entry = cache.add(text, from, seriesEnd, hash, newKey());
      entry.metadata = families.round();
      entry.page = -1;
    } else if (entry.page == page && entry.epochMillis == time) {
      return IntakeReason.DUPLICATE_SAMPLE;
    } else if (entry.metadata != families.round()) {
      entry.key = renewed(entry.key);
      entry.metadata = families.round();
    }
    entry.page = page;
    entry.epochMillis = time;
    entry.ownTime = ownTime;
    samples.add(entry.key, time, value);
    return next < to ? readExemplar(text, next + 1, to, entry.key, time) : null;
  }

  /** Where the name and the labels end; a brace in quotes ends nothing. */
  private static int endOfSeries(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != '{' && text[at] != ' ' && text[at] != '\t') {
      at++;
    }
    int brace = skipBlanks(text, at, to);
    if (brace == to || text[brace] != '{') {
      return at;
    }
    boolean quoted = false;
    for (at = brace + 1; at < to; at++) {
      byte b = text[at];
      if (b == '"') {
        quoted = !quoted;
      } else if (quoted && b == '\\') {
        at++;
      } else if (b == '}' && !quoted) {
        return at + 1;
      }
    }
    return to;
  }

  /** In milliseconds; {@link Decimals#valid} tells whether it is one. */
  private long timestamp(byte[] text, int from, int to) {
    return switch (format) {
      case TEXT -> decimals.parseLong(text, from, to);
      case OPEN_METRICS -> Math.round(1000 * decimals.parseFinite(text, from, to));
    };
  }

  private SeriesKey newKey() {
    Attributes resource = labels.pairs().resource(options.resource(), options.resourceLabels());
    MetricFamily family = families.of(labels.name());
    return new SeriesKey(
        names.one(resource),
        labels.name(),
        family == null ? "" : Units.ucum(family.unit()),
        Families.kind(labels.name(), family),
        names.one(labels.pairs().point(options.resourceLabels())));
  }

  /** The same series as it is described now. */
  private SeriesKey renewed(SeriesKey key) {
    MetricFamily family = families.of(key.metric());
    var unit = family == null ? "" : Units.ucum(family.unit());
    var kind = Families.kind(key.metric(), family);
    return kind == key.kind() && unit.equals(key.unit())
        ? key
        : new SeriesKey(key.resource(), key.metric(), unit, kind, key.point());
  }

  /** What follows the {@code #} of a sample: labels, a value, perhaps a time. */
  private @Nullable IntakeReason readExemplar(
      byte[] text, int from, int to, SeriesKey series, long sampleMillis) {
    if (exemplars.size() == limits.exemplars()) {
      return IntakeReason.TOO_MANY_EXEMPLARS;
    }
    int start = skipBlanks(text, from, to);
    if (start == to || text[start] != '{') {
      return IntakeReason.EXEMPLAR_INVALID;
    }
    int labelsEnd = endOfSeries(text, start, to);
    if (labels.readLabels(text, start, labelsEnd) != null) {
      return IntakeReason.EXEMPLAR_INVALID;
    }
    int valueStart = skipBlanks(text, labelsEnd, to);
    int valueEnd = endOfWord(text, valueStart, to);
    double value = decimals.parseDouble(text, valueStart, valueEnd);
    boolean valid = decimals.valid();
    int timeStart = skipBlanks(text, valueEnd, to);
    int timeEnd = endOfWord(text, timeStart, to);
    long time = timeStart < to ? timestamp(text, timeStart, timeEnd) : sampleMillis;
    if (!valid || !decimals.valid() || skipBlanks(text, timeEnd, to) < to) {
      return IntakeReason.EXEMPLAR_INVALID;
    }
    exemplars.add(new Exemplar(series, labels.pairs().all(), value, time));
    return null;
  }

  private List<SeriesKey> vanished() {
    var vanished = new ArrayList<SeriesKey>();
    cache.keepOnly(
        page,
        entry -> {
          if (entry.page >= 0 && endsWithAMarker(entry)) {
            vanished.add(entry.key);
          }
        });
    return vanished;
  }

  /** After a page that was cut off nothing is known to have vanished, but memory has its bound. */
  private List<SeriesKey> forgetIfMany() {
    if (cache.size() > 2L * limits.samples()) {
      cache.keepOnly(page, entry -> {});
    }
    return List.of();
  }

  private boolean endsWithAMarker(Entry entry) {
    return !entry.ownTime || options.markOwnTimes();
  }

  private static int skipBlanks(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static int endOfWord(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != ' ' && text[at] != '\t') {
      at++;
    }
    return at;
  }

  private static int indexOf(byte[] text, int from, int to, char wanted) {
    int at = from;
    while (at < to && text[at] != wanted) {
      at++;
    }
    return at;
  }
}
