package io.bridgewatch.drill.world;

import io.bridgewatch.drill.score.Truth;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated cluster that speaks the real protocols. It answers from its own threads while it lies
 * still; everything else is asked of it by one thread, and its time passes only in {@link
 * #advance}.
 */
public interface DrillWorld extends AutoCloseable {

  /** Name of its cluster. */
  String cluster();

  /** Where its Kubernetes API is, without a slash at the end; anybody may read it. */
  URI apiServer();

  /**
   * Where it sends traces, logs and metrics from now on, by OTLP over HTTP below {@code /v1/}.
   *
   * @param token bearer token to send along
   */
  void sendTo(URI receiver, String token);

  /**
   * Lets happen all that happens until then. What it sends by itself has been acknowledged when
   * this returns.
   */
  void advance(Instant to) throws InterruptedException;

  /**
   * How much was written to streams, so that one can wait until it was read: by resource, such as
   * {@code pods}, the version of the last change; by {@code namespace/pod/container} the time of
   * the last line of each log that somebody follows, in nanoseconds since 1970.
   */
  Map<String, Long> written();

  /**
   * Puts something in, now.
   *
   * @throws IllegalArgumentException if the library has no drill of that name
   */
  void inject(String drill);

  /**
   * What was truly wrong until now, by the world's own books; empty if nothing was. Asked for once
   * all is over.
   */
  Optional<Truth> truth();

  @Override
  void close();
}
