package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.adapter.prometheus.SeriesCache.Entry;
import io.bridgewatch.model.SeriesKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of one target: Prometheus text and OpenMetrics line by line, protobuf metric by
 * metric, from the bytes.
 *
 * <p>What cannot be used is counted by its reason and the rest is kept; whatever the bytes are,
 * nothing is thrown. Series and metadata are remembered from page to page, so that a page like the
 * one before makes little garbage; what a page lacks is forgotten after it.
 *
 * <p>The metric of a series is the sample's name, such as {@code x_bucket}; its unit is the UNIT
 * line's in UCUM. A native histogram becomes a classic one, as {@link RemoteWriteReader} tells. Not
 * safe for use by several threads.
 */
public final class Exposition {
  private final ExpositionLimits limits;
  private final LabelSet labels;
  private final Families families;
  private final MetadataLines metadata;
  private final PageSeries page;
  private final ProtoPage protobuf;
  private final Decimals decimals = new Decimals();
  private final ByteLines lines;
  private final boolean honorTimestamps;

  private ExpositionFormat format = ExpositionFormat.TEXT;

  public Exposition(ExpositionOptions options, ExpositionLimits limits) {
    this.limits = limits;
    this.honorTimestamps = options.honorTimestamps();
    var names = new Names();
    this.labels = new LabelSet(limits, names);
    this.families = new Families(limits.families());
    this.metadata = new MetadataLines(families, names);
    this.page = new PageSeries(options, limits, names, families);
    this.protobuf = new ProtoPage(page, families, names, limits, honorTimestamps);
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
    format = writtenAs;
    page.begin(writtenAs, atMillis);
    return page.end(
        switch (writtenAs) {
          case TEXT, OPEN_METRICS -> {
            lines.open(body, limits.pageBytes());
            yield readLines();
          }
          case PROTOBUF -> protobuf.read(body);
        });
  }

  /**
   * The series that were there in the last page, when the target has gone; after this they count as
   * told.
   */
  public List<SeriesKey> allGone() {
    return page.allGone();
  }

  /**
   * @return whether the page was read to its end
   */
  private boolean readLines() throws IOException {
    boolean first = true;
    boolean ended = false;
    while (lines.next()) {
      if (lines.tooLong()) {
        page.count(IntakeReason.LINE_TOO_LONG);
        continue;
      }
      byte[] text = lines.buffer();
      int from = skipBlanks(text, lines.start(), lines.end());
      int to = lines.end();
      if (from == to) {
        continue;
      }
      if (first && isNoExposition(text, from, to)) {
        page.count(IntakeReason.NOT_METRICS);
        return false;
      }
      first = false;
      if (ended) {
        page.count(IntakeReason.TEXT_AFTER_END);
      } else if (text[from] == '#') {
        ended = metadata.isEnd(text, from, to) && format == ExpositionFormat.OPEN_METRICS;
        page.count(ended ? null : metadata.read(text, from, to));
      } else if (page.isFull()) {
        page.count(IntakeReason.TOO_MANY_SAMPLES);
        return false;
      } else {
        page.count(readSample(text, from, to));
      }
    }
    if (lines.cut()) {
      page.count(IntakeReason.BODY_TOO_LARGE);
      return false;
    }
    if (format == ExpositionFormat.OPEN_METRICS && !ended) {
      page.count(IntakeReason.END_MISSING);
      return false;
    }
    return true;
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
    long time = page.scrapeMillis();
    boolean ownTime = false;
    int next = skipBlanks(text, valueEnd, to);
    if (next < to && text[next] != '#') {
      int end = endOfWord(text, next, to);
      long said = timestamp(text, next, end);
      if (!decimals.valid()) {
        return IntakeReason.TIMESTAMP_INVALID;
      }
      ownTime = honorTimestamps;
      time = ownTime ? said : time;
      next = skipBlanks(text, end, to);
    }
    if (next < to && (text[next] != '#' || format == ExpositionFormat.TEXT)) {
      return IntakeReason.TEXT_AFTER_SAMPLE;
    }
    int hash = SeriesCache.hash(text, from, seriesEnd);
    Entry entry = page.find(text, from, seriesEnd, hash);
    if (entry == null) {
      IntakeReason reason = labels.readSeries(text, from, seriesEnd);
      if (reason != null) {
        return reason;
      }
      entry = page.make(text, from, seriesEnd, hash, labels.name(), labels.pairs());
    }
    IntakeReason reason = page.add(entry, time, ownTime, value);
    return reason == null && next < to ? readExemplar(text, next + 1, to, entry, time) : reason;
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
      case OPEN_METRICS, PROTOBUF -> Math.round(1000 * decimals.parseFinite(text, from, to));
    };
  }

  /** What follows the {@code #} of a sample: labels, a value, perhaps a time. */
  private @Nullable IntakeReason readExemplar(
      byte[] text, int from, int to, Entry series, long sampleMillis) {
    if (!page.hasRoomForExemplars()) {
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
    return page.addExemplar(series, labels.pairs().all(), value, time);
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
