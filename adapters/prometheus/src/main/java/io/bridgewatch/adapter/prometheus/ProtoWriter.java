package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes protobuf's wire format into an array that is used again after {@link #clear}. */
final class ProtoWriter {
  private byte[] bytes = new byte[256];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** What was written, from the array's beginning on; valid until the next call. */
  byte[] bytes() {
    return bytes;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  void varint(int field, long value) {
    raw(ProtoReader.tag(field, ProtoReader.VARINT));
    raw(value);
  }

  void fixed(int field, double value) {
    raw(ProtoReader.tag(field, ProtoReader.FIXED64));
    fixed(value);
  }

  void string(int field, String text) {
    byte[] encoded = text.getBytes(UTF_8);
    bytes(field, encoded, encoded.length);
  }

  void message(int field, ProtoWriter message) {
    bytes(field, message.bytes, message.size);
  }

  private void bytes(int field, byte[] from, int length) {
    raw(ProtoReader.tag(field, ProtoReader.BYTES));
    raw(length);
    ensure(length);
    System.arraycopy(from, 0, bytes, size, length);
    size += length;
  }

  /** A varint without a tag, as in packed fields. */
  void raw(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A double without a tag. */
  void fixed(double value) {
    ensure(Long.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[size++] = (byte) (bits >>> (8 * i));
    }
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
