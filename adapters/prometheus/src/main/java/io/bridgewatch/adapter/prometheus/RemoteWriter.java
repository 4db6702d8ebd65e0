package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes samples by remote write 1.0, one request at a time. Safe for use by several threads. */
final class RemoteWriter implements AutoCloseable {
  private static final int SHOWN = 300;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY_REQUESTS = 429;

  private final RemoteEndpoint endpoint;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  RemoteWriter(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** What became of a request. */
  sealed interface Answer {
    record Taken() implements Answer {}

    /** It would not be taken the next time either. */
    record Refused(int status, String message) implements Answer {}

    /**
     * It may be taken later.
     *
     * @param after how long the engine asks to wait
     */
    record Unavailable(String message, Optional<Duration> after) implements Answer {}
  }

  /** Sends the samples from inclusive, to exclusive. */
  Answer send(SampleBatch batch, int from, int to) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint.write())
            .timeout(endpoint.timeout())
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .header("User-Agent", "bridgewatch")
            .POST(BodyPublishers.ofByteArray(encode(batch, from, to)));
    endpoint.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      return answer(response);
    } catch (IOException e) {
      return new Answer.Unavailable(e.toString(), Optional.empty());
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Answer.Taken();
    }
    var body = response.body().strip();
    var message = "status " + status + ": " + body.substring(0, Math.min(SHOWN, body.length()));
    if (status / 100 == 5 || status == TOO_MANY_REQUESTS) {
      return new Answer.Unavailable(
          message,
          response
              .headers()
              .firstValue("Retry-After")
              .filter(it -> it.matches("\\d{1,5}"))
              .map(it -> Duration.ofSeconds(Long.parseLong(it))));
    }
    return new Answer.Refused(status, message);
  }

  /** Whether the engine may refuse fewer samples when asked for each. */
  static boolean mayBeSingleSamples(Answer.Refused refused) {
    return refused.status() == BAD_REQUEST;
  }

  /** The request: samples of a series together, in the order of their times. */
  byte[] encode(SampleBatch batch, int from, int to) {
    var bySeries = new LinkedHashMap<SeriesKey, TreeMap<Long, Double>>();
    for (int i = from; i < to; i++) {
      bySeries
          .computeIfAbsent(batch.key(i), key -> new TreeMap<>())
          .putIfAbsent(batch.time(i), batch.value(i));
    }
    var request = new ProtoWriter();
    var series = new ProtoWriter();
    var part = new ProtoWriter();
    for (var one : bySeries.entrySet()) {
      series.clear();
      var labels = SeriesLabels.of(one.getKey());
      labels.putAll(endpoint.labels());
      for (Map.Entry<String, String> label : labels.entrySet()) {
        if (!label.getValue().isEmpty()) {
          part.clear();
          part.string(1, label.getKey());
          part.string(2, label.getValue());
          series.message(1, part);
        }
      }
      for (Map.Entry<Long, Double> sample : one.getValue().entrySet()) {
        part.clear();
        part.fixed(1, sample.getValue());
        part.varint(2, sample.getKey());
        series.message(2, part);
      }
      request.message(1, series);
    }
    return Snappy.compress(request.bytes(), request.size());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
