package io.bridgewatch.drill.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes protobuf messages, field by field; fields with their default value are left out. */
final class Protobuf {

  private byte[] bytes = new byte[256];
  private int size;

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  int size() {
    return size;
  }

  Protobuf text(int field, String value) {
    return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Protobuf bytes(int field, byte[] value) {
    tag(field, 2);
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** A number of 64 bits, the high byte first, as identifiers are written. */
  Protobuf identifier(int field, long... parts) {
    tag(field, 2);
    varint(8L * parts.length);
    for (long part : parts) {
      room(8);
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes[size++] = (byte) (part >>> shift);
      }
    }
    return this;
  }

  Protobuf number(int field, long value) {
    if (value != 0) {
      tag(field, 0);
      varint(value);
    }
    return this;
  }

  /** The same where zero has to be told from nothing. */
  Protobuf present(int field, long value) {
    tag(field, 0);
    varint(value);
    return this;
  }

  Protobuf fixed64(int field, long value) {
    tag(field, 1);
    room(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  Protobuf message(int field, Consumer<Protobuf> content) {
    var inner = new Protobuf();
    content.accept(inner);
    tag(field, 2);
    varint(inner.size);
    room(inner.size);
    System.arraycopy(inner.bytes, 0, bytes, size, inner.size);
    size += inner.size;
    return this;
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    room(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) (left & 0x7f | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
