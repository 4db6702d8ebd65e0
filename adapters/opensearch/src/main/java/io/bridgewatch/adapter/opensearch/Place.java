package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.ports.InvalidCursorException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where in the order of time a page ends. */
record Place(long nanos, long order) {

  private static final String MARK = "os";

  static Place parse(String cursor) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(",", -1);
      if (parts.length == 3 && parts[0].equals(MARK)) {
        return new Place(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new InvalidCursorException(cursor);
  }

  String cursor() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((MARK + "," + nanos + "," + order).getBytes(StandardCharsets.UTF_8));
  }

  List<Long> values() {
    return List.of(nanos, order);
  }
}
