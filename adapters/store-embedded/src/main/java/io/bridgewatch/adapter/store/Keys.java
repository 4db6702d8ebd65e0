package io.bridgewatch.adapter.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Keys of the key-value store: parts one after the other, so that the order of the bytes is the
 * order of the parts. Texts end in a zero byte, which does not occur in names.
 */
final class Keys {

  /** Of an encoded time. */
  static final int TIME_BYTES = 12;

  private Keys() {}

  static byte[] text(String... parts) {
    var joined = new StringBuilder();
    for (String part : parts) {
      joined.append(part.replace('\0', '\u0001')).append('\0');
    }
    return joined.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  /** Rises with time. */
  static byte[] time(Instant time) {
    return ByteBuffer.allocate(TIME_BYTES)
        .putLong(time.getEpochSecond() ^ Long.MIN_VALUE)
        .putInt(time.getNano())
        .array();
  }

  static Instant time(byte[] key, int from) {
    var buffer = ByteBuffer.wrap(key, from, TIME_BYTES);
    return Instant.ofEpochSecond(buffer.getLong() ^ Long.MIN_VALUE, buffer.getInt());
  }

  /** Falls as time rises, so that what is newest comes first. */
  static byte[] newestFirst(Instant time) {
    byte[] bytes = time(time);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
    return bytes;
  }

  static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The first key after all that start with the prefix. */
  static byte[] after(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      throw new IllegalArgumentException("no key comes after all that start with bytes 255 alone");
    }
    byte[] next = Arrays.copyOf(prefix, last + 1);
    next[last]++;
    return next;
  }
}
