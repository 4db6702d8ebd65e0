package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.UnreadableMessageException;
import io.bridgewatch.telemetry.UnreadableMessageException.Reason;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A message as it is on the wire.
 *
 * @param fault why it could not be unpacked; gRPC would tell senders no more than that something is
 *     unknown
 */
record GrpcMessage(byte[] bytes, Optional<UnreadableMessageException> fault) {

  static final MethodDescriptor.Marshaller<GrpcMessage> MARSHALLER =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(GrpcMessage message) {
          return new ByteArrayInputStream(message.bytes);
        }

        @Override
        public GrpcMessage parse(InputStream stream) {
          try (stream) {
            return of(stream.readAllBytes());
          } catch (StatusRuntimeException e) { // more than may be, once unpacked
            return faulty(new UnreadableMessageException(Reason.TOO_LARGE, text(e), e));
          } catch (IOException e) {
            return faulty(new UnreadableMessageException(Reason.BROKEN, text(e), e));
          }
        }
      };

  static GrpcMessage of(byte[] bytes) {
    return new GrpcMessage(bytes, Optional.empty());
  }

  private static GrpcMessage faulty(UnreadableMessageException fault) {
    return new GrpcMessage(new byte[0], Optional.of(fault));
  }

  private static String text(Exception e) {
    return "cannot unpack a message: " + e.getMessage();
  }
}
