package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult.Phase;
import io.bridgewatch.model.ProbeResult.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One request and its answer over HTTP/1.1 on a connection of its own. Written out by hand, because
 * the JDK's client tells nothing of its phases.
 */
final class HttpExchange {

  private static final int MAX_HEAD = 64 << 10;
  private static final int MAX_BODY = 1 << 20;

  private final Probe.Http probe;
  private final Phases phases;
  private int status;
  private long length = -1;
  private boolean chunked;
  private int headBytes;

  HttpExchange(Probe.Http probe, Phases phases) {
    this.probe = probe;
    this.phases = phases;
  }

  /** The answer's status. */
  int status() {
    return status;
  }

  /**
   * Sends the request and reads the answer.
   *
   * @return the body, or its first megabyte
   * @throws IOException if the connection breaks
   * @throws ProbeFailedException if the answer is not HTTP
   */
  String run(InputStream raw, OutputStream out) throws IOException, ProbeFailedException {
    phases.begin(Phase.FIRST_BYTE);
    out.write(request().getBytes(StandardCharsets.UTF_8));
    out.flush();
    var in = new BufferedInputStream(raw);
    in.mark(1);
    if (in.read() < 0) {
      throw broken("the connection was closed without an answer");
    }
    in.reset();
    phases.begin(Phase.TRANSFER);
    try {
      head(in);
      return body(in).toString(StandardCharsets.UTF_8);
    } catch (EOFException e) {
      throw broken("the answer ends in the middle");
    }
  }

  private String request() {
    var text = new StringBuilder();
    text.append(probe.method()).append(' ').append(probe.target()).append(" HTTP/1.1\r\n");
    if (probe.headers().keySet().stream().noneMatch(name -> name.equalsIgnoreCase("host"))) {
      text.append("Host: ").append(probe.authority()).append("\r\n");
    }
    probe
        .headers()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("Connection: close\r\n\r\n").toString();
  }

  private void head(InputStream in) throws IOException, ProbeFailedException {
    do {
      String first = line(in);
      if (!first.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
        throw broken("it begins with \"" + shortened(first) + "\"");
      }
      status = Integer.parseInt(first.substring(9, 12));
      headers(in);
    } while (status < 200 && status != 101);
  }

  private void headers(InputStream in) throws IOException, ProbeFailedException {
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw broken("there is a header \"" + shortened(line) + "\"");
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = size(value, 10);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        default -> {}
      }
    }
  }

  private ByteArrayOutputStream body(InputStream in) throws IOException, ProbeFailedException {
    var body = new ByteArrayOutputStream();
    if (probe.method().equals("HEAD") || status == 204 || status == 304 || status < 200) {
      return body;
    }
    if (chunked) {
      chunks(in, body);
    } else if (length >= 0) {
      copy(in, body, length, true);
    } else {
      copy(in, body, Long.MAX_VALUE, false);
    }
    return body;
  }

  private void chunks(InputStream in, ByteArrayOutputStream body)
      throws IOException, ProbeFailedException {
    while (true) {
      String line = line(in);
      int extension = line.indexOf(';');
      long size = size((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (size == 0 || !copy(in, body, size, true)) {
        return;
      }
      headBytes = 0;
      if (!line(in).isEmpty()) {
        throw broken("a chunk is longer than it says");
      }
    }
  }

  /** Copies so many bytes; false where there was no room for all. */
  private static boolean copy(InputStream in, ByteArrayOutputStream body, long size, boolean exact)
      throws IOException {
    byte[] buffer = new byte[8 << 10];
    long left = size;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        if (exact) {
          throw new EOFException();
        }
        return true;
      }
      body.write(buffer, 0, Math.min(read, MAX_BODY - body.size()));
      if (body.size() == MAX_BODY) {
        return false;
      }
      left -= read;
    }
    return true;
  }

  private String line(InputStream in) throws IOException, ProbeFailedException {
    var line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      if (++headBytes > MAX_HEAD) {
        throw broken("its head is longer than " + MAX_HEAD + " bytes");
      }
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
  }

  private long size(String text, int radix) throws ProbeFailedException {
    try {
      long size = Long.parseLong(text, radix);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw broken("it states a size of \"" + shortened(text) + "\"");
  }

  private ProbeFailedException broken(String why) {
    return new ProbeFailedException(
        Reason.ANSWER_BROKEN,
        "cannot read the answer of " + probe.url() + " as HTTP: " + why,
        null);
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
