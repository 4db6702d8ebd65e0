package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines of bytes without copying each. */
final class Lines {

  private final InputStream in;
  private final String file;
  private final int maxLineBytes;
  private byte[] buffer = new byte[1 << 17];
  private int start;
  private int end;
  private int filled;
  private long number;
  private boolean atEnd;

  Lines(InputStream in, String file, int maxLineBytes) {
    this.in = in;
    this.file = file;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Moves to the next line that is not empty; false at the end. What was read before a fault of the
   * stream is handed out first, as far as it is whole lines.
   */
  boolean next() throws IOException {
    start = number == 0 ? 0 : Math.min(end + 1, filled);
    int scanned = start;
    while (true) {
      for (int i = scanned; i < filled; i++) {
        if (buffer[i] == '\n') {
          number++;
          if (i > start) {
            end = i;
            checkLength();
            return true;
          }
          start = i + 1; // an empty line; a flood of them must not cost a call each
        }
      }
      scanned = filled;
      end = filled;
      if (atEnd) {
        number++;
        checkLength();
        return end > start;
      }
      if (filled - start > maxLineBytes) {
        number++;
        checkLength();
      }
      if (filled == buffer.length) {
        scanned -= makeRoom();
      }
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        atEnd = true;
      } else {
        filled += read;
      }
    }
  }

  private void checkLength() throws BundleException {
    if (end - start > maxLineBytes) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          file,
          number,
          "cannot read line "
              + number
              + " of "
              + file
              + ": it is longer than "
              + maxLineBytes
              + " bytes; write one export request a line",
          null);
    }
  }

  /** Moves the open line to the front, or doubles the buffer; returns by how much it moved. */
  private int makeRoom() {
    int moved = start;
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled > buffer.length / 2) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, Integer.MAX_VALUE - 16));
    }
    return moved;
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int length() {
    return end - start;
  }

  /** Of the current line, counted from 1. */
  long number() {
    return number;
  }

  boolean isBlank() {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
