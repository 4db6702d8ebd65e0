package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Keys of series as bytes. */
final class SeriesKeys {

  private static final MetricKind[] KINDS = MetricKind.values();

  private SeriesKeys() {}

  static byte[] encode(SeriesKey key) {
    var out = new ByteSink(256);
    text(out, key.metric());
    text(out, key.unit());
    out.octet(code(key.kind()));
    attributes(out, key.resource());
    attributes(out, key.point());
    return out.copy();
  }

  static SeriesKey decode(byte[] bytes) {
    var in = new ByteSource(bytes, 0, bytes.length);
    var metric = text(in);
    var unit = text(in);
    var kind = kind(in.octet());
    var resource = attributes(in);
    return new SeriesKey(resource, metric, unit, kind, attributes(in));
  }

  /** A number that stays, whatever is added to the kinds. */
  private static int code(MetricKind kind) {
    return switch (kind) {
      case GAUGE -> 0;
      case DELTA -> 1;
      case CUMULATIVE -> 2;
    };
  }

  private static MetricKind kind(int code) {
    for (MetricKind kind : KINDS) {
      if (code(kind) == code) {
        return kind;
      }
    }
    throw new StoreException(
        "cannot read a series: no kind " + code + "; a newer release wrote it");
  }

  private static void text(ByteSink out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.unsigned(utf8.length).raw(utf8);
  }

  private static String text(ByteSource in) {
    return new String(in.raw(in.count()), StandardCharsets.UTF_8);
  }

  private static void attributes(ByteSink out, Attributes attributes) {
    out.unsigned(attributes.size());
    attributes
        .asMap()
        .forEach(
            (name, value) -> {
              text(out, name);
              text(out, value);
            });
  }

  private static Attributes attributes(ByteSource in) {
    int size = in.count();
    var pairs = new ArrayList<String>();
    for (int i = 0; i < 2 * size; i++) {
      pairs.add(text(in));
    }
    return Attributes.ofSorted(pairs.toArray(String[]::new));
  }
}
