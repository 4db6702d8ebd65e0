package io.bridgewatch.kubernetes.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The answer to one request: whole, or a stream in chunks. */
final class HttpAnswer {
  private static final int CHUNK_BYTES = 32 * 1024;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final InstantSource clock;
  private final boolean isHead;
  private int status;
  private long bytes;
  private volatile boolean isLast;

  HttpAnswer(Socket socket, InputStream in, OutputStream out, InstantSource clock, boolean isHead) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.clock = clock;
    this.isHead = isHead;
  }

  /** Zero until something has been sent. */
  int status() {
    return status;
  }

  /** Bytes of the body so far. */
  long bytes() {
    return bytes;
  }

  /** Whether the connection can serve no further request. */
  boolean isLast() {
    return isLast;
  }

  void send(int code, String contentType, byte[] body, Map<String, String> headers)
      throws IOException {
    status = code;
    head(code, contentType, headers, "Content-Length: " + body.length);
    if (!isHead) {
      out.write(body);
      bytes += body.length;
    }
    out.flush();
  }

  /** Starts a body of unknown length; its {@code flush} sends what was written so far. */
  ChunkedBody stream(String contentType) throws IOException {
    return stream(contentType, Map.of());
  }

  /**
   * The same for the last answer of a connection.
   *
   * @param whenClientGoes called when the client goes, from a thread of its own
   */
  ChunkedBody lastStream(String contentType, Runnable whenClientGoes) throws IOException {
    isLast = true;
    var body = stream(contentType, Map.of("Connection", "close"));
    Thread.ofVirtual()
        .name("kubernetes-server-client")
        .start(
            () -> {
              try {
                while (in.read() >= 0) {
                  // a client has nothing to say any more
                }
              } catch (IOException e) {
                // the connection broke: the client is gone as well
              }
              whenClientGoes.run();
            });
    return body;
  }

  private ChunkedBody stream(String contentType, Map<String, String> headers) throws IOException {
    status = 200;
    head(200, contentType, headers, "Transfer-Encoding: chunked");
    return new ChunkedBody();
  }

  /** Resets the connection: what was sent last may never be read. From any thread. */
  void cut() {
    close(true);
  }

  /** Ends the connection without ending the answer; what was sent arrives. */
  void breakOff() {
    close(false);
  }

  private void close(boolean reset) {
    isLast = true;
    try {
      if (reset) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // it is closed already, which is what was wanted
    }
  }

  private void head(int code, String contentType, Map<String, String> headers, String framing)
      throws IOException {
    var head = new StringBuilder("HTTP/1.1 ").append(code).append(' ').append(reason(code));
    head.append("\r\nContent-Type: ").append(contentType);
    head.append("\r\nDate: ").append(DATE.format(clock.instant()));
    head.append("\r\nCache-Control: no-cache, private\r\n").append(framing).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String reason(int code) {
    return switch (code) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Entity";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Status";
    };
  }

  /** The body of a streamed answer. */
  final class ChunkedBody extends OutputStream {
    private final byte[] buffer = new byte[CHUNK_BYTES];
    private int filled;

    @Override
    public void write(int value) throws IOException {
      if (filled == buffer.length) {
        emit();
      }
      buffer[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      var from = offset;
      var left = length;
      while (left > 0) {
        if (filled == buffer.length) {
          emit();
        }
        var count = Math.min(left, buffer.length - filled);
        System.arraycopy(source, from, buffer, filled, count);
        filled += count;
        from += count;
        left -= count;
      }
    }

    @Override
    public void flush() throws IOException {
      emit();
      out.flush();
    }

    /** Sends the rest and the mark of a complete answer. */
    void finish() throws IOException {
      emit();
      out.write(new byte[] {'0', '\r', '\n', '\r', '\n'});
      out.flush();
    }

    private void emit() throws IOException {
      if (filled == 0) {
        return;
      }
      out.write(Integer.toHexString(filled).getBytes(StandardCharsets.US_ASCII));
      out.write(LINE_END);
      out.write(buffer, 0, filled);
      out.write(LINE_END);
      bytes += filled;
      filled = 0;
    }
  }
}
