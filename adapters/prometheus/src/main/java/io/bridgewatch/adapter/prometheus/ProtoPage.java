package io.bridgewatch.adapter.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a page of {@code io.prometheus.client.MetricFamily} messages, each with its length before
 * it. One message is in memory at a time; one that is too long or that cannot be read is counted,
 * and the others are kept. Not safe for use by several threads.
 */
final class ProtoPage {
  private static final int LONGEST_FAMILY = 16 << 20;
  private static final int FIRST_SIZE = 16 << 10;
  private static final int KEPT_SIZE = 1 << 20;
  private static final int LONGEST_HELP = 1024;
  private static final int METRIC = ProtoReader.tag(4, ProtoReader.BYTES);

  /** Instead of a length: the page ends, is not what it should be, or is longer than allowed. */
  private static final long ENDED = -1;

  private static final long BROKEN = -2;
  private static final long CUT = -3;

  private final PageSeries page;
  private final Families families;
  private final Names names;
  private final int mostBytes;
  private final int longestFamily;
  private final ProtoMetric metric;
  private final ProtoReader in = new ProtoReader();
  private byte[] message = new byte[FIRST_SIZE];

  private InputStream body = InputStream.nullInputStream();
  private long left;

  ProtoPage(
      PageSeries page,
      Families families,
      Names names,
      ExpositionLimits limits,
      boolean honorTimestamps) {
    this.page = page;
    this.families = families;
    this.names = names;
    this.mostBytes = limits.pageBytes();
    this.longestFamily = Math.min(LONGEST_FAMILY, limits.pageBytes());
    this.metric = new ProtoMetric(page, names, limits, honorTimestamps);
  }

  /**
   * @return whether all of it could be read
   * @throws IOException if the stream does
   */
  boolean read(InputStream stream) throws IOException {
    body = stream;
    left = mostBytes;
    metric.begin();
    boolean complete = readAll();
    body = InputStream.nullInputStream();
    if (message.length > KEPT_SIZE) {
      message = new byte[FIRST_SIZE];
    }
    return complete;
  }

  private boolean readAll() throws IOException {
    boolean complete = true;
    boolean first = true;
    while (true) {
      long length = readLength();
      if (length == ENDED) {
        return complete;
      }
      boolean fits = length <= longestFamily;
      long got = length < 0 ? length : fits ? fill((int) length) : skip(length);
      if (got < 0) {
        page.count(got == CUT ? IntakeReason.BODY_TOO_LARGE : unreadable(first));
        return false;
      }
      if (!fits) {
        page.count(IntakeReason.LINE_TOO_LONG);
        complete = false;
      } else if (!readFamily((int) length)) {
        page.count(unreadable(first));
        complete = false;
        if (first) {
          return false;
        }
      }
      if (metric.overflowed()) {
        page.count(IntakeReason.TOO_MANY_SAMPLES);
        return false;
      }
      first = false;
    }
  }

  private static IntakeReason unreadable(boolean first) {
    return first ? IntakeReason.NOT_METRICS : IntakeReason.PROTOBUF_INVALID;
  }

  /** Of the next message; {@link #ENDED}, {@link #BROKEN} or {@link #CUT} if there is none. */
  private long readLength() throws IOException {
    long length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (left == 0) {
        return CUT;
      }
      int b = body.read();
      if (b < 0) {
        return shift == 0 ? ENDED : BROKEN;
      }
      left--;
      length |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return length;
      }
    }
    return BROKEN;
  }

  /** Brings the message into memory, which grows as its bytes come and not as they are promised. */
  private long fill(int length) throws IOException {
    if (length > left) {
      return CUT;
    }
    int filled = 0;
    while (filled < length) {
      if (filled == message.length) {
        message = Arrays.copyOf(message, Math.min(2 * message.length, longestFamily));
      }
      int read = body.read(message, filled, Math.min(length, message.length) - filled);
      if (read < 0) {
        return BROKEN;
      }
      filled += read;
      left -= read;
    }
    return filled;
  }

  private long skip(long length) throws IOException {
    if (length > left) {
      return CUT;
    }
    long rest = length;
    while (rest > 0) {
      int read = body.read(message, 0, (int) Math.min(rest, message.length));
      if (read < 0) {
        return BROKEN;
      }
      rest -= read;
      left -= read;
    }
    return length;
  }

  /**
   * Name and type first, wherever they stand, then the metrics.
   *
   * @return whether it is a family
   */
  private boolean readFamily(int length) {
    in.open(message, 0, length);
    String name = "";
    String help = "";
    String unit = "";
    int type = 0;
    boolean utf8 = true;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.BYTES)) {
        int size = in.length();
        String text = names.decode(in.bytes(), in.at(), in.at() + size);
        utf8 = text != null;
        name = text == null ? "" : text;
        in.skip(size);
      } else if (tag == ProtoReader.tag(2, ProtoReader.BYTES)) {
        help = text();
      } else if (tag == ProtoReader.tag(3, ProtoReader.VARINT)) {
        type = (int) in.varint();
      } else if (tag == ProtoReader.tag(5, ProtoReader.BYTES)) {
        unit = text();
      } else {
        in.skipField(tag);
      }
    }
    if (in.broken()) {
      return false;
    }
    if (name.isEmpty()) {
      page.count(utf8 ? IntakeReason.NAME_INVALID : IntakeReason.UTF8_INVALID);
      return true;
    }
    MetricType known = type(type);
    if (!families.type(name, known) || !families.unit(name, unit) || !families.help(name, help)) {
      page.count(IntakeReason.TOO_MANY_FAMILIES);
    }
    metric.family(name, known);
    in.open(message, 0, length);
    while (in.hasMore() && !metric.overflowed()) {
      int tag = in.tag();
      if (tag == METRIC) {
        int outer = in.enter(in.length());
        metric.read(in);
        in.leave(outer);
      } else {
        in.skipField(tag);
      }
    }
    return !in.broken();
  }

  private static MetricType type(int number) {
    return switch (number) {
      case 0 -> MetricType.COUNTER;
      case 1 -> MetricType.GAUGE;
      case 2 -> MetricType.SUMMARY;
      case 4 -> MetricType.HISTOGRAM;
      case 5 -> MetricType.GAUGE_HISTOGRAM;
      default -> MetricType.UNKNOWN;
    };
  }

  /** At most 1 KiB of a text; empty if it is longer or not UTF-8. */
  private String text() {
    int length = in.length();
    String text =
        length > LONGEST_HELP ? null : names.decode(in.bytes(), in.at(), in.at() + length);
    in.skip(length);
    return text == null ? "" : text;
  }
}
