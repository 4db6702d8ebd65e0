package io.bridgewatch.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bridgewatch.adapter.prometheus.Exposition;
import io.bridgewatch.adapter.prometheus.ExpositionFormat;
import io.bridgewatch.adapter.prometheus.ExpositionLimits;
import io.bridgewatch.adapter.prometheus.ExpositionOptions;
import io.bridgewatch.adapter.prometheus.IntakeReason;
import io.bridgewatch.adapter.prometheus.KubeletSummary;
import io.bridgewatch.adapter.prometheus.RemoteWriteLimits;
import io.bridgewatch.adapter.prometheus.RemoteWriteReader;
import io.bridgewatch.model.Attributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What speaks Prometheus: text, OpenMetrics, protobuf, the kubelet's summary, remote write 1 and 2.
 */
final class PrometheusTargets {
  private static final long NOW = 1_795_373_138_000L;
  private static final Attributes NODE = Attributes.of("k8s.node.name", "n");

  private static final List<String> WORDS =
      List.of(
          "# TYPE a counter\n",
          "# HELP a b\n",
          "# UNIT a seconds\n",
          "# EOF\n",
          "NaN",
          "+Inf",
          "-Inf",
          "1e308",
          "1e-400",
          "{",
          "}",
          "\"",
          "\\",
          "\\n",
          "=\"",
          ",",
          " # {",
          "\t",
          "\r\n",
          "__name__",
          "_total",
          "_bucket",
          "_created",
          "9223372036854775807",
          "0x1p3",
          "\u00e9");

  private static final String TEXT =
      """
      # HELP http_requests_total Requests \\"so far\\".
      # TYPE http_requests_total counter
      http_requests_total{method="post",code="200"} 1027 1395066363000
      http_requests_total{method="post",code="400",path="C:\\\\DIR\\n\\"x\\""}    3 1395066363000
      # TYPE took_seconds histogram
      took_seconds_bucket{le="0.05"} 24054
      took_seconds_bucket{le="+Inf"} 144320
      took_seconds_sum 53423.5
      took_seconds_count 144320
      # TYPE rpc summary
      rpc{quantile="0.5"} NaN
      rpc_sum 1.7560473e+07
      rpc_count 2693 -3982045
      {"quoted.name","label.é"="x"} +Inf
      container_cpu_usage_seconds_total{container="jvm",namespace="bank",pod="ledger-1"} 4.03 1795373136610
      """;

  private static final String OPEN_METRICS =
      """
      # TYPE acme_http_router_request_seconds summary
      # UNIT acme_http_router_request_seconds seconds
      # HELP acme_http_router_request_seconds Latency.
      acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
      acme_http_router_request_seconds_count{path="/api/v1",method="GET"} 807283.0
      acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0
      # TYPE foo histogram
      foo_bucket{le="0.1"} 8 # {} 0.054
      foo_bucket{le="1"} 11 # {trace_id="KOO5S4vxi0o"} 0.67
      foo_bucket{le="+Inf"} 17 1520879607.789 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
      # TYPE build info
      build_info{version="1.2"} 1
      # TYPE state stateset
      state{state="a"} 1
      # TYPE gh gaugehistogram
      gh_bucket{le="+Inf"} 17
      gh_gcount 17
      gh_gsum 324789.3
      # EOF
      """;

  private static final String SUMMARY =
      """
      {"node":{"nodeName":"n1","systemContainers":[{"name":"kubelet","cpu":{"time":"2026-11-22T18:45:34Z",
      "usageNanoCores":290521272}}],"cpu":{"time":"2026-11-22T18:45:34Z","usageCoreNanoSeconds":50946553304},
      "network":{"time":"2026-11-22T18:45:34Z","interfaces":[{"name":"eth0","rxBytes":3542839}]}},
      "pods":[{"podRef":{"name":"p","namespace":"d","uid":"u"},"containers":[{"name":"c","memory":{
      "time":"2026-11-22T18:45:22Z","workingSetBytes":19574784},"rootfs":{"usedBytes":40960}}],
      "volume":[{"name":"tmp","usedBytes":12288,"pvcRef":{"name":"x","namespace":"d"}}]}]}
      """;

  private PrometheusTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        new FuzzTarget(
            "prometheus-text",
            List.of(bytes(TEXT), bytes(OPEN_METRICS)),
            WORDS,
            () -> exposition(ExpositionFormat.TEXT)),
        new FuzzTarget(
            "openmetrics",
            List.of(bytes(OPEN_METRICS), bytes(TEXT)),
            WORDS,
            () -> exposition(ExpositionFormat.OPEN_METRICS)),
        new FuzzTarget(
            "prometheus-protobuf",
            List.of(families()),
            WORDS,
            () -> exposition(ExpositionFormat.PROTOBUF)),
        new FuzzTarget(
            "kubelet-summary",
            List.of(bytes(SUMMARY)),
            List.of("{", "}", "[", "]", ":", ",", "null", "1e999", "\"name\"", "-0", "\\ud800"),
            PrometheusTargets::summary),
        new FuzzTarget(
            "remote-write-1",
            List.of(WireBytes.snappy(writeOne()), writeOne()),
            WORDS,
            () -> remoteWrite(RemoteWriteReader.Version.V1)),
        new FuzzTarget(
            "remote-write-2",
            List.of(WireBytes.snappy(writeTwo()), writeTwo()),
            WORDS,
            () -> remoteWrite(RemoteWriteReader.Version.V2)));
  }

  private static FuzzTarget.Reader exposition(ExpositionFormat format) {
    var exposition = new Exposition(ExpositionOptions.ofKubelet(NODE), ExpositionLimits.DEFAULT);
    return input -> counts(exposition.read(input, format, NOW).rejected());
  }

  private static FuzzTarget.Reader summary() {
    var summary = new KubeletSummary(NODE);
    return input -> {
      try {
        return counts(summary.read(new ByteArrayInputStream(input), NOW).rejected());
      } catch (IOException e) {
        throw new UncheckedIOException(e); // memory does not fail
      }
    };
  }

  /** Half of the inputs are wrapped into Snappy after mutation, so that they get past it. */
  private static FuzzTarget.Reader remoteWrite(RemoteWriteReader.Version version) {
    var reader =
        new RemoteWriteReader(NODE, ExpositionOptions.KUBELET_LABELS, RemoteWriteLimits.DEFAULT);
    return input -> {
      boolean wrap = input.length > 0 && (input[0] == 0x0a || input[0] == 0x22);
      var body = wrap ? WireBytes.snappy(input) : input;
      return counts(reader.read(body, version).rejected());
    };
  }

  private static Map<String, Long> counts(Map<IntakeReason, Long> rejected) {
    var counts = new HashMap<String, Long>();
    rejected.forEach((reason, count) -> counts.put(reason.id(), count));
    return counts;
  }

  private static byte[] writeOne() {
    var whole = new WireBytes();
    for (int i = 0; i < 3; i++) {
      whole.message(
          1,
          new WireBytes()
              .message(1, new WireBytes().text(1, "__name__").text(2, "cpu_total"))
              .message(1, new WireBytes().text(1, "pod").text(2, "p" + i))
              .message(2, new WireBytes().real(1, 4.5 * i).number(2, NOW))
              .message(2, new WireBytes().real(1, Double.NaN).number(2, NOW + 1))
              .message(
                  3,
                  new WireBytes()
                      .message(1, new WireBytes().text(1, "trace_id").text(2, "x"))
                      .real(2, 1)
                      .number(3, NOW))
              .message(4, histogram()));
    }
    return whole
        .message(3, new WireBytes().number(1, 1).text(2, "cpu").text(4, "Time.").text(5, "seconds"))
        .toArray();
  }

  private static byte[] writeTwo() {
    var whole = new WireBytes();
    for (String symbol :
        List.of("", "__name__", "cpu_total", "pod", "p1", "seconds", "trace_id", "x")) {
      whole.text(4, symbol);
    }
    for (int i = 0; i < 3; i++) {
      whole.message(
          5,
          new WireBytes()
              .packed(1, 1, 2, 3, 4 + i)
              .message(2, new WireBytes().real(1, 4.5).number(2, NOW).number(3, NOW - 1))
              .message(3, histogram())
              .message(4, new WireBytes().packed(1, 6, 7).real(2, 1).number(3, NOW))
              .message(5, new WireBytes().number(1, 1).number(3, 5).number(4, 5)));
    }
    return whole.toArray();
  }

  /** A page with one metric of each type. */
  private static byte[] families() {
    var label = new WireBytes().text(1, "pod").text(2, "p1");
    var time = new WireBytes().number(1, NOW / 1000).number(2, 5_000_000);
    var exemplar =
        new WireBytes()
            .message(1, new WireBytes().text(1, "trace_id").text(2, "x"))
            .real(2, 0.5)
            .message(3, time);
    var counter = new WireBytes().real(1, 4.5).message(2, exemplar).message(3, time);
    var summary =
        new WireBytes()
            .number(1, 7)
            .real(2, 1.5)
            .message(3, new WireBytes().real(1, 0.99).real(2, Double.NaN));
    var classic =
        new WireBytes()
            .number(1, 14)
            .real(2, 18.4)
            .message(3, new WireBytes().number(1, 3).real(2, 0.5).message(3, exemplar));
    var sparse =
        new WireBytes()
            .number(1, 14)
            .real(2, 18.4)
            .number(5, 6)
            .real(6, 0.001)
            .number(7, 2)
            .message(9, new WireBytes().number(1, 2).number(2, 2))
            .number(10, 2)
            .number(10, 4)
            .message(12, new WireBytes().number(1, 0).number(2, 2))
            .message(12, new WireBytes().number(1, 2).number(2, 1))
            .packed(13, 2, 6, 1)
            .message(15, time)
            .message(16, exemplar);
    var page = new WireBytes();
    add(page, "hits_total", 0, new WireBytes().message(1, label).message(3, counter));
    add(page, "depth", 1, new WireBytes().message(2, new WireBytes().real(1, 3)).number(6, NOW));
    add(page, "rpc", 2, new WireBytes().message(1, label).message(4, summary));
    add(page, "what", 3, new WireBytes().message(5, new WireBytes().real(1, -1)));
    add(page, "took", 4, new WireBytes().message(1, label).message(7, classic));
    add(page, "sparse", 4, new WireBytes().message(1, label).message(7, sparse));
    return page.toArray();
  }

  private static void add(WireBytes page, String name, int type, WireBytes metric) {
    byte[] family =
        new WireBytes()
            .text(1, name)
            .text(2, "Help.")
            .number(3, type)
            .message(4, metric)
            .text(5, "seconds")
            .toArray();
    page.varint(family.length).raw(family);
  }

  private static WireBytes histogram() {
    return new WireBytes()
        .number(1, 14)
        .real(3, 18.4)
        .number(4, 6)
        .real(5, 0.001)
        .number(6, 2)
        .message(8, new WireBytes().number(1, 2).number(2, 2))
        .packed(9, 2, 4)
        .message(11, new WireBytes().number(1, 0).number(2, 2))
        .message(11, new WireBytes().number(1, 2).number(2, 1))
        .packed(12, 2, 6, 1)
        .number(15, NOW)
        .message(16, new WireBytes().rawReal(0.5).rawReal(1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
