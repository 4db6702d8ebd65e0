package io.bridgewatch.adapter.opensearch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How new indices are made: all fields are named here, and others are kept but never searched, so
 * that no telemetry makes the mapping larger.
 *
 * <p>Bodies are cut as {@code LogStore.Query} describes it: a run of letters and digits is a word,
 * its case folded; each Chinese or Japanese character is one of its own; runs longer than {@value
 * #LONGEST_WORD} characters are words one after the other.
 */
final class IndexTemplate {

  static final String ANALYZER = "bridgewatch";

  private static final int LONGEST_WORD = 128;
  private static final String ALONE = "\\p{IsIdeographic}\\p{IsHiragana}\\p{IsKatakana}";
  private static final String TOKEN =
      "[" + ALONE + "]|[\\p{javaLetterOrDigit}&&[^" + ALONE + "]]{1," + LONGEST_WORD + "}";

  /** Above what comes with the cluster, below what an operator says with more. */
  private static final int PRIORITY = 200;

  private IndexTemplate() {}

  /**
   * @param pattern of the indices' names
   */
  static Map<String, Object> of(String pattern, DocumentForm<?> form, int shards) {
    return Map.of(
        "index_patterns",
        List.of(pattern),
        "priority",
        PRIORITY,
        "template",
        Map.of("settings", settings(shards), "mappings", mappings(form)));
  }

  private static Map<String, Object> settings(int shards) {
    return Map.of(
        "index",
        Map.of(
            "number_of_shards",
            shards,
            "auto_expand_replicas",
            "0-1",
            "refresh_interval",
            "1s",
            "codec",
            "best_compression",
            "translog",
            Map.of("durability", "request"),
            "analysis",
            analysis()));
  }

  private static Map<String, Object> analysis() {
    return Map.of(
        "tokenizer",
        Map.of(ANALYZER, Map.of("type", "pattern", "pattern", TOKEN, "group", 0)),
        "analyzer",
        Map.of(
            ANALYZER,
            Map.of("type", "custom", "tokenizer", ANALYZER, "filter", List.of("lowercase"))));
  }

  private static Map<String, Object> mappings(DocumentForm<?> form) {
    var properties = new TreeMap<String, Object>(form.properties());
    properties.putAll(AttributeTerms.properties());
    properties.put(DocumentForm.TIME, DocumentForm.number());
    properties.put(DocumentForm.ORDER, DocumentForm.number());
    properties.put(DocumentForm.TIMESTAMP, Map.of("type", "date", "format", "epoch_millis"));
    return Map.of(
        "dynamic",
        false,
        "_source",
        Map.of("excludes", List.of(AttributeTerms.PAIRS, AttributeTerms.NAMES)),
        "properties",
        properties);
  }
}
