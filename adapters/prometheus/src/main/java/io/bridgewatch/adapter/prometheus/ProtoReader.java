package io.bridgewatch.adapter.prometheus;

/**
 * Reads protobuf's wire format from bytes. Nothing is thrown: {@link #broken} tells when the bytes
 * were not what they should be, and then there is no more to read.
 */
final class ProtoReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private boolean broken;

  void open(byte[] message, int from, int to) {
    bytes = message;
    at = from;
    end = to;
    broken = false;
  }

  boolean broken() {
    return broken;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  boolean hasMore() {
    return at < end && !broken;
  }

  /** The field's number times eight and its wire type; 0 if there is none. */
  int tag() {
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      broken = true;
    }
    return broken ? 0 : (int) tag;
  }

  static int tag(int field, int wire) {
    return field << 3 | wire;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        break;
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    broken = true;
    return 0;
  }

  /** A varint of zigzag coding. */
  long zigzag() {
    long raw = varint();
    return raw >>> 1 ^ -(raw & 1);
  }

  double fixedDouble() {
    if (end - at < Long.BYTES) {
      broken = true;
      return 0;
    }
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    at += Long.BYTES;
    return Double.longBitsToDouble(value);
  }

  /**
   * The length of what follows, all of which is there; read it, then call {@link #leave} or {@link
   * #skip(int)}.
   */
  int length() {
    long length = varint();
    if (broken || length < 0 || length > end - at) {
      broken = true;
      return 0;
    }
    return (int) length;
  }

  /**
   * Reads the next bytes only.
   *
   * @return what to give to {@link #leave}
   */
  int enter(int length) {
    int outer = end;
    end = at + length;
    return outer;
  }

  /** Goes on after the bytes that were entered. */
  void leave(int outer) {
    at = end;
    end = outer;
  }

  /** Goes back to where the bytes that were entered began. */
  void back(int start) {
    at = start;
  }

  void skip(int length) {
    at += length;
  }

  /** Passes over a field of that tag. */
  void skipField(int tag) {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> fixedDouble();
      case BYTES -> skip(length());
      case FIXED32 -> {
        broken = broken || end - at < Integer.BYTES;
        at += broken ? 0 : Integer.BYTES;
      }
      default -> broken = true;
    }
  }
}
