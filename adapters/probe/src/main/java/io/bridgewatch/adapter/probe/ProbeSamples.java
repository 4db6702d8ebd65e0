package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.ProbeResult;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.util.Map;

/**
 * The samples of a run, all levels, of the resource {@code bridgewatch.probe.name}, {@code
 * server.address}, {@code server.port}:
 *
 * <ul>
 *   <li>{@code bridgewatch.probe.success}: 1 where the answer was right, else 0;
 *   <li>{@code bridgewatch.probe.duration} in seconds, by {@code phase}: {@code resolve}, {@code
 *       connect}, {@code tls}, {@code first_byte}, {@code transfer} as far as they were gone
 *       through, and {@code total};
 *   <li>{@code bridgewatch.probe.failure}: 1, by {@code reason}, only where the run failed;
 *   <li>{@code bridgewatch.probe.http.status_code}, where there was an answer;
 *   <li>{@code tls.server.certificate.not_after} in seconds since 1970-01-01T00:00Z, where the
 *       server showed one.
 * </ul>
 */
public final class ProbeSamples {

  private ProbeSamples() {}

  public static SampleBatch of(ProbeResult result) {
    var probe = result.probe();
    var resource =
        Attributes.of(
            Map.of(
                "bridgewatch.probe.name",
                probe.name(),
                "server.address",
                probe.host(),
                "server.port",
                Integer.toString(probe.port())));
    long at = result.at().toEpochMilli();
    var samples = SampleBatch.builder();
    samples.add(
        key(resource, "bridgewatch.probe.success", "1", Attributes.none()),
        at,
        result.succeeded() ? 1 : 0);
    for (var phase : ProbeResult.Phase.values()) {
      var took = result.phases().get(phase);
      if (took != null) {
        samples.add(duration(resource, phase.id()), at, took.toNanos() / 1e9);
      }
    }
    samples.add(duration(resource, "total"), at, result.total().toNanos() / 1e9);
    result
        .failure()
        .ifPresent(
            failure ->
                samples.add(
                    key(
                        resource,
                        "bridgewatch.probe.failure",
                        "1",
                        Attributes.of("reason", failure.reason().id())),
                    at,
                    1));
    result
        .status()
        .ifPresent(
            status ->
                samples.add(
                    key(resource, "bridgewatch.probe.http.status_code", "1", Attributes.none()),
                    at,
                    status));
    result
        .certificate()
        .ifPresent(
            certificate ->
                samples.add(
                    key(resource, "tls.server.certificate.not_after", "s", Attributes.none()),
                    at,
                    certificate.notAfter().getEpochSecond()));
    return samples.build();
  }

  private static SeriesKey duration(Attributes resource, String phase) {
    return key(resource, "bridgewatch.probe.duration", "s", Attributes.of("phase", phase));
  }

  private static SeriesKey key(Attributes resource, String metric, String unit, Attributes point) {
    return new SeriesKey(resource, metric, unit, MetricKind.GAUGE, point);
  }
}
