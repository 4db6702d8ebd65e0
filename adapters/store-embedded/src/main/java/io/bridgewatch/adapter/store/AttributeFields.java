package io.bridgewatch.adapter.store;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Attributes in an index.
 *
 * <p>An item's own are terms, name and value. A resource is one term as a whole: thousands of items
 * share it, so it costs each of them one number, and a question about resources looks at the
 * distinct ones only. A resource beyond {@value #LONGEST_RESOURCE} bytes is put with the item's
 * own. Values are compared by their first {@value #LONGEST_VALUE} characters.
 */
final class AttributeFields {

  static final String OWN = "a";
  static final String RESOURCE = "r";
  static final int LONGEST_VALUE = 1_000;
  static final int LONGEST_RESOURCE = 16_000;

  private static final int MOST_REMEMBERED = 10_000;
  private static final FieldType OWN_TYPE = keyword(DocValuesType.NONE);
  private static final FieldType RESOURCE_TYPE = keyword(DocValuesType.SORTED);
  private static final BytesRef NO_RESOURCE = bytes(Attributes.none());

  private final Map<Attributes, BytesRef> resources = new HashMap<>();

  static FieldType keyword(DocValuesType values) {
    var type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS);
    type.setOmitNorms(true);
    type.setTokenized(false);
    type.setDocValuesType(values);
    type.freeze();
    return type;
  }

  /**
   * Adds the fields of both sets; by one thread at a time.
   *
   * @return whether the resource stands in the index, so that it need not be stored with the item
   */
  boolean add(List<IndexableField> document, Attributes resource, Attributes own) {
    var bytes = resources.get(resource);
    if (bytes == null) {
      bytes = bytes(resource);
      if (resources.size() >= MOST_REMEMBERED) {
        resources.clear();
      }
      resources.put(resource, bytes);
    }
    boolean shared = bytes.length <= LONGEST_RESOURCE;
    document.add(new Field(RESOURCE, shared ? bytes : NO_RESOURCE, RESOURCE_TYPE));
    for (Map.Entry<String, String> one : (shared ? own : resource.with(own)).asMap().entrySet()) {
      document.add(new Field(OWN, term(one.getKey(), one.getValue()), OWN_TYPE));
    }
    return shared;
  }

  private static BytesRef bytes(Attributes resource) {
    return new BytesRef(new Encoder().attributes(resource).bytes());
  }

  private static Attributes resource(BytesRef term) {
    return new Decoder(BytesRef.deepCopyOf(term).bytes).attributes();
  }

  /** The resource of a document, where {@link #add} put it. */
  static Attributes resource(LeafReaderContext leaf, int document) throws IOException {
    var values = DocValues.getSorted(leaf.reader(), RESOURCE);
    return values.advanceExact(document)
        ? resource(values.lookupOrd(values.ordValue()))
        : Attributes.none();
  }

  private static BytesRef term(String name, String value) {
    return new BytesRef(cut(name).replace('\0', '\u0001') + '\0' + cut(value));
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
  }

  /** What the attribute has to be like, where the item's own counts before the resource's. */
  static Query query(AttributeMatch match) {
    var prefix = term(match.attribute(), "");
    Predicate<String> accepts = accepts(match);
    var byResource =
        new BooleanQuery.Builder()
            .add(
                new TermsThat(
                    RESOURCE,
                    new BytesRef(),
                    match,
                    term -> accepts.test(cut(resource(term).getOr(match.attribute(), "")))),
                Occur.FILTER)
            .add(new PrefixQuery(new Term(OWN, prefix)), Occur.MUST_NOT)
            .build();
    return new BooleanQuery.Builder()
        .add(byOwn(match, prefix, accepts), Occur.SHOULD)
        .add(byResource, Occur.SHOULD)
        .build();
  }

  private static Query byOwn(AttributeMatch match, BytesRef prefix, Predicate<String> accepts) {
    if (match instanceof AttributeMatch.OneOf one) {
      return new TermInSetQuery(
          OWN, one.values().stream().map(value -> term(match.attribute(), value)).toList());
    }
    return new TermsThat(
        OWN,
        prefix,
        match,
        term ->
            accepts.test(
                new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length)
                    .utf8ToString()));
  }

  private static Predicate<String> accepts(AttributeMatch match) {
    return switch (match) {
      case AttributeMatch.OneOf one -> {
        var cut = one.values().stream().map(AttributeFields::cut).toList();
        yield cut::contains;
      }
      case AttributeMatch.NoneOf none -> {
        var cut = none.values().stream().map(AttributeFields::cut).toList();
        yield value -> !cut.contains(value);
      }
      case AttributeMatch.Like like -> like::matches;
    };
  }
}
