package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.TermQuery;

/**
 * Spans in one Lucene index for each hour, by their start, behind a journal. A span told again
 * takes the place of what was told before, if both say the same hour. What comes and is older than
 * what was forgotten is not taken. A page's total is exact up to {@link NewestFirst#MOST_COUNTED}.
 */
final class LuceneSpans implements SpanStore, AutoCloseable {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final JournaledIndex<Span> index;
  private final NewestFirst<Span> newestFirst;

  private LuceneSpans(JournaledIndex<Span> index) {
    this.index = index;
    this.newestFirst = new NewestFirst<>(index, SpanForm::read);
  }

  static LuceneSpans open(Path folder, BatchJournal journal, JournaledIndex.Pace pace) {
    return new LuceneSpans(JournaledIndex.open(folder, new SpanForm(), journal, pace));
  }

  @Override
  public void append(List<Span> spans) {
    index.append(spans);
  }

  @Override
  public List<Span> trace(String traceId) {
    var spans = newestFirst.all(new PrefixQuery(new Term(SpanForm.ID, SpanForm.idPrefix(traceId))));
    spans.sort(Comparator.comparingLong(Span::startNanos));
    return spans;
  }

  @Override
  public Page<Span> find(Query query, PageRequest page) {
    var range =
        new NewestFirst.Range(
            Math.max(Nanos.of(query.from()), Nanos.of(index.horizon())), Nanos.before(query.to()));
    return newestFirst.find(range, lucene(query), page).page();
  }

  private static org.apache.lucene.search.Query lucene(Query query) {
    var all = new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    query
        .name()
        .ifPresent(
            name ->
                all.add(
                    new TermQuery(new Term(SpanForm.NAME, SpanForm.nameTerm(name))), Occur.FILTER));
    if (query.atLeast().isPositive()) {
      all.add(
          NumericDocValuesField.newSlowRangeQuery(
              SpanForm.DURATION, nanos(query.atLeast()), Long.MAX_VALUE),
          Occur.FILTER);
    }
    query
        .failed()
        .ifPresent(
            failed -> all.add(flag(SpanForm.FAILED), failed ? Occur.FILTER : Occur.MUST_NOT));
    if (query.rootsOnly()) {
      all.add(flag(SpanForm.ROOT), Occur.FILTER);
    }
    query.matches().forEach(match -> all.add(AttributeFields.query(match), Occur.FILTER));
    return all.build();
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
  }

  private static org.apache.lucene.search.Query flag(String flag) {
    return new TermQuery(new Term(SpanForm.FLAGS, flag));
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
