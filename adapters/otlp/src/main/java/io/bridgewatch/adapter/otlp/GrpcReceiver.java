package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.OtlpSignal;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Serves OTLP's three services and Jaeger's {@code jaeger.api_v2.CollectorService} over gRPC,
 * messages plain or in gzip.
 *
 * <p>Each call must bring a bearer token, else it ends as {@code UNAUTHENTICATED}. A message that
 * cannot be read ends as {@code INVALID_ARGUMENT}; one that is too large, or that finds the queue
 * or all calls taken, as {@code RESOURCE_EXHAUSTED}, the latter with the time to come again; one
 * that nothing can take for now as {@code UNAVAILABLE}. Records that are not used are told as
 * partial success.
 */
public final class GrpcReceiver implements AutoCloseable {

  private final Server server;
  private final ExecutorService executor;
  private final GrpcSettings settings;
  private final Optional<ServerIdentity> identity;

  private GrpcReceiver(
      Server server,
      ExecutorService executor,
      GrpcSettings settings,
      Optional<ServerIdentity> identity) {
    this.server = server;
    this.executor = executor;
    this.settings = settings;
    this.identity = identity;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the address cannot be had, or the files of TLS cannot be used
   */
  public static GrpcReceiver start(
      TelemetryReceiver receiver, TokenChecker tokens, GrpcSettings settings) throws IOException {
    Optional<ServerIdentity> identity =
        settings.tls().isPresent()
            ? Optional.of(ServerIdentity.of(settings.tls().get()))
            : Optional.empty();
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    var calls = new Semaphore(settings.maxCalls());
    String otlp = "opentelemetry.proto.collector.";
    try {
      var server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(settings.host(), settings.port()),
                  identity
                      .map(ServerIdentity::credentials)
                      .orElseGet(InsecureServerCredentials::create))
              .executor(executor)
              .maxInboundMessageSize(receiver.settings().limits().maxMessageBytes())
              .permitKeepAliveTime(10, TimeUnit.SECONDS)
              .permitKeepAliveWithoutCalls(true)
              .addService(
                  service(
                      otlp + "metrics.v1.MetricsService",
                      "Export",
                      new GrpcCalls(
                          receiver,
                          bytes -> receiver.otlpProtobuf(OtlpSignal.METRICS, bytes),
                          tokens,
                          calls)))
              .addService(
                  service(
                      otlp + "trace.v1.TraceService",
                      "Export",
                      new GrpcCalls(
                          receiver,
                          bytes -> receiver.otlpProtobuf(OtlpSignal.TRACES, bytes),
                          tokens,
                          calls)))
              .addService(
                  service(
                      otlp + "logs.v1.LogsService",
                      "Export",
                      new GrpcCalls(
                          receiver,
                          bytes -> receiver.otlpProtobuf(OtlpSignal.LOGS, bytes),
                          tokens,
                          calls)))
              .addService(
                  service(
                      "jaeger.api_v2.CollectorService",
                      "PostSpans",
                      new GrpcCalls(
                          receiver,
                          bytes -> withoutDetails(receiver.jaegerProtobuf(bytes)),
                          tokens,
                          calls)))
              .build()
              .start();
      return new GrpcReceiver(server, executor, settings, identity);
    } catch (IOException e) {
      executor.close();
      identity.ifPresent(ServerIdentity::close);
      throw new IOException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + " for gRPC: "
              + e.getMessage()
              + "; free the port or set another one",
          e);
    }
  }

  /** Jaeger's answer has no room for what was not used. */
  private static Outcome withoutDetails(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Taken _ -> new Outcome.Taken(Map.of());
      case Outcome.Busy busy -> busy;
      case Outcome.Closed closed -> closed;
      case Outcome.Unreadable unreadable -> unreadable;
    };
  }

  private static ServerServiceDefinition service(String name, String method, GrpcCalls calls) {
    var descriptor =
        MethodDescriptor.<GrpcMessage, GrpcMessage>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(name, method))
            .setRequestMarshaller(GrpcMessage.MARSHALLER)
            .setResponseMarshaller(GrpcMessage.MARSHALLER)
            .build();
    return ServerServiceDefinition.builder(name).addMethod(descriptor, calls).build();
  }

  /** The port that is listened on. */
  public int port() {
    return server.getPort();
  }

  /** Takes no new calls, waits for those under way, and ends the rest. */
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(settings.drainTime().toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    executor.shutdown();
    identity.ifPresent(ServerIdentity::close);
  }
}
