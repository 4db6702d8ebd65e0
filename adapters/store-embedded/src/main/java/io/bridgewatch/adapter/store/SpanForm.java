package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** How a span is journaled, indexed and read back. */
final class SpanForm implements DocumentForm<Span> {

  /** The ids of trace and span, one after the other. */
  static final String ID = "i";

  static final String NAME = "o";

  /** In nanoseconds. */
  static final String DURATION = "u";

  /** Terms {@link #FAILED} and {@link #ROOT}, of those that are. */
  static final String FLAGS = "f";

  static final String FAILED = "failed";
  static final String ROOT = "root";

  private static final SpanKind[] KINDS = SpanKind.values();
  private static final int LONGEST = 1_000;
  private static final FieldType KEYWORD = AttributeFields.keyword(DocValuesType.NONE);

  private final AttributeFields attributes = new AttributeFields();
  private final List<IndexableField> document = new ArrayList<>();

  @Override
  public long nanos(Span span) {
    return span.startNanos();
  }

  @Override
  public byte[] encode(List<Span> batch) {
    var out = new Encoder().unsigned(batch.size());
    for (Span span : batch) {
      StoredIds.write(out, span.traceId());
      out.signed(span.startNanos());
      writeRest(out, span);
      out.text(span.name()).attributes(span.resource()).attributes(span.attributes());
    }
    return out.bytes();
  }

  private static void writeRest(Encoder out, Span span) {
    StoredIds.write(out, span.spanId());
    StoredIds.write(out, span.parentSpanId());
    out.signed(span.endNanos() - span.startNanos())
        .octet(span.kind().ordinal() << 1 | (span.failed() ? 1 : 0));
  }

  @Override
  public List<Span> decode(byte[] batch) {
    var in = new Decoder(batch);
    int count = in.count();
    var spans = new ArrayList<Span>();
    for (int i = 0; i < count; i++) {
      var traceId = StoredIds.read(in);
      long start = in.signed();
      var rest = Rest.read(in);
      spans.add(rest.span(traceId, start, in.text(), in.attributes(), in.attributes()));
    }
    return spans;
  }

  private record Rest(
      String spanId, String parentSpanId, long nanos, SpanKind kind, boolean failed) {
    static Rest read(Decoder in) {
      var spanId = StoredIds.read(in);
      var parentSpanId = StoredIds.read(in);
      long nanos = in.signed();
      int bits = in.octet();
      return new Rest(spanId, parentSpanId, nanos, KINDS[bits >> 1], (bits & 1) != 0);
    }

    Span span(String traceId, long start, String name, Attributes resource, Attributes own) {
      return new Span(
          traceId, spanId, parentSpanId, name, kind, start, start + nanos, failed, resource, own);
    }
  }

  @Override
  public void index(Span span, long number, HourIndex into) throws IOException {
    document.clear();
    document.add(NumericDocValuesField.indexedField(HourIndex.TIME, span.startNanos()));
    document.add(NumericDocValuesField.indexedField(HourIndex.NUMBER, number));
    document.add(NumericDocValuesField.indexedField(DURATION, span.durationNanos()));
    document.add(new Field(NAME, nameTerm(span.name()), KEYWORD));
    if (span.failed()) {
      document.add(new Field(FLAGS, FAILED, KEYWORD));
    }
    if (span.parentSpanId().isEmpty()) {
      document.add(new Field(FLAGS, ROOT, KEYWORD));
    }
    var id = id(span.traceId(), span.spanId());
    document.add(new Field(ID, id, KEYWORD));
    boolean shared = attributes.add(document, span.resource(), span.attributes());
    document.add(new StoredField(NewestFirst.STORED, stored(span, shared)));
    into.put(new Term(ID, id), number, document);
  }

  static BytesRef nameTerm(String name) {
    return new BytesRef(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
  }

  private static BytesRef id(String traceId, String spanId) {
    var out = new Encoder();
    writeCut(out, traceId);
    writeCut(out, spanId);
    return new BytesRef(out.bytes());
  }

  /** How all ids of a trace begin, and no other's. */
  static BytesRef idPrefix(String traceId) {
    var out = new Encoder();
    writeCut(out, traceId);
    return new BytesRef(out.bytes());
  }

  private static void writeCut(Encoder out, String id) {
    StoredIds.write(out, id.length() <= LONGEST ? id : id.substring(0, LONGEST));
  }

  private static byte[] stored(Span span, boolean shared) {
    var out = new Encoder().flag(shared);
    StoredIds.write(out, span.traceId());
    writeRest(out, span);
    out.plain(span.name());
    StoredAttributes.write(out, span.attributes());
    if (!shared) {
      StoredAttributes.write(out, span.resource());
    }
    return out.bytes();
  }

  static Span read(long nanos, Decoder in, LeafReaderContext leaf, int document)
      throws IOException {
    boolean shared = in.flag();
    var traceId = StoredIds.read(in);
    var rest = Rest.read(in);
    var name = in.plain();
    var own = StoredAttributes.read(in);
    var resource = shared ? AttributeFields.resource(leaf, document) : StoredAttributes.read(in);
    return rest.span(traceId, nanos, name, resource, own);
  }
}
