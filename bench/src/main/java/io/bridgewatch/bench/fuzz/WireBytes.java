package io.bridgewatch.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Writes protobuf messages by hand. */
public final class WireBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public WireBytes number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  /** Eight bytes, least first. */
  public WireBytes fixed(int field, long value) {
    varint(field << 3 | 1);
    for (int i = 0; i < 8; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  WireBytes real(int field, double value) {
    varint(field << 3 | 1);
    return rawReal(value);
  }

  WireBytes rawReal(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      out.write((int) (bits >>> (8 * i)));
    }
    return this;
  }

  public WireBytes text(int field, String value) {
    return bytes(field, value.getBytes(UTF_8));
  }

  public WireBytes message(int field, WireBytes message) {
    return bytes(field, message.toArray());
  }

  WireBytes packed(int field, long... values) {
    var packed = new WireBytes();
    for (long value : values) {
      packed.varint(value);
    }
    return message(field, packed);
  }

  public WireBytes bytes(int field, byte[] value) {
    varint(field << 3 | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  WireBytes raw(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  WireBytes varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  public byte[] toArray() {
    return out.toByteArray();
  }

  /** The bytes as one literal of Snappy's block format, so that mutations reach what is inside. */
  static byte[] snappy(byte[] bytes) {
    var block = new WireBytes();
    block.varint(bytes.length);
    if (bytes.length > 0) {
      int last = bytes.length - 1;
      block.out.write(62 << 2); // the length less one in three bytes
      for (int i = 0; i < 3; i++) {
        block.out.write(last >>> (8 * i));
      }
      block.out.writeBytes(bytes);
    }
    return block.toArray();
  }
}
