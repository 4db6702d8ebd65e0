package io.bridgewatch.adapter.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Words and phrases that people type, as queries over {@link BodyTokens}. */
final class TextQueries {

  private final String field;

  TextQueries(String field) {
    this.field = field;
  }

  private record Token(String text, int position, boolean pair) {}

  /** One query for each word or phrase; a record has to match all. */
  List<Query> of(List<String> phrases) {
    var queries = new ArrayList<Query>();
    phrases.forEach(phrase -> add(queries, phrase));
    return queries;
  }

  private void add(List<Query> queries, String phrase) {
    var tokens = tokens(phrase);
    if (tokens.size() == 1) {
      queries.add(new TermQuery(new Term(field, tokens.getFirst().text)));
    } else if (tokens.size() > 1) {
      var query = new PhraseQuery.Builder();
      tokens.forEach(token -> query.add(new Term(field, token.text), token.position));
      queries.add(query.build());
    }
  }

  /** Of a character and a pair that holds it only the pair, which is rarer. */
  private static List<Token> tokens(String phrase) {
    var all = new ArrayList<Token>();
    var pairs = new BitSet();
    var stream = new BodyTokens().over(phrase);
    var term = stream.getAttribute(CharTermAttribute.class);
    var increment = stream.getAttribute(PositionIncrementAttribute.class);
    stream.reset();
    int position = -1;
    while (stream.incrementToken()) {
      boolean pair = increment.getPositionIncrement() == 0;
      position += pair ? 0 : 1;
      pairs.set(position, pair);
      all.add(new Token(term.toString(), position, pair));
    }
    all.removeIf(
        token -> !token.pair && (pairs.get(token.position) || endsPair(pairs, token.position)));
    return all;
  }

  private static boolean endsPair(BitSet pairs, int position) {
    return position > 0 && pairs.get(position - 1);
  }
}
