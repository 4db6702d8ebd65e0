package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.KubernetesObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Reads one JSON object as a tree, within bounds. */
final class JsonTree {
  static final JsonFactory FACTORY = JsonFactory.builder().build();
  private static final int DEEPEST = 32;

  private JsonTree() {}

  /** The bytes are no JSON object, or one beyond the bounds. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1;

    private final IntakeReason reason;

    private InvalidException(IntakeReason reason, String message) {
      super(message);
      this.reason = reason;
    }

    IntakeReason reason() {
      return reason;
    }
  }

  /**
   * @param mostBytes read of the stream, which is not closed
   * @throws IOException if the stream does
   */
  static KubernetesObject read(InputStream json, int mostBytes)
      throws IOException, InvalidException {
    var bounded = new Bounded(json, mostBytes);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bounded)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidException(IntakeReason.NOT_METRICS, "no JSON object");
      }
      return KubernetesObject.of(object(parser, 1));
    } catch (JacksonIOException e) {
      if (bounded.failed) {
        throw e.getCause();
      }
      throw new InvalidException(IntakeReason.JSON_INVALID, "looks like UTF-32 and is not");
    } catch (JacksonException e) {
      throw bounded.left < 0
          ? new InvalidException(IntakeReason.BODY_TOO_LARGE, "longer than " + mostBytes + " bytes")
          : new InvalidException(IntakeReason.JSON_INVALID, "not JSON");
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser, int depth)
      throws InvalidException {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      map.put(name, value(parser, parser.nextToken(), depth));
    }
    return map;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token, int depth)
      throws InvalidException {
    if (depth > DEEPEST) {
      throw new InvalidException(IntakeReason.JSON_INVALID, "nested deeper than " + DEEPEST);
    }
    return switch (token) {
      case START_OBJECT -> object(parser, depth + 1);
      case START_ARRAY -> list(parser, depth + 1);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new InvalidException(IntakeReason.JSON_INVALID, "a value is missing");
    };
  }

  private static List<@Nullable Object> list(JsonParser parser, int depth) throws InvalidException {
    var list = new ArrayList<@Nullable Object>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      list.add(value(parser, token, depth));
    }
    return list;
  }

  /** Ends after so many bytes. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    /** Whether it was the stream that failed, rather than what is in it. */
    private boolean failed;

    private Bounded(InputStream in, int most) {
      super(in);
      left = most;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left <= 0) {
        left = -1;
        return -1;
      }
      failed = true;
      int read = super.read(into, offset, (int) Math.min(length, left));
      failed = false;
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() {
      // the caller's
    }
  }
}
