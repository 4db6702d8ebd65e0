package io.bridgewatch.hub;

import io.bridgewatch.adapter.otlp.GrpcReceiver;
import io.bridgewatch.adapter.otlp.GrpcSettings;
import io.bridgewatch.adapter.otlp.TelemetryReceiver;
import io.bridgewatch.adapter.otlp.TokenChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Listens for OTLP over gRPC, if the options say so. */
final class GrpcIngest implements AutoCloseable {

  private final Optional<GrpcReceiver> receiver;

  private GrpcIngest(Optional<GrpcReceiver> receiver) {
    this.receiver = receiver;
  }

  /**
   * @throws UncheckedIOException if the port cannot be had, or the files of TLS cannot be used
   */
  static GrpcIngest start(HubOptions options, TelemetryReceiver receiver, TokenChecker tokens) {
    var port = options.collect().grpcPort();
    if (port.isEmpty()) {
      return new GrpcIngest(Optional.empty());
    }
    try {
      return new GrpcIngest(
          Optional.of(
              GrpcReceiver.start(
                  receiver,
                  tokens,
                  GrpcSettings.on(options.bind(), port.getAsInt())
                      .withTls(options.collect().grpcTls()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Empty if nothing listens. */
  OptionalInt port() {
    return receiver.map(it -> OptionalInt.of(it.port())).orElse(OptionalInt.empty());
  }

  @Override
  public void close() {
    receiver.ifPresent(GrpcReceiver::close);
  }
}
