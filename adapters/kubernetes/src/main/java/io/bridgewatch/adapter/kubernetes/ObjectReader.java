package io.bridgewatch.adapter.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads API objects token by token and builds only what is kept of them, so that a list of any
 * length needs the memory of one object. Nulls are passed over. For one thread.
 */
final class ObjectReader implements AutoCloseable {

  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  /** Stands where the rest of a map did not fit. */
  static final String MORE = "…";

  private final String what;
  private final JsonParser parser;
  private final Keep keep;
  private final Masking masking;
  private final Interner interner;

  private int size;

  /**
   * @param what is read, for messages, such as {@code list pods}
   */
  ObjectReader(String what, InputStream json, Keep keep, Masking masking, Interner interner) {
    this.what = what;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), json);
    this.keep = keep;
    this.masking = masking;
    this.interner = interner;
  }

  /**
   * An object as it is kept.
   *
   * @param shortened what had to go so that it fits, in words; empty where nothing had to
   */
  record Read(Map<String, @Nullable Object> tree, String shortened) {}

  /** One line of a watch. */
  record Event(String type, Read object) {}

  /** What a list says of itself. */
  record ListMetadata(String resourceVersion, String continueToken) {}

  /** Takes the objects of a list. */
  interface Items {
    void take(Read item) throws ApiException, InterruptedException;
  }

  /** The next event of a watch; empty when the stream ended between two events. */
  Optional<Event> nextEvent() throws ApiException {
    try {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      requireObject();
      String type = "";
      Read object = new Read(Map.of(), "");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "type" -> type = parser.getValueAsString("");
          case "object" -> object = readObject();
          default -> parser.skipChildren();
        }
      }
      return Optional.of(new Event(type, object));
    } catch (JacksonException failure) {
      throw unreadable(failure);
    }
  }

  /** Reads a list to its end. */
  ListMetadata readList(Items items) throws ApiException, InterruptedException {
    try {
      parser.nextToken();
      requireObject();
      var metadata = new ListMetadata("", "");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        JsonToken first = parser.nextToken();
        if (field.equals("metadata") && first == JsonToken.START_OBJECT) {
          metadata = readListMetadata();
        } else if (field.equals("items") && first == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.take(readObject());
          }
        } else {
          parser.skipChildren();
        }
      }
      return metadata;
    } catch (JacksonException failure) {
      throw unreadable(failure);
    }
  }

  /** Reads one object. */
  Read readOne() throws ApiException {
    try {
      parser.nextToken();
      return readObject();
    } catch (JacksonException failure) {
      throw unreadable(failure);
    }
  }

  @Override
  public void close() {
    parser.close();
  }

  private ListMetadata readListMetadata() {
    String version = "";
    String token = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "resourceVersion" -> version = parser.getValueAsString("");
        case "continue" -> token = parser.getValueAsString("");
        default -> parser.skipChildren();
      }
    }
    return new ListMetadata(version, token);
  }

  private Read readObject() throws ApiException {
    requireObject();
    size = 0;
    Map<String, @Nullable Object> tree = map(keep, null);
    return size <= Trim.OBJECT_LIMIT ? new Read(tree, "") : shortened(tree);
  }

  private void requireObject() throws ApiException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ApiException(
          FeedReason.MALFORMED,
          "cannot %s: saw %s where an object was expected".formatted(what, parser.currentToken()),
          null);
    }
  }

  private @Nullable Object value(String field, Keep how, @Nullable Allowance allowance) {
    return switch (how) {
      case Keep.Drop() -> {
        parser.skipChildren();
        yield null;
      }
      case Keep.All() -> plain(field, how, allowance);
      case Keep.Fields(var _, var _) -> plain(field, how, allowance);
      case Keep.Budget(int characters) ->
          plain(field, Keep.ALL, allowance == null ? new Allowance(characters) : allowance);
      case Keep.Masked(int limit) -> maskedMap(limit, false);
      case Keep.Annotations() -> maskedMap(Trim.STRING_LIMIT, true);
      case Keep.Digests() -> digests();
      case Keep.NamedValues() -> namedValues();
      case Keep.Arguments() -> arguments();
      case Keep.FieldManagers() -> fieldManagers();
    };
  }

  private @Nullable Object plain(String field, Keep how, @Nullable Allowance allowance) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(how, allowance);
      case START_ARRAY -> list(field, how, allowance);
      case VALUE_STRING -> string(field, allowance);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> counted(parser.getNumberValue(), 8, allowance);
      case VALUE_TRUE -> counted(Boolean.TRUE, 8, allowance);
      case VALUE_FALSE -> counted(Boolean.FALSE, 8, allowance);
      default -> null;
    };
  }

  private Map<String, @Nullable Object> map(Keep how, @Nullable Allowance allowance) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    boolean more = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      if (allowance != null && allowance.spent()) {
        parser.skipChildren();
        more = true;
        continue;
      }
      Keep inner = how instanceof Keep.Fields fields ? fields.of(field) : Keep.ALL;
      Object value = value(field, inner, allowance);
      if (value != null) {
        counted(field, field.length(), allowance);
        map.put(field, value);
      }
    }
    if (more) {
      map.put(MORE, MORE);
    }
    return map;
  }

  private List<Object> list(String field, Keep how, @Nullable Allowance allowance) {
    var list = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (allowance != null && allowance.spent()) {
        parser.skipChildren();
        continue;
      }
      Object value = plain(field, how, allowance);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private String string(String field, @Nullable Allowance allowance) {
    int length = parser.getStringLength();
    if (allowance != null && Masking.looksSecret(field) && length > 0) {
      return counted(masking.mask(parser.getString()), 32, allowance);
    }
    if (length > Trim.STRING_LIMIT) {
      return counted(masking.text(parser.getString(), Trim.STRING_LIMIT), length, allowance);
    }
    String text = interner.string(parser.getStringCharacters(), parser.getStringOffset(), length);
    if (allowance != null) {
      text = masking.text(text, Trim.STRING_LIMIT);
    }
    return counted(text, Math.min(length, Trim.STRING_LIMIT), allowance);
  }

  private @Nullable Object maskedMap(int limit, boolean annotations) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return plain("", Keep.ALL, null);
    }
    var map = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      if (annotations && Trim.DROPPED_ANNOTATIONS.contains(field)) {
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
        map.put(field, kept(field, masking.value(field, parser.getString(), limit)));
      } else {
        Object value = plain(field, Keep.ALL, null);
        if (value != null) {
          map.put(field, value);
        }
      }
    }
    return map;
  }

  private @Nullable Object digests() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    var map = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        map.put(field, kept(field, masking.digestOfBase64(parser.getString())));
      } else {
        parser.skipChildren();
      }
    }
    return map;
  }

  /** The value may stand before the name, so it is masked when both are known. */
  private @Nullable Object namedValues() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return plain("", Keep.ALL, null);
    }
    var list = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        list.add(namedValue());
      } else {
        parser.skipChildren();
      }
    }
    return list;
  }

  private Map<String, @Nullable Object> namedValue() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken first = parser.nextToken();
      if (field.equals("value") && first == JsonToken.VALUE_STRING) {
        map.put(field, parser.getString());
      } else {
        Object value = plain(field, Keep.ALL, null);
        if (value != null) {
          map.put(field, value);
        }
      }
    }
    if (map.get("value") instanceof String value) {
      String name = map.get("name") instanceof String text ? text : "";
      map.put("value", kept(name, masking.value(name, value, Trim.STRING_LIMIT)));
    }
    return map;
  }

  private @Nullable Object arguments() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return plain("", Keep.ALL, null);
    }
    var list = new ArrayList<Object>();
    String before = "";
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        parser.skipChildren();
        continue;
      }
      String argument = parser.getString();
      boolean follows =
          before.startsWith("-") && before.indexOf('=') < 0 && !argument.startsWith("-");
      list.add(kept("", masking.value(follows ? before : "", argument, Trim.STRING_LIMIT)));
      before = argument;
    }
    return list;
  }

  private @Nullable Object fieldManagers() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return null;
    }
    var list = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        list.add(fieldManager());
      } else {
        parser.skipChildren();
      }
    }
    return list;
  }

  private Map<String, @Nullable Object> fieldManager() {
    var entry = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken first = parser.nextToken();
      switch (field) {
        case "manager", "operation", "time", "subresource" -> {
          Object value = plain(field, Keep.ALL, null);
          if (value != null) {
            entry.put(field, value);
          }
        }
        case "fieldsV1" -> {
          if (first == JsonToken.START_OBJECT && setsReplicas()) {
            entry.put("fieldsV1", Map.of("f:spec", Map.of("f:replicas", Map.of())));
          }
        }
        default -> parser.skipChildren();
      }
    }
    return entry;
  }

  private boolean setsReplicas() {
    boolean sets = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean spec = parser.currentName().equals("f:spec");
      if (parser.nextToken() != JsonToken.START_OBJECT || !spec) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        sets |= parser.currentName().equals("f:replicas");
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return sets;
  }

  private String kept(String field, String value) {
    size += field.length() + value.length();
    return value;
  }

  private <T> T counted(T value, int characters, @Nullable Allowance allowance) {
    size += characters;
    if (allowance != null) {
      allowance.left -= characters;
    }
    return value;
  }

  /** Gives up annotations first, then contents, then everything but the name. */
  private Read shortened(Map<String, @Nullable Object> tree) {
    var dropped = new ArrayList<String>();
    if (tree.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("annotations") instanceof Map<?, ?> annotations) {
      var without = new LinkedHashMap<String, @Nullable Object>();
      metadata.forEach((field, value) -> without.put(String.valueOf(field), value));
      without.put("annotations", Map.of(MORE, annotations.size() + " annotations were too large"));
      tree.put("metadata", without);
      dropped.add("annotations");
    }
    for (String field : List.of("data", "binaryData", "spec", "status")) {
      if (characters(tree) <= Trim.OBJECT_LIMIT) {
        break;
      }
      if (tree.remove(field) != null) {
        dropped.add(field);
      }
    }
    return new Read(
        tree,
        "%s dropped: %d characters after trimming, limit %d"
            .formatted(String.join(", ", dropped), size, Trim.OBJECT_LIMIT));
  }

  private static int characters(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case String text -> text.length();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .mapToInt(e -> String.valueOf(e.getKey()).length() + characters(e.getValue()))
              .sum();
      case List<?> list -> list.stream().mapToInt(ObjectReader::characters).sum();
      default -> 8;
    };
  }

  private ApiException unreadable(JacksonException failure) {
    if (failure instanceof JacksonIOException && failure.getCause() instanceof IOException io) {
      return io instanceof ApiException known
          ? known
          : new ApiException(
              FeedReason.CONNECTION_LOST,
              "cannot %s: the connection was lost in the middle of the answer".formatted(what),
              failure);
    }
    boolean ended = failure instanceof UnexpectedEndOfInputException;
    return new ApiException(
        ended ? FeedReason.TRUNCATED : FeedReason.MALFORMED,
        ended
            ? "cannot %s: the answer ended in the middle of an object".formatted(what)
            : "cannot %s: the answer is no JSON (%s)".formatted(what, failure.getOriginalMessage()),
        failure);
  }

  /** What may still be kept of a part of unknown size. */
  private static final class Allowance {
    private int left;

    Allowance(int left) {
      this.left = left;
    }

    boolean spent() {
      return left <= 0;
    }
  }
}
