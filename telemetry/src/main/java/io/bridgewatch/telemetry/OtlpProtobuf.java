package io.bridgewatch.telemetry;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** What the three OTLP signals share in protobuf: attributes, values of any type, ids. */
final class OtlpProtobuf {

  private static final HexFormat HEX = HexFormat.of();

  /** A key and a value as they are being read. */
  private static final class Pair {
    private String key = "";
    private String value = "";
  }

  private OtlpProtobuf() {}

  /** The attributes of a Resource, which is the current field. */
  static Map<String, String> resource(Wire wire, TelemetryLimits limits) {
    var found = new AttributeDraft(limits);
    wire.message(
        number -> {
          if (number == 1) {
            attribute(wire, found);
          } else {
            wire.skip();
          }
        });
    return found.values();
  }

  /** One KeyValue, which is the current field. */
  static void attribute(Wire wire, AttributeDraft into) {
    Pair pair = pair(wire, false);
    into.put(pair.key, pair.value);
  }

  private static Pair pair(Wire wire, boolean inside) {
    var pair = new Pair();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> pair.key = wire.text();
            case 2 -> pair.value = anyValue(wire, inside);
            default -> wire.skip();
          }
        });
    return pair;
  }

  /** A string as it is; anything else in its JSON form; empty where there is no value. */
  static String anyValue(Wire wire) {
    return anyValue(wire, false);
  }

  private static String anyValue(Wire wire, boolean inside) {
    String[] text = {""};
    wire.message(
        number -> {
          switch (number) {
            case 1 -> text[0] = ValueText.string(wire.text(), inside);
            case 2 -> text[0] = String.valueOf(wire.varint() != 0);
            case 3 -> text[0] = Long.toString(wire.varint());
            case 4 -> text[0] = String.valueOf(wire.float64());
            case 5 -> text[0] = list(wire);
            case 6 -> text[0] = map(wire);
            case 7 ->
                text[0] =
                    ValueText.string(Base64.getEncoder().encodeToString(wire.bytes()), inside);
            default -> wire.skip();
          }
        });
    return text[0];
  }

  private static String list(Wire wire) {
    var list = new ValueText();
    wire.message(
        number -> {
          if (number == 1) {
            list.element(anyValue(wire, true));
          } else {
            wire.skip();
          }
        });
    return list.list();
  }

  private static String map(Wire wire) {
    var map = new ValueText();
    wire.message(
        number -> {
          if (number == 1) {
            Pair pair = pair(wire, true);
            map.element(pair.key, pair.value);
          } else {
            wire.skip();
          }
        });
    return map.map();
  }

  /** A trace or span id in lower-case hexadecimal; empty where it is absent or all zeros. */
  static String id(Wire wire) {
    byte[] id = wire.bytes();
    for (byte b : id) {
      if (b != 0) {
        return HEX.formatHex(id);
      }
    }
    return "";
  }
}
