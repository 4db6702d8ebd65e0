package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pages as a test wrote them, by their paths without a query; 404 for all others. What ends as
 * OpenMetrics does is that.
 */
final class ScriptedPages implements ApiPages {

  private final Map<String, String> pages = new ConcurrentHashMap<>();

  void put(String path, String text) {
    pages.put(path, text);
  }

  @Override
  public Page get(String path, String accept, Duration timeout, Duration patience) {
    int query = path.indexOf('?');
    String text = pages.get(query < 0 ? path : path.substring(0, query));
    return new Page(
        text == null ? 404 : 200,
        text != null && text.endsWith("# EOF\n")
            ? "application/openmetrics-text; version=1.0.0"
            : "text/plain; version=0.0.4",
        new ByteArrayInputStream((text == null ? "" : text).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Page accessReview(String review, Duration timeout) {
    return new Page(404, "", new ByteArrayInputStream(new byte[0]));
  }

  @Override
  public void close() {}
}
