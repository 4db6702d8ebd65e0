package io.bridgewatch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;

/**
 * Sends telemetry to a hub by OTLP over HTTP, as JSON.
 *
 * @param hub the hub's address, without a slash at its end
 * @param token that takes telemetry
 */
record Telemetry(HttpClient http, String hub, String token) implements AutoCloseable {

  private static final Pattern CSRF = Pattern.compile("\"csrfToken\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

  /** With a token that is made as the administrator who is logged in; older ones end. */
  static Telemetry of(Page page, String hub) {
    var api = page.context().request();
    var csrf = first(CSRF, api.get(hub + "/api/v1/session").text());
    var made =
        api.put(
            hub + "/api/v1/pipeline/ingest-token",
            RequestOptions.create().setHeader("X-CSRF-Token", csrf));
    return new Telemetry(HttpClient.newHttpClient(), hub, first(TOKEN, made.text()));
  }

  private static String first(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  /** Sends a body to a path such as {@code /v1/metrics}; it has been taken when this returns. */
  void send(String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(hub + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending to " + path, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
