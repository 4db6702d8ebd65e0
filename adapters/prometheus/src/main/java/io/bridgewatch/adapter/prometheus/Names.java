package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text from bytes, each string once: the same names and values come in thousands of series.
 * Bounded: when full it begins anew. Not safe for use by several threads.
 */
final class Names {
  private static final int MOST_CHARS = 4 << 20;
  private static final int LONGEST = 256;

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final Map<String, String> strings = new HashMap<>();
  private final Map<Attributes, Attributes> sets = new HashMap<>();
  private long stringChars;
  private long setChars;

  /** The text, or null if it is not UTF-8. */
  @Nullable String decode(byte[] text, int from, int to) {
    if (isAscii(text, from, to)) {
      return one(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
    }
    try {
      return one(utf8.decode(ByteBuffer.wrap(text, from, to - from)).toString());
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The same set of attributes as was seen before, if it was. */
  Attributes one(Attributes attributes) {
    var known = sets.get(attributes);
    if (known != null) {
      return known;
    }
    for (Map.Entry<String, String> pair : attributes.asMap().entrySet()) {
      setChars += pair.getKey().length() + pair.getValue().length();
    }
    if (setChars > MOST_CHARS) {
      sets.clear();
      setChars = 0;
    }
    sets.put(attributes, attributes);
    return attributes;
  }

  private String one(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    var known = strings.putIfAbsent(text, text);
    if (known != null) {
      return known;
    }
    stringChars += text.length();
    if (stringChars > MOST_CHARS) {
      strings.clear();
      stringChars = 0;
    }
    return text;
  }

  private static boolean isAscii(byte[] text, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      all |= text[i];
    }
    return all >= 0;
  }
}
