package io.bridgewatch.bench.metrics;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Requests of Prometheus remote write 1.0: protobuf in Snappy's block format. Nothing is compressed
 * in it, which costs the receiver least.
 */
public final class RemoteWrite {

  private static final int LITERAL_BYTES = 60_000;

  private byte[] bytes = new byte[1 << 16];
  private int length;

  /** The labels of each series, encoded once. */
  private final List<byte[]> labels = new ArrayList<>();

  public RemoteWrite(List<SeriesKey> keys) {
    keys.forEach(key -> labels.add(labels(key)));
  }

  private byte[] labels(SeriesKey key) {
    var all = new TreeMap<String, String>();
    all.put("__name__", key.metric());
    key.resource().asMap().forEach((name, value) -> all.put(label(name), value));
    key.point().asMap().forEach((name, value) -> all.put(label(name), value));
    length = 0;
    all.forEach(
        (name, value) -> {
          byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
          byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
          octet(0x0A); // TimeSeries.labels
          varint(field(nameBytes.length) + field(valueBytes.length));
          octet(0x0A); // Label.name
          varint(nameBytes.length);
          raw(nameBytes, nameBytes.length);
          octet(0x12); // Label.value
          varint(valueBytes.length);
          raw(valueBytes, valueBytes.length);
        });
    return Arrays.copyOf(bytes, length);
  }

  /** As kubelets call it. */
  private static String label(String attribute) {
    return switch (attribute) {
      case AttributeNames.NAMESPACE -> "namespace";
      case AttributeNames.POD -> "pod";
      case AttributeNames.NODE -> "node";
      default -> attribute.replace('.', '_');
    };
  }

  private static int field(int size) {
    return 1 + varintBytes(size) + size;
  }

  /** A request with some of the round's samples. */
  public byte[] request(MadeUpSamples samples, int from, int to) {
    length = 0;
    for (int i = from; i < to; i++) {
      sample(i, samples.time(i), samples.value(i));
    }
    return snappy(Arrays.copyOf(bytes, length));
  }

  /** A request with a sample of each of the first series, all of one time and value. */
  public byte[] request(int series, long time, double value) {
    length = 0;
    for (int i = 0; i < series; i++) {
      sample(i, time, value);
    }
    return snappy(Arrays.copyOf(bytes, length));
  }

  private void sample(int series, long time, double value) {
    byte[] ofSeries = labels.get(series);
    int sample = 9 + 1 + varintBytes(time);
    octet(0x0A); // WriteRequest.timeseries
    varint(ofSeries.length + field(sample));
    raw(ofSeries, ofSeries.length);
    octet(0x12); // TimeSeries.samples
    varint(sample);
    octet(0x09); // Sample.value
    long bits = Double.doubleToRawLongBits(value);
    for (int k = 0; k < 8; k++) {
      octet((int) (bits >>> 8 * k));
    }
    octet(0x10); // Sample.timestamp
    varint(time);
  }

  private byte[] snappy(byte[] plain) {
    length = 0;
    varint(plain.length);
    for (int at = 0; at < plain.length; at += LITERAL_BYTES) {
      int size = Math.min(LITERAL_BYTES, plain.length - at);
      octet(61 << 2); // a literal whose length takes two bytes
      octet(size - 1);
      octet(size - 1 >>> 8);
      raw(Arrays.copyOfRange(plain, at, at + size), size);
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int varintBytes(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void varint(long value) {
    long left = value;
    while (left >= 0x80) {
      octet((int) left | 0x80);
      left >>>= 7;
    }
    octet((int) left);
  }

  private void octet(int value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) value;
  }

  private void raw(byte[] more, int count) {
    while (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    System.arraycopy(more, 0, bytes, length, count);
    length += count;
  }
}
