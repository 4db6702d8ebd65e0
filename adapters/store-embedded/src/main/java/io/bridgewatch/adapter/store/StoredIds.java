package io.bridgewatch.adapter.store;

import java.util.HexFormat;

/** Ids of traces and spans, which mostly are hexadecimal: then in half as many bytes. */
final class StoredIds {

  private static final HexFormat HEX = HexFormat.of();
  private static final int HEX_MARK = 1;

  private StoredIds() {}

  static boolean isHex(String id) {
    if (id.isEmpty() || id.length() % 2 != 0) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static void write(Encoder out, String id) {
    if (isHex(id)) {
      out.unsigned((long) id.length() << 1 | HEX_MARK);
      for (byte one : HEX.parseHex(id)) {
        out.octet(one);
      }
    } else {
      out.unsigned(0).plain(id);
    }
  }

  static String read(Decoder in) {
    int length = in.count() >>> 1;
    if (length == 0) {
      return in.plain();
    }
    var bytes = new byte[length / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) in.octet();
    }
    return HEX.formatHex(bytes);
  }
}
