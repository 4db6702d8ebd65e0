package io.bridgewatch.kubernetes.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request.
 *
 * @param target path and query as they were sent
 * @param path decoded segments of the path, without empty ones
 * @param query decoded parameters; of repeated ones the last
 * @param headers by lower-case name; of repeated ones the last
 */
record HttpRequest(
    String method,
    String target,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LARGEST_BODY = 16 * 1024 * 1024;

  HttpRequest {
    path = List.copyOf(path);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  String query(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    var value = query(name);
    return value.equals("true") || value.equals("1");
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * Reads the next request of a connection.
   *
   * @param beforeBody called when the client waits for a go before it sends the body
   * @return absent when the client has closed the connection
   * @throws IOException if what comes is no HTTP/1.1
   */
  static Optional<HttpRequest> read(InputStream in, BeforeBody beforeBody) throws IOException {
    var start = line(in);
    while (start.isPresent() && start.get().isEmpty()) {
      start = line(in);
    }
    if (start.isEmpty()) {
      return Optional.empty();
    }
    var parts = start.get().split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new IOException("no HTTP/1.1 request: " + start.get());
    }
    var headers = new HashMap<String, String>();
    while (true) {
      var header = line(in).orElseThrow(() -> new IOException("the headers have no end"));
      if (header.isEmpty()) {
        break;
      }
      var colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(
            header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
    }
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      beforeBody.proceed();
    }
    var target = parts[1];
    var question = target.indexOf('?');
    return Optional.of(
        new HttpRequest(
            parts[0],
            target,
            path(question < 0 ? target : target.substring(0, question)),
            question < 0 ? Map.of() : query(target, question + 1),
            headers,
            body(in, headers)));
  }

  /** Tells the client to send the body. */
  interface BeforeBody {
    void proceed() throws IOException;
  }

  private static List<String> path(String text) {
    var segments = new ArrayList<String>();
    for (var segment : text.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decode(segment.replace("+", "%2B")));
      }
    }
    return segments;
  }

  private static Map<String, String> query(String target, int start) {
    var query = new HashMap<String, String>();
    for (var pair : target.substring(start).split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      } else if (!pair.isEmpty()) {
        query.put(decode(pair), "");
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      var chunks = new java.io.ByteArrayOutputStream();
      while (true) {
        var header = line(in).orElseThrow(() -> new IOException("the body has no end"));
        var semicolon = header.indexOf(';');
        var size =
            Integer.parseInt((semicolon < 0 ? header : header.substring(0, semicolon)).strip(), 16);
        if (size == 0) {
          while (line(in).filter(trailer -> !trailer.isEmpty()).isPresent()) {
            // trailers say nothing here
          }
          return chunks.toByteArray();
        }
        if (chunks.size() + size > LARGEST_BODY) {
          throw new IOException("the body is larger than %d bytes".formatted(LARGEST_BODY));
        }
        chunks.write(exactly(in, size));
        line(in);
      }
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > LARGEST_BODY) {
      throw new IOException(
          "the body has %d bytes, limit %d bytes".formatted(length, LARGEST_BODY));
    }
    return exactly(in, length);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the body ended after %d of %d bytes".formatted(bytes.length, length));
    }
    return bytes;
  }

  private static Optional<String> line(InputStream in) throws IOException {
    var line = new StringBuilder();
    while (true) {
      var next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      if (next == '\n') {
        return Optional.of(line.toString());
      }
      if (next != '\r') {
        line.append((char) next);
      }
      if (line.length() > LONGEST_LINE) {
        throw new IOException("a line is longer than %d bytes".formatted(LONGEST_LINE));
      }
    }
  }
}
