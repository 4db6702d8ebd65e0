package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Asks an engine's query API; answers are read token by token. Safe for several threads. */
final class PromQuery implements AutoCloseable {
  private static final int SHOWN = 300;
  private static final int UNPROCESSABLE = 422;

  private final RemoteEndpoint endpoint;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  PromQuery(RemoteEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** A series of an answer: its labels, and samples if it was asked for them. */
  static final class Row {
    private final Map<String, String> labels = new TreeMap<>();
    private long[] times = new long[0];
    private double[] values = new double[0];
    private int size;

    Map<String, String> labels() {
      return labels;
    }

    int size() {
      return size;
    }

    long time(int i) {
      return times[i];
    }

    double value(int i) {
      return values[i];
    }

    private void add(long time, double value) {
      if (size == times.length) {
        int more = Math.max(16, 2 * size);
        times = Arrays.copyOf(times, more);
        values = Arrays.copyOf(values, more);
      }
      times[size] = time;
      values[size++] = value;
    }
  }

  /** Takes rows one by one, so that it may end the reading by throwing. */
  interface Rows {
    void row(Row row);
  }

  /**
   * The answer to an expression at a moment.
   *
   * @throws QueryTooWideException if the engine refuses to read so much
   */
  void query(String expression, long atMillis, Rows rows) {
    post("/query", Map.of("query", List.of(expression), "time", List.of(seconds(atMillis))), rows);
  }

  /** The series that match, whenever they were, by their labels. */
  void series(String selector, long fromMillis, long toMillis, Rows rows) {
    post(
        "/series",
        Map.of(
            "match[]", List.of(selector),
            "start", List.of(seconds(fromMillis)),
            "end", List.of(seconds(toMillis))),
        rows);
  }

  private static String seconds(long millis) {
    return "%d.%03d".formatted(Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000));
  }

  /** Gives up between two rows when nobody waits any more. */
  private void post(String path, Map<String, List<String>> form, Rows rows) {
    QueryDeadline.check();
    var body =
        form.entrySet().stream()
            .flatMap(
                field -> field.getValue().stream().map(it -> field.getKey() + "=" + encoded(it)))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create(endpoint.api() + path))
            .timeout(endpoint.timeout())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    endpoint.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    try {
      var response = client.send(request.build(), BodyHandlers.ofInputStream());
      try (var in = response.body()) {
        if (response.statusCode() != 200) {
          throw refused(path, response.statusCode(), in);
        }
        read(
            in,
            row -> {
              QueryDeadline.check();
              rows.row(row);
            });
      }
    } catch (IOException | JacksonException e) {
      throw new StoreException("cannot read " + endpoint.api() + path + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while reading " + endpoint.api() + path, e);
    }
  }

  private RuntimeException refused(String path, int status, InputStream in) throws IOException {
    var text = new String(in.readNBytes(SHOWN), StandardCharsets.UTF_8).strip();
    var message = "cannot read %s%s: status %d, %s".formatted(endpoint.api(), path, status, text);
    return status == UNPROCESSABLE
        ? new QueryTooWideException(message + "; narrow the selector or the time")
        : new StoreException(message);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** {@code {"data": [labels…]}} or {@code {"data": {"result": [{"metric", "value(s)"}…]}}}. */
  private static void read(InputStream in, Rows rows) {
    try (JsonParser parser = JsonTree.FACTORY.createParser(ObjectReadContext.empty(), in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new StoreException("the engine's answer is no JSON object");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (!name.equals("data")) {
          parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            var row = new Row();
            readLabels(parser, row);
            rows.row(row);
          }
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
          readData(parser, rows);
        }
      }
    }
  }

  private static void readData(JsonParser parser, Rows rows) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("result")) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          rows.row(readRow(parser));
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private static Row readRow(JsonParser parser) {
    var row = new Row();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "metric" -> readLabels(parser, row);
        case "value" -> readSample(parser, row);
        case "values" -> {
          while (parser.nextToken() == JsonToken.START_ARRAY) {
            readSample(parser, row);
          }
        }
        default -> parser.skipChildren();
      }
    }
    return row;
  }

  private static void readLabels(JsonParser parser, Row row) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      row.labels.put(name, parser.getString());
    }
  }

  /** A time in seconds and a value as text, in an array that has begun. */
  private static void readSample(JsonParser parser, Row row) {
    parser.nextToken();
    long time = Math.round(1000 * parser.getDoubleValue());
    parser.nextToken();
    row.add(time, value(parser.getString()));
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
    }
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** A short answer as a whole. */
  List<Row> all(String expression, long atMillis) {
    var rows = new ArrayList<Row>();
    query(expression, atMillis, rows::add);
    return rows;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
