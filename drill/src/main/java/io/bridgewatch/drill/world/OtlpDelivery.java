package io.bridgewatch.drill.world;

import io.bridgewatch.drill.serve.OtlpExport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends what applications export to a receiver of OTLP over HTTP. */
public final class OtlpDelivery implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI receiver;
  private final String token;

  /**
   * @param receiver that takes messages below {@code /v1/}
   * @param token bearer token to send along
   */
  public OtlpDelivery(URI receiver, String token) {
    this.receiver = receiver;
    this.token = token;
  }

  /**
   * Sends one message and waits until it is acknowledged.
   *
   * @throws IOException if the receiver cannot be reached or does not take it
   */
  public void send(OtlpExport.Request request) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(receiver.resolve(request.path()))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-protobuf")
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
            .build();
    HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "cannot send %d items to %s: it answered %d %s, wanted 200"
              .formatted(request.items(), post.uri(), answer.statusCode(), answer.body()));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
