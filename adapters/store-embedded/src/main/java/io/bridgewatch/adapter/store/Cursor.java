package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The last item of a page in a list that is sorted by a number, then by an id.
 *
 * <p>Pages follow the sort key, so what is added meanwhile neither repeats nor hides an item.
 */
record Cursor(long number, String id) {

  static Cursor parse(String text) {
    try {
      var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      if (colon > 0) {
        return new Cursor(
            Long.parseLong(decoded.substring(0, colon)), decoded.substring(colon + 1));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new InvalidCursorException(text);
  }

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((number + ":" + id).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param found up to one item more than was asked for, which tells that there is a next page
   */
  static <T> Page<T> page(
      List<T> found, PageRequest request, long total, Function<? super T, Cursor> cursor) {
    if (found.size() <= request.limit()) {
      return new Page<>(found, Optional.empty(), total);
    }
    var items = found.subList(0, request.limit());
    return new Page<>(items, Optional.of(cursor.apply(items.getLast()).text()), total);
  }
}
