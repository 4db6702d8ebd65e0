package io.bridgewatch.adapter.store;

import java.io.IOException;
import java.util.function.Predicate;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** Items with a term of a field that begins so and is accepted; looks at each such term once. */
final class TermsThat extends MultiTermQuery {

  private final BytesRef prefix;
  private final Object what;
  private final Predicate<BytesRef> accepted;

  /**
   * @param what by which queries are compared and shown
   */
  TermsThat(String field, BytesRef prefix, Object what, Predicate<BytesRef> accepted) {
    super(field, CONSTANT_SCORE_BLENDED_REWRITE);
    this.prefix = prefix;
    this.what = what;
    this.accepted = accepted;
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    return new Accepted(terms.iterator());
  }

  private final class Accepted extends FilteredTermsEnum {
    Accepted(TermsEnum terms) {
      super(terms);
      setInitialSeekTerm(prefix);
    }

    @Override
    protected AcceptStatus accept(BytesRef term) {
      if (!StringHelper.startsWith(term, prefix)) {
        return AcceptStatus.END;
      }
      return accepted.test(term) ? AcceptStatus.YES : AcceptStatus.NO;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(field)) {
      visitor.visitLeaf(this);
    }
  }

  @Override
  public String toString(String defaultField) {
    return field + ":" + what;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TermsThat that
        && super.equals(that)
        && prefix.equals(that.prefix)
        && what.equals(that.what);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + what.hashCode();
  }
}
