package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import java.util.ArrayList;
import java.util.Map;

/** Attributes of one item on its own, where nothing is shared with others. */
final class StoredAttributes {

  private StoredAttributes() {}

  static void write(Encoder out, Attributes attributes) {
    out.unsigned(attributes.size());
    for (Map.Entry<String, String> one : attributes.asMap().entrySet()) {
      out.plain(one.getKey()).plain(one.getValue());
    }
  }

  static Attributes read(Decoder in) {
    int count = in.count();
    if (count == 0) {
      return Attributes.none();
    }
    var pairs = new ArrayList<String>();
    for (int i = 0; i < 2 * count; i++) {
      pairs.add(in.plain());
    }
    return Attributes.ofSorted(pairs.toArray(String[]::new));
  }
}
