package io.bridgewatch.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads Thrift's binary form field by field, without a schema.
 *
 * <p>Each reading method consumes the value of the current field or element. Sizes are believed
 * only as far as bytes follow.
 */
final class Thrift {

  static final int BOOL = 2;
  static final int BYTE = 3;
  static final int DOUBLE = 4;
  static final int I16 = 6;
  static final int I32 = 8;
  static final int I64 = 10;
  static final int STRING = 11;
  static final int STRUCT = 12;
  static final int MAP = 13;
  static final int SET = 14;
  static final int LIST = 15;
  private static final int STOP = 0;

  /** Handles one field of a struct; must consume its value or {@link #skip} it. */
  interface Field {
    /** Called with the number of the field. */
    void read(int number);
  }

  private final byte[] bytes;
  private final int maxDepth;
  private int at;
  private int type = STRUCT;
  private int depth;

  Thrift(byte[] bytes, int maxDepth) {
    this.bytes = bytes;
    this.maxDepth = maxDepth;
  }

  /** Reads every field of a struct. */
  void struct(Field field) {
    wanted(STRUCT);
    deeper();
    while (true) {
      type = (int) number(1);
      if (type == STOP) {
        depth--;
        return;
      }
      field.read((int) number(2));
    }
  }

  /** Reads every element of a list. */
  void list(Runnable element) {
    wanted(LIST);
    deeper();
    int of = (int) number(1);
    int size = size();
    for (int i = 0; i < size; i++) {
      type = of;
      element.run();
    }
    depth--;
  }

  String text() {
    byte[] value = binary();
    return new String(value, StandardCharsets.UTF_8);
  }

  byte[] binary() {
    wanted(STRING);
    int size = size();
    at += size;
    return Arrays.copyOfRange(bytes, at - size, at);
  }

  long i64() {
    wanted(I64);
    return number(8);
  }

  int i32() {
    wanted(I32);
    return (int) number(4);
  }

  double float64() {
    wanted(DOUBLE);
    return Double.longBitsToDouble(number(8));
  }

  boolean bool() {
    wanted(BOOL);
    return number(1) != 0;
  }

  void skip() {
    switch (type) {
      case BOOL, BYTE -> number(1);
      case I16 -> number(2);
      case I32 -> number(4);
      case DOUBLE, I64 -> number(8);
      case STRING -> {
        int size = size();
        at += size;
      }
      case STRUCT -> struct(number -> skip());
      case SET, LIST -> {
        type = LIST;
        list(this::skip);
      }
      case MAP -> skipMap();
      default -> throw new ShapeException("type " + type + " at byte " + at);
    }
  }

  private void skipMap() {
    deeper();
    int keys = (int) number(1);
    int values = (int) number(1);
    int size = size();
    for (int i = 0; i < size; i++) {
      type = keys;
      skip();
      type = values;
      skip();
    }
    depth--;
  }

  private void deeper() {
    if (++depth > maxDepth) {
      throw new ShapeException("nested deeper than " + maxDepth + " at byte " + at);
    }
  }

  private void wanted(int wanted) {
    if (type != wanted) {
      throw new ShapeException("type " + type + " instead of " + wanted + " at byte " + at);
    }
  }

  /** Bytes of a string or elements of a list: each takes one byte at least. */
  private int size() {
    int size = (int) number(4);
    if (size < 0 || size > bytes.length - at) {
      throw new ShapeException("a size of " + size + " at byte " + at + " where fewer follow");
    }
    return size;
  }

  private long number(int size) {
    if (size > bytes.length - at) {
      throw new ShapeException("a number is cut off at byte " + at);
    }
    long value = size == 1 || bytes[at] >= 0 ? 0 : -1;
    for (int i = 0; i < size; i++) {
      value = value << 8 | bytes[at++] & 0xff;
    }
    return value;
  }
}
