package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.UnreadableMessageException.Reason;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers the calls of one method: one message in, one answer out. */
final class GrpcCalls implements ServerCallHandler<GrpcMessage, GrpcMessage> {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final String BEARER = "bearer ";
  private static final Duration CALLS_TAKEN = Duration.ofSeconds(1);

  private final TelemetryReceiver receiver;
  private final Function<byte[], Outcome> method;
  private final TokenChecker tokens;
  private final Semaphore calls;

  /**
   * @param calls as many as there may be at one time, of all methods
   */
  GrpcCalls(
      TelemetryReceiver receiver,
      Function<byte[], Outcome> method,
      TokenChecker tokens,
      Semaphore calls) {
    this.receiver = receiver;
    this.method = method;
    this.tokens = tokens;
    this.calls = calls;
  }

  @Override
  public ServerCall.Listener<GrpcMessage> startCall(
      ServerCall<GrpcMessage, GrpcMessage> call, Metadata headers) {
    if (!tokens.accepts(token(headers.get(AUTHORIZATION)))) {
      call.close(
          Status.UNAUTHENTICATED.withDescription(
              "cannot take telemetry without a valid token; send authorization: Bearer <token>"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    if (!calls.tryAcquire()) {
      comeAgain(call, CALLS_TAKEN);
      return new ServerCall.Listener<>() {};
    }
    call.request(2); // one message, and the sight of a second, which is refused
    return new UnaryCall(call);
  }

  private static String token(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return "";
    }
    return authorization.substring(BEARER.length()).strip();
  }

  /** One call; gRPC tells exactly one of its two ends. */
  private final class UnaryCall extends ServerCall.Listener<GrpcMessage> {
    private final ServerCall<GrpcMessage, GrpcMessage> call;
    private @Nullable GrpcMessage message;
    private boolean closed;

    private UnaryCall(ServerCall<GrpcMessage, GrpcMessage> call) {
      this.call = call;
    }

    @Override
    public void onMessage(GrpcMessage received) {
      if (message != null) {
        close(Status.INVALID_ARGUMENT, "cannot take a second message in one call");
      }
      message = received;
    }

    @Override
    public void onHalfClose() {
      if (closed) {
        return;
      }
      GrpcMessage received = message;
      message = null;
      if (received == null) {
        close(Status.INVALID_ARGUMENT, "cannot answer a call without a message");
      } else {
        answer(
            received
                .fault()
                .map(receiver::unreadable)
                .orElseGet(() -> method.apply(received.bytes())));
      }
    }

    private void answer(Outcome outcome) {
      switch (outcome) {
        case Outcome.Taken taken -> {
          call.sendHeaders(new Metadata());
          call.sendMessage(GrpcMessage.of(Answers.taken(taken)));
          call.close(Status.OK, new Metadata());
        }
        case Outcome.Unreadable unreadable ->
            close(
                unreadable.reason() == Reason.TOO_LARGE
                    ? Status.RESOURCE_EXHAUSTED
                    : Status.INVALID_ARGUMENT,
                unreadable.message());
        case Outcome.Busy busy -> comeAgain(call, busy.comeAgainIn());
        case Outcome.Closed shut -> close(Status.UNAVAILABLE, shut.why());
      }
    }

    private void close(Status status, String why) {
      closed = true;
      call.close(status.withDescription(why), new Metadata());
    }

    @Override
    public void onCancel() {
      calls.release();
    }

    @Override
    public void onComplete() {
      calls.release();
    }
  }

  /** OTLP's clients come again only where they are told when. */
  private static void comeAgain(ServerCall<GrpcMessage, GrpcMessage> call, Duration in) {
    Status status = Status.RESOURCE_EXHAUSTED.withDescription(HttpReceiver.full());
    var trailers = new Metadata();
    trailers.put(DETAILS, Answers.status(status.getCode().value(), HttpReceiver.full(), in));
    call.close(status, trailers);
  }
}
