package io.bridgewatch.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads protobuf's wire format field by field, without a schema and without copies.
 *
 * <p>Each reading method consumes the value of the current field. Numbers of repeated fields may be
 * packed or not. Text that is no UTF-8 is read with replacement characters.
 */
final class Wire {

  /** Handles one field of a message; must consume its value or {@link #skip} it. */
  interface Field {
    /** Called with the number of the field. */
    void read(int number);
  }

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int GROUP_START = 3;
  private static final int GROUP_END = 4;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int maxDepth;
  private int at;
  private int end;
  private int type;
  private int depth;

  Wire(byte[] bytes, int maxDepth) {
    this.bytes = bytes;
    this.maxDepth = maxDepth;
    this.end = bytes.length;
  }

  /** Reads every field up to the end of the message that was entered. */
  void fields(Field field) {
    while (at < end) {
      long tag = rawVarint();
      type = (int) (tag & 7);
      long number = tag >>> 3;
      if (number == 0 || number > Integer.MAX_VALUE) {
        throw new ShapeException("field number " + number + " at byte " + at);
      }
      field.read((int) number);
    }
  }

  /** Reads the fields of the message that is the value of the current field. */
  void message(Field field) {
    wanted(LENGTH);
    int outer = end;
    int size = length();
    end = at + size;
    deeper();
    fields(field);
    depth--;
    end = outer;
  }

  private void deeper() {
    if (++depth > maxDepth) {
      throw new ShapeException("nested deeper than " + maxDepth + " at byte " + at);
    }
  }

  String text() {
    wanted(LENGTH);
    int size = length();
    at += size;
    return size == 0 ? "" : new String(bytes, at - size, size, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    wanted(LENGTH);
    int size = length();
    at += size;
    return Arrays.copyOfRange(bytes, at - size, at);
  }

  long varint() {
    wanted(VARINT);
    return rawVarint();
  }

  /** A zigzag-coded varint, as {@code sint32} and {@code sint64} are. */
  long signedVarint() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  long fixed64() {
    wanted(FIXED64);
    return raw64();
  }

  double float64() {
    return Double.longBitsToDouble(fixed64());
  }

  /** Adds the value or values of a repeated {@code double}. */
  void doubles(Numbers into) {
    numbers(into, FIXED64, () -> Double.longBitsToDouble(raw64()));
  }

  /** Adds the value or values of a repeated {@code fixed64}; above 2^63 they are negative. */
  void fixed64s(Numbers into) {
    numbers(into, FIXED64, this::raw64);
  }

  /** Adds the value or values of a repeated {@code uint64}; above 2^63 they are negative. */
  void varints(Numbers into) {
    numbers(into, VARINT, this::rawVarint);
  }

  private interface Number {
    double read();
  }

  private void numbers(Numbers into, int single, Number number) {
    if (type == single) {
      into.add(number.read());
      return;
    }
    wanted(LENGTH);
    int outer = end;
    int size = length();
    end = at + size;
    while (at < end) {
      into.add(number.read());
    }
    end = outer;
  }

  void skip() {
    switch (type) {
      case VARINT -> rawVarint();
      case FIXED64 -> advance(8);
      case LENGTH -> advance(length());
      case GROUP_START -> skipGroup();
      case FIXED32 -> advance(4);
      default -> throw new ShapeException("wire type " + type + " at byte " + at);
    }
  }

  private void skipGroup() {
    deeper();
    while (true) {
      type = (int) (rawVarint() & 7);
      if (type == GROUP_END) {
        depth--;
        return;
      }
      skip();
    }
  }

  private void wanted(int wanted) {
    if (type != wanted) {
      throw new ShapeException("wire type " + type + " instead of " + wanted + " at byte " + at);
    }
  }

  private int length() {
    long size = rawVarint();
    if (size < 0 || size > end - at) {
      throw new ShapeException("a length of " + size + " at byte " + at + " where fewer follow");
    }
    return (int) size;
  }

  private long rawVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw new ShapeException("a number ends in mid-byte at byte " + at);
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new ShapeException("a number of more than ten bytes at byte " + at);
  }

  private long raw64() {
    advance(8);
    long value = 0;
    for (int i = 1; i <= 8; i++) {
      value = value << 8 | bytes[at - i] & 0xff;
    }
    return value;
  }

  private void advance(int size) {
    if (size > end - at) {
      throw new ShapeException("a number is cut off at byte " + at);
    }
    at += size;
  }
}
