package io.bridgewatch.adapter.otlp;

import java.time.Duration;
import java.util.Optional;

/**
 * Where and how the gRPC server listens.
 *
 * @param host address to listen on
 * @param port 0 for any that is free
 * @param maxCalls calls at one time; beyond them senders are told to come again, so that no more
 *     than so many messages are in memory
 * @param drainTime how long calls that are under way may take to end on shutdown
 * @param tls empty to speak in the clear
 */
public record GrpcSettings(
    String host, int port, int maxCalls, Duration drainTime, Optional<TlsFiles> tls) {

  /** OTLP's own port, 4317. */
  public static final int USUAL_PORT = 4317;

  /** 64 calls at one time, five seconds to end them, in the clear. */
  public static GrpcSettings on(String host, int port) {
    return new GrpcSettings(host, port, 64, Duration.ofSeconds(5), Optional.empty());
  }

  /** The same over TLS, if files are given. */
  public GrpcSettings withTls(Optional<TlsFiles> files) {
    return new GrpcSettings(host, port, maxCalls, drainTime, files);
  }
}
