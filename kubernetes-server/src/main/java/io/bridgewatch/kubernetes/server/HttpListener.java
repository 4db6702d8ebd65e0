package io.bridgewatch.kubernetes.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP/1.1 on the loopback address, one virtual thread a connection, connections kept alive. Plain
 * sockets, because faults want to cut connections where an HTTP server would not.
 */
final class HttpListener {
  private final Handler handler;
  private final InstantSource clock;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Listening listening;

  /** The thread holds the port until it has noticed that the socket was closed. */
  private record Listening(ServerSocket socket, Thread thread) {}

  /** Answers one request. */
  interface Handler {
    void handle(HttpRequest request, HttpAnswer answer) throws IOException, InterruptedException;
  }

  /**
   * @param clock for the {@code Date} of answers
   * @param port zero for any free one
   */
  HttpListener(Handler handler, InstantSource clock, int port) {
    this.handler = handler;
    this.clock = clock;
    this.listening = listen(port);
  }

  int port() {
    return listening.socket.getLocalPort();
  }

  /** Listens on the same port again. */
  void reopen() {
    if (listening.socket.isClosed()) {
      listening = listen(listening.socket.getLocalPort());
    }
  }

  /** Takes no more connections and loses those that there are. */
  void close() {
    try {
      listening.socket.close();
      listening.thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(HttpListener::drop);
  }

  private Listening listen(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
      var name = "kubernetes-server-accept";
      return new Listening(socket, Thread.ofVirtual().name(name).start(() -> accept(socket)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on port %d of the loopback address".formatted(port), e);
    }
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        var socket = from.accept();
        socket.setTcpNoDelay(true);
        connections.add(socket);
        if (from.isClosed()) {
          drop(socket);
        }
        Thread.ofVirtual().name("kubernetes-server-connection").start(() -> serve(socket));
      } catch (IOException e) {
        // closed while it waited, or a client that went before it was taken: the loop decides
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
      var out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
      var keep = true;
      while (keep) {
        var request =
            HttpRequest.read(
                in,
                () -> {
                  out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  out.flush();
                });
        if (request.isEmpty()) {
          return;
        }
        var answer = new HttpAnswer(socket, in, out, clock, request.get().method().equals("HEAD"));
        handler.handle(request.get(), answer);
        keep = !answer.isLast() && !request.get().header("connection").equalsIgnoreCase("close");
      }
    } catch (IOException e) {
      // the client went, or spoke something else than HTTP: nobody is left to tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  private static void drop(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed already, which is what was wanted
    }
  }
}
