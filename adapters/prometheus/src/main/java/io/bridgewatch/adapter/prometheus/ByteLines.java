package io.bridgewatch.adapter.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of a stream, in a buffer that is used again for each: read {@link #buffer} from {@link
 * #start} to {@link #end} before going on. Line ends are {@code \n} or {@code \r\n}.
 */
final class ByteLines {
  private static final int FIRST_SIZE = 16 << 10;

  private final int longest;
  private byte[] buffer = new byte[FIRST_SIZE];
  private InputStream source = InputStream.nullInputStream();
  private int start;
  private int end;
  private int next;
  private int filled;
  private long bytes;
  private long most;
  private boolean ended;
  private boolean tooLong;

  /**
   * @param longest line in bytes; longer ones are skipped and told by {@link #tooLong}
   */
  ByteLines(int longest) {
    this.longest = longest;
  }

  /** Begins with another stream, of which at most so many bytes are read. */
  void open(InputStream stream, long mostBytes) {
    source = stream;
    most = mostBytes;
    start = 0;
    end = 0;
    next = 0;
    filled = 0;
    bytes = 0;
    ended = false;
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Whether the line at hand was longer than allowed; then it is empty. */
  boolean tooLong() {
    return tooLong;
  }

  /** Whether there was more than may be read. */
  boolean cut() {
    return bytes > most;
  }

  /**
   * @return whether there is a line; the last one need not end with a line end
   */
  boolean next() throws IOException {
    tooLong = false;
    start = next;
    int at = next;
    while (true) {
      int found = newline(at);
      if (found >= 0) {
        take(found, found + 1);
        return true;
      }
      at = filled;
      if (ended || cut()) {
        return lastLine();
      }
      if (filled - start > longest) {
        tooLong = true;
        filled = start;
        at = start;
      }
      at -= makeRoom();
      fill();
    }
  }

  private int newline(int from) {
    byte[] text = buffer;
    for (int i = from; i < filled; i++) {
      if (text[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** What follows the last line end; a line that was cut is none. */
  private boolean lastLine() {
    boolean some = (filled > start || tooLong) && !cut();
    take(filled, filled);
    return some;
  }

  private void take(int lineEnd, int nextStart) {
    tooLong = tooLong || lineEnd - start > longest;
    end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    end = tooLong ? start : end;
    next = nextStart;
  }

  /**
   * @return by how much the line at hand moved to the front
   */
  private int makeRoom() {
    int moved = start;
    if (moved > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, longest + FIRST_SIZE));
    }
    return moved;
  }

  private void fill() throws IOException {
    int read = source.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      ended = true;
    } else {
      filled += read;
      bytes += read;
    }
  }
}
