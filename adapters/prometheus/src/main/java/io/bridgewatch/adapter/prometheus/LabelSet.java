package io.bridgewatch.adapter.prometheus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code name{label="value", …}} and {@code {"name in quotes", label="value"}}. Afterwards
 * the name and the labels are here until the next call. Labels without a value count as absent.
 */
final class LabelSet {
  private final Names names;
  private final LabelPairs labels;
  private byte[] unescaped = new byte[256];
  private String name = "";
  private byte[] text = new byte[0];
  private int at;
  private int to;

  LabelSet(ExpositionLimits limits, Names names) {
    this.labels = new LabelPairs(limits.labels(), limits.labelBytes());
    this.names = names;
  }

  String name() {
    return name;
  }

  LabelPairs pairs() {
    return labels;
  }

  /**
   * @return why the bytes are no series; null if they are one
   */
  @Nullable IntakeReason readSeries(byte[] bytes, int from, int end) {
    begin(bytes, from, end);
    int start = at;
    while (at < to && isNameByte(text[at], at == start, true)) {
      at++;
    }
    if (at > start) {
      String plain = names.decode(text, start, at);
      name = plain == null ? "" : plain;
    }
    skipBlanks();
    if (at < to && text[at] != '{') {
      return IntakeReason.NAME_INVALID;
    }
    IntakeReason reason = at < to ? readBraces(true) : null;
    if (reason != null) {
      return reason;
    }
    return at < to || name.isEmpty() ? IntakeReason.NAME_INVALID : null;
  }

  /**
   * Labels without a name, beginning with a brace.
   *
   * @return why they cannot be read; null if they can
   */
  @Nullable IntakeReason readLabels(byte[] bytes, int from, int end) {
    begin(bytes, from, end);
    IntakeReason reason = readBraces(false);
    return reason == null && at < to ? IntakeReason.LABELS_INVALID : reason;
  }

  private void begin(byte[] bytes, int from, int end) {
    text = bytes;
    at = from;
    to = end;
    name = "";
    labels.clear();
  }

  private @Nullable IntakeReason readBraces(boolean mayName) {
    at++;
    while (true) {
      skipBlanks();
      if (at < to && text[at] == '}') {
        at++;
        skipBlanks();
        return null;
      }
      IntakeReason reason = readOne(mayName);
      if (reason != null) {
        return reason;
      }
      skipBlanks();
      if (at < to && text[at] == ',') {
        at++;
      } else if (at >= to || text[at] != '}') {
        return IntakeReason.LABELS_INVALID;
      }
    }
  }

  private @Nullable IntakeReason readOne(boolean mayName) {
    boolean quoted = at < to && text[at] == '"';
    String label = quoted ? quoted() : word();
    if (label == null || label.isEmpty()) {
      return quoted && label == null ? IntakeReason.UTF8_INVALID : IntakeReason.LABELS_INVALID;
    }
    skipBlanks();
    if (quoted && (at >= to || text[at] != '=')) {
      if (!mayName || !name.isEmpty()) {
        return IntakeReason.LABELS_INVALID;
      }
      name = label;
      return null;
    }
    if (at >= to || text[at] != '=') {
      return IntakeReason.LABELS_INVALID;
    }
    at++;
    skipBlanks();
    if (at >= to || text[at] != '"') {
      return IntakeReason.LABELS_INVALID;
    }
    int start = at;
    String value = quoted();
    if (value == null) {
      return at < to ? IntakeReason.UTF8_INVALID : IntakeReason.LABELS_INVALID;
    }
    return label.equals("__name__")
        ? IntakeReason.LABELS_INVALID
        : labels.put(label, value, at - start);
  }

  private @Nullable String word() {
    int start = at;
    while (at < to && isNameByte(text[at], at == start, false)) {
      at++;
    }
    return names.decode(text, start, at);
  }

  /** Text in quotes, unescaped; null if it does not end or is not UTF-8. */
  private @Nullable String quoted() {
    int start = ++at;
    boolean escaped = false;
    while (at < to && text[at] != '"') {
      escaped |= text[at] == '\\';
      at += text[at] == '\\' ? 2 : 1;
    }
    if (at >= to) {
      at = to;
      return null;
    }
    int end = at++;
    return escaped ? unescaped(start, end) : names.decode(text, start, end);
  }

  private @Nullable String unescaped(int from, int end) {
    if (unescaped.length < end - from) {
      unescaped = Arrays.copyOf(unescaped, Math.max(2 * unescaped.length, end - from));
    }
    int length = 0;
    for (int i = from; i < end; i++) {
      byte b = text[i];
      if (b == '\\') {
        byte next = text[++i];
        if (next == 'n') {
          b = '\n';
        } else if (next == '\\' || next == '"') {
          b = next;
        } else {
          unescaped[length++] = b;
          b = next;
        }
      }
      unescaped[length++] = b;
    }
    return names.decode(unescaped, 0, length);
  }

  private void skipBlanks() {
    while (at < to && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
  }

  /** Whether the byte may stand in a name without quotes; metrics may have colons. */
  static boolean isNameByte(byte b, boolean first, boolean metric) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (metric && b == ':')
        || (!first && b >= '0' && b <= '9');
  }
}
