package io.bridgewatch.adapter.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one copy of strings that come again and again: label keys and values, namespaces, images,
 * reasons. Of fixed size: a newcomer takes the place of whoever shares its slot. Safe for several
 * threads, since a lost race costs only a second copy.
 */
final class Interner {

  private static final int SLOTS = 1 << 14;
  private static final int MAX_LENGTH = 96;

  private final @Nullable String[] slots = new @Nullable String[SLOTS];

  String string(char[] buffer, int offset, int length) {
    if (length > MAX_LENGTH) {
      return new String(buffer, offset, length);
    }
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + buffer[offset + i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    String known = slots[slot];
    if (known != null && equal(known, buffer, offset, length)) {
      return known;
    }
    var fresh = new String(buffer, offset, length);
    slots[slot] = fresh;
    return fresh;
  }

  private static boolean equal(String known, char[] buffer, int offset, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != buffer[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
