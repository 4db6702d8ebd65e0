package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;

/**
 * Pages over hourly indexes, newest first; of one time the last that came is first. A page reads
 * the newest hours only until it is full. Counting ends at {@value #MOST_COUNTED}.
 */
final class NewestFirst<T> {

  /** The field that holds an item, except for its time and what it shares with others. */
  static final String STORED = "d";

  static final int MOST_COUNTED = 10_000;

  private static final Sort ORDER =
      new Sort(
          new SortField(HourIndex.TIME, SortField.Type.LONG, true),
          new SortField(HourIndex.NUMBER, SortField.Type.LONG, true));

  private final JournaledIndex<?> index;
  private final Reader<T> reader;

  NewestFirst(JournaledIndex<?> index, Reader<T> reader) {
    this.index = index;
    this.reader = reader;
  }

  /** Reads an item back. */
  interface Reader<T> {
    T item(long nanos, Decoder stored, LeafReaderContext leaf, int document) throws IOException;
  }

  /**
   * @param exact whether the total is all there are; at least so many otherwise
   */
  record Found<T>(Page<T> page, boolean exact) {}

  private record Hit<T>(T item, long nanos, long number) {}

  /** A range of time of which something is asked, both ends inclusive. */
  record Range(long first, long last) {

    Query and(Query query) {
      return new BooleanQuery.Builder()
          .add(NumericDocValuesField.newSlowRangeQuery(HourIndex.TIME, first, last), Occur.FILTER)
          .add(query, Occur.FILTER)
          .build();
    }
  }

  Found<T> find(Range range, Query query, PageRequest page) {
    var after = page.cursor().map(NewestFirst::place);
    var all = new ConstantScoreQuery(range.and(query));
    var hits = new ArrayList<Hit<T>>();
    long count = 0;
    for (HourIndex hour : index.indexes().between(range.first, range.last)) {
      int wanted = page.limit() + 1 - hits.size();
      if (wanted > 0 && !isBefore(after, hour)) {
        hits.addAll(index.indexes().search(hour, searcher -> top(searcher, all, after, wanted)));
      }
      long most = MOST_COUNTED + 1 - count;
      if (most > 0) {
        count += index.indexes().search(hour, searcher -> count(searcher, all, most));
      } else if (wanted <= 0) {
        break;
      }
    }
    boolean exact = count <= MOST_COUNTED;
    return new Found<>(page(hits, page.limit(), Math.min(count, MOST_COUNTED)), exact);
  }

  private static FieldDoc place(String cursor) {
    var place = Cursor.parse(cursor);
    try {
      return new FieldDoc(
          Integer.MAX_VALUE, Float.NaN, new Object[] {place.number(), Long.parseLong(place.id())});
    } catch (NumberFormatException e) {
      throw new InvalidCursorException(cursor);
    }
  }

  private static boolean isBefore(Optional<FieldDoc> after, HourIndex hour) {
    return after.isPresent() && HourIndexes.hourOf((Long) after.get().fields[0]) < hour.hour();
  }

  private Page<T> page(List<Hit<T>> hits, int limit, long total) {
    boolean more = hits.size() > limit;
    var shown = more ? hits.subList(0, limit) : hits;
    var items = shown.stream().map(Hit::item).toList();
    return more
        ? new Page<>(
            items,
            Optional.of(
                new Cursor(shown.getLast().nanos, Long.toString(shown.getLast().number)).text()),
            total)
        : new Page<>(items, Optional.empty(), total);
  }

  private List<Hit<T>> top(
      IndexSearcher searcher, Query query, Optional<FieldDoc> after, int wanted)
      throws IOException {
    var found =
        searcher.search(query, new TopFieldCollectorManager(ORDER, wanted, after.orElse(null), 1));
    var hits = new ArrayList<Hit<T>>();
    for (ScoreDoc hit : found.scoreDocs) {
      var fields = ((FieldDoc) hit).fields;
      long nanos = (Long) fields[0];
      hits.add(new Hit<>(read(searcher, hit.doc, nanos), nanos, (Long) fields[1]));
    }
    return hits;
  }

  private T read(IndexSearcher searcher, int document, long nanos) throws IOException {
    var leaves = searcher.getIndexReader().leaves();
    var leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    var bytes = searcher.storedFields().document(document).getBinaryValue(STORED);
    if (bytes == null) {
      throw new StoreException(
          "cannot read an item of the index: it is empty; the file may be damaged");
    }
    var stored = new Decoder(BytesRef.deepCopyOf(bytes).bytes);
    return reader.item(nanos, stored, leaf, document - leaf.docBase);
  }

  /** All that match, in no order. */
  List<T> all(Query query) {
    var found = new ArrayList<T>();
    long horizon = Nanos.of(index.horizon());
    for (HourIndex hour : index.indexes().newestFirst()) {
      index
          .indexes()
          .search(
              hour,
              searcher -> {
                for (int document : documents(searcher, query)) {
                  long nanos = nanos(searcher, document);
                  if (nanos >= horizon) {
                    found.add(read(searcher, document, nanos));
                  }
                }
                return found;
              });
    }
    return found;
  }

  private static long nanos(IndexSearcher searcher, int document) throws IOException {
    var leaves = searcher.getIndexReader().leaves();
    var leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    var times = DocValues.getNumeric(leaf.reader(), HourIndex.TIME);
    times.advanceExact(document - leaf.docBase);
    return times.longValue();
  }

  private static List<Integer> documents(IndexSearcher searcher, Query query) throws IOException {
    var documents = new ArrayList<Integer>();
    searcher.search(
        query,
        new SimpleCollector() {
          private int base;

          @Override
          protected void doSetNextReader(LeafReaderContext leaf) {
            base = leaf.docBase;
          }

          @Override
          public void collect(int document) {
            documents.add(base + document);
          }

          @Override
          public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
          }
        });
    return documents;
  }

  private static long count(IndexSearcher searcher, Query query, long most) throws IOException {
    var counting = new CountUpTo(most);
    searcher.search(query, counting);
    return counting.count;
  }

  private static final class CountUpTo extends SimpleCollector {
    private final long most;
    private long count;

    CountUpTo(long most) {
      this.most = most;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) {
      if (count >= most) {
        throw new CollectionTerminatedException();
      }
    }

    @Override
    public void collect(int document) {
      count++;
      if (count >= most) {
        throw new CollectionTerminatedException();
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
