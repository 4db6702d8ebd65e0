package io.bridgewatch.adapter.store;

import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.BytesRef;

/** How a log line is journaled, indexed and read back. */
final class LogForm implements DocumentForm<LogRecord> {

  static final String BODY = "b";
  static final String TRACE = "i";

  /** As a term, to find by; the name of the severity. */
  static final String SEVERITY = "s";

  /** As a number, to count by. */
  static final String SEVERITY_NUMBER = "v";

  private static final Severity[] SEVERITIES = Severity.values();
  private static final FieldType KEYWORD = AttributeFields.keyword(DocValuesType.NONE);
  private static final FieldType TEXT = text();

  private final AttributeFields attributes = new AttributeFields();
  private final BodyTokens tokens = new BodyTokens();
  private final Field body = new Field(BODY, tokens, TEXT);
  private final List<IndexableField> document = new ArrayList<>();

  private static FieldType text() {
    var type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.setOmitNorms(true);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  @Override
  public long nanos(LogRecord log) {
    return log.epochNanos();
  }

  @Override
  public byte[] encode(List<LogRecord> batch) {
    var out = new Encoder().unsigned(batch.size());
    long before = 0;
    for (LogRecord log : batch) {
      out.signed(log.epochNanos() - before).octet(log.severity().ordinal());
      before = log.epochNanos();
      StoredIds.write(out, log.traceId());
      StoredIds.write(out, log.spanId());
      out.plain(log.body()).attributes(log.resource()).attributes(log.attributes());
    }
    return out.bytes();
  }

  @Override
  public List<LogRecord> decode(byte[] batch) {
    var in = new Decoder(batch);
    int count = in.count();
    var logs = new ArrayList<LogRecord>();
    long nanos = 0;
    for (int i = 0; i < count; i++) {
      nanos += in.signed();
      var severity = SEVERITIES[in.octet()];
      var traceId = StoredIds.read(in);
      var spanId = StoredIds.read(in);
      var text = in.plain();
      logs.add(
          new LogRecord(nanos, severity, text, traceId, spanId, in.attributes(), in.attributes()));
    }
    return logs;
  }

  @Override
  public void index(LogRecord log, long number, HourIndex into) throws IOException {
    document.clear();
    document.add(NumericDocValuesField.indexedField(HourIndex.TIME, log.epochNanos()));
    document.add(NumericDocValuesField.indexedField(HourIndex.NUMBER, number));
    document.add(new Field(SEVERITY, log.severity().name(), KEYWORD));
    document.add(new NumericDocValuesField(SEVERITY_NUMBER, log.severity().ordinal()));
    if (!log.traceId().isEmpty()) {
      document.add(new Field(TRACE, traceTerm(log.traceId()), KEYWORD));
    }
    boolean shared = attributes.add(document, log.resource(), log.attributes());
    tokens.over(log.body());
    document.add(body);
    document.add(new StoredField(NewestFirst.STORED, stored(log, shared)));
    into.add(number, document);
  }

  static BytesRef traceTerm(String traceId) {
    var out = new Encoder();
    StoredIds.write(out, traceId.length() <= 1_000 ? traceId : traceId.substring(0, 1_000));
    return new BytesRef(out.bytes());
  }

  private static byte[] stored(LogRecord log, boolean shared) {
    var out = new Encoder().octet(log.severity().ordinal()).flag(shared);
    StoredIds.write(out, log.traceId());
    StoredIds.write(out, log.spanId());
    out.plain(log.body());
    StoredAttributes.write(out, log.attributes());
    if (!shared) {
      StoredAttributes.write(out, log.resource());
    }
    return out.bytes();
  }

  static LogRecord read(long nanos, Decoder in, LeafReaderContext leaf, int document)
      throws IOException {
    var severity = SEVERITIES[in.octet()];
    boolean shared = in.flag();
    var traceId = StoredIds.read(in);
    var spanId = StoredIds.read(in);
    var body = in.plain();
    var own = StoredAttributes.read(in);
    var resource = shared ? AttributeFields.resource(leaf, document) : StoredAttributes.read(in);
    return new LogRecord(nanos, severity, body, traceId, spanId, resource, own);
  }
}
