package io.bridgewatch.adapter.store;

import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Nanos;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.PageRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Log lines in one Lucene index for each hour, behind a journal. What comes and is older than what
 * was forgotten is not taken.
 */
final class LuceneLogs implements LogStore, AutoCloseable {

  private static final Severity[] SEVERITIES = Severity.values();
  private static final TextQueries TEXT = new TextQueries(LogForm.BODY);

  private final JournaledIndex<LogRecord> index;
  private final NewestFirst<LogRecord> newestFirst;

  private LuceneLogs(JournaledIndex<LogRecord> index) {
    this.index = index;
    this.newestFirst = new NewestFirst<>(index, LogForm::read);
  }

  static LuceneLogs open(Path folder, BatchJournal journal, JournaledIndex.Pace pace) {
    return new LuceneLogs(JournaledIndex.open(folder, new LogForm(), journal, pace));
  }

  @Override
  public void append(List<LogRecord> records) {
    index.append(records);
  }

  @Override
  public Found find(Query query, PageRequest page) {
    var found = newestFirst.find(range(query), lucene(query), page);
    return new Found(found.page(), found.exact());
  }

  private NewestFirst.Range range(Query query) {
    return new NewestFirst.Range(
        Math.max(Nanos.of(query.from()), Nanos.of(index.horizon())), Nanos.before(query.to()));
  }

  private static org.apache.lucene.search.Query lucene(Query query) {
    var all = new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    TEXT.of(query.phrases()).forEach(words -> all.add(words, Occur.FILTER));
    if (!query.severities().isEmpty()) {
      var names = query.severities().stream().map(one -> new BytesRef(one.name())).toList();
      all.add(new TermInSetQuery(LogForm.SEVERITY, names), Occur.FILTER);
    }
    if (!query.traceId().isEmpty()) {
      all.add(
          new TermQuery(new Term(LogForm.TRACE, LogForm.traceTerm(query.traceId()))), Occur.FILTER);
    }
    query.matches().forEach(match -> all.add(AttributeFields.query(match), Occur.FILTER));
    return all.build();
  }

  @Override
  public List<Bucket> histogram(Query query, Duration step) {
    var range = range(query);
    var all = range.and(lucene(query));
    var counts = new TreeMap<Long, long[]>();
    for (HourIndex hour : index.indexes().between(range.first(), range.last())) {
      index
          .indexes()
          .search(
              hour,
              searcher -> {
                searcher.search(all, new Counting(step.toNanos(), counts));
                return counts;
              });
    }
    return counts.entrySet().stream()
        .map(one -> new Bucket(Nanos.at(one.getKey() * step.toNanos()), bySeverity(one.getValue())))
        .toList();
  }

  private static Map<Severity, Long> bySeverity(long[] counts) {
    var bySeverity = new EnumMap<Severity, Long>(Severity.class);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        bySeverity.put(SEVERITIES[i], counts[i]);
      }
    }
    return bySeverity;
  }

  /** Counts by step and severity, from two columns of numbers. */
  private static final class Counting extends SimpleCollector {
    private final long step;
    private final Map<Long, long[]> counts;
    private NumericDocValues times = DocValues.emptyNumeric();
    private NumericDocValues severities = DocValues.emptyNumeric();
    private long lastStep;
    private long[] last = new long[SEVERITIES.length];
    private boolean any;

    Counting(long step, Map<Long, long[]> counts) {
      this.step = step;
      this.counts = counts;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
      times = DocValues.getNumeric(leaf.reader(), HourIndex.TIME);
      severities = DocValues.getNumeric(leaf.reader(), LogForm.SEVERITY_NUMBER);
    }

    @Override
    public void collect(int document) throws IOException {
      times.advanceExact(document);
      severities.advanceExact(document);
      long at = Math.floorDiv(times.longValue(), step);
      if (!any || at != lastStep) {
        any = true;
        lastStep = at;
        last = counts.computeIfAbsent(at, start -> new long[SEVERITIES.length]);
      }
      last[(int) severities.longValue()]++;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }

  @Override
  public void forgetBefore(Instant time) {
    index.forgetBefore(time);
  }

  @Override
  public Extent extent() {
    var extent = index.extent();
    return new Extent(extent.items(), extent.bytes(), extent.oldest());
  }

  @Override
  public void close() {
    index.close();
  }
}
