package io.bridgewatch.hub;

import io.bridgewatch.adapter.otlp.HttpAnswer;
import io.bridgewatch.adapter.otlp.HttpMessage;
import io.bridgewatch.adapter.otlp.TelemetryReceiver;
import io.bridgewatch.adapter.otlp.TelemetryRoute;
import io.bridgewatch.adapter.prometheus.ReceivedWrite;
import io.bridgewatch.adapter.prometheus.RemoteWriteReader;
import io.bridgewatch.engine.Intake;
import io.bridgewatch.engine.Intake.Signal;
import io.bridgewatch.engine.Intake.Way;
import io.bridgewatch.ports.TelemetryIntake;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes telemetry that senders push: OTLP over HTTP, Zipkin, Jaeger, Prometheus remote write, each
 * at the path and with the answers that its protocol has. Opened by the ingest token only.
 */
@RestController
@Hidden // each has a protocol of its own, which is described elsewhere
final class IngestController {

  static final String REMOTE_WRITE = "/api/v1/write";

  /** Where senders push. */
  static final Set<String> PATHS =
      Set.of("/v1/metrics", "/v1/traces", "/v1/logs", "/api/v2/spans", "/api/traces", REMOTE_WRITE);

  private static final String BEARER = "Bearer ";
  private static final int MOST_BYTES = 32 << 20;

  private final TelemetryReceiver receiver;
  private final RemoteWriteReaders readers;
  private final Intake intake;
  private final IngestTokens tokens;

  IngestController(
      TelemetryReceiver receiver, RemoteWriteReaders readers, Intake intake, IngestTokens tokens) {
    this.receiver = receiver;
    this.readers = readers;
    this.intake = intake;
    this.tokens = tokens;
  }

  @PostMapping({"/v1/metrics", "/v1/traces", "/v1/logs", "/api/v2/spans", "/api/traces"})
  ResponseEntity<byte[]> telemetry(HttpServletRequest request) throws IOException {
    check(request);
    TelemetryRoute route =
        TelemetryRoute.of(request.getRequestURI())
            .orElseThrow(() -> HubProblem.notFound("there is no " + request.getRequestURI()));
    Optional<byte[]> body = body(request);
    if (body.isEmpty()) {
      return tooLarge();
    }
    HttpAnswer answer =
        receiver.answer(
            route,
            new HttpMessage(
                header(request, HttpHeaders.CONTENT_TYPE),
                header(request, HttpHeaders.CONTENT_ENCODING),
                body.get()));
    var response = ResponseEntity.status(answer.status());
    if (!answer.contentType().isEmpty()) {
      response.header(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    answer
        .retryAfter()
        .ifPresent(pause -> response.header(HttpHeaders.RETRY_AFTER, seconds(pause)));
    return response.body(answer.body());
  }

  @PostMapping(REMOTE_WRITE)
  ResponseEntity<byte[]> remoteWrite(HttpServletRequest request)
      throws IOException, InterruptedException {
    check(request);
    Optional<byte[]> body = body(request);
    if (body.isEmpty()) {
      return tooLarge();
    }
    var version = RemoteWriteReader.Version.of(header(request, HttpHeaders.CONTENT_TYPE));
    ReceivedWrite write = readers.read(body.get(), version);
    var way = new Way(RemoteWriteReaders.SOURCE, Signal.SAMPLES);
    write.rejected().forEach((reason, count) -> intake.reject(way, reason.id(), count));
    if (!write.isReadable()) {
      return text(HttpStatus.BAD_REQUEST, "cannot read the request: " + write.rejected());
    }
    int sent = write.samples().size();
    var exemplars = write.exemplars().stream().flatMap(one -> one.traced().stream()).toList();
    return switch (readers.intake().samples(write.samples(), exemplars)) {
      case TelemetryIntake.Taken taken ->
          ResponseEntity.noContent()
              .header(
                  "X-Prometheus-Remote-Write-Samples-Written",
                  Long.toString(
                      sent - taken.rejected().values().stream().mapToLong(Long::longValue).sum()))
              .header(
                  "X-Prometheus-Remote-Write-Histograms-Written",
                  Integer.toString(write.histograms()))
              .build();
      case TelemetryIntake.Busy busy ->
          ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
              .header(HttpHeaders.RETRY_AFTER, seconds(busy.comeAgainIn()))
              .body("too much at once".getBytes(StandardCharsets.UTF_8));
      case TelemetryIntake.Closed closed -> text(HttpStatus.SERVICE_UNAVAILABLE, closed.why());
    };
  }

  private void check(HttpServletRequest request) {
    String authorization = header(request, HttpHeaders.AUTHORIZATION);
    if (!authorization.startsWith(BEARER)
        || !tokens.accepts(authorization.substring(BEARER.length()).strip())) {
      throw new HubProblem(
          HttpStatus.UNAUTHORIZED,
          "NotLoggedIn",
          "wanted the ingest token, which an administrator makes on the page of the pipeline:"
              + " Authorization: Bearer …");
    }
  }

  /** Empty if it is longer than may be. */
  private static Optional<byte[]> body(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > MOST_BYTES) {
      return Optional.empty();
    }
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    return body.length > MOST_BYTES ? Optional.empty() : Optional.of(body);
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private static ResponseEntity<byte[]> tooLarge() {
    return text(
        HttpStatus.CONTENT_TOO_LARGE,
        "a request may have " + (MOST_BYTES >> 20) + " MiB; send smaller batches");
  }

  private static ResponseEntity<byte[]> text(HttpStatus status, String text) {
    return ResponseEntity.status(status)
        .header(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String seconds(Duration pause) {
    return Long.toString(Math.max(1, Math.ceilDiv(pause.toMillis(), 1_000)));
  }
}
