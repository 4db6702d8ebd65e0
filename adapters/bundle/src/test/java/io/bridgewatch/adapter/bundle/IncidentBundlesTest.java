package io.bridgewatch.adapter.bundle;

import static io.bridgewatch.adapter.bundle.BundleFiles.NOON;
import static io.bridgewatch.adapter.bundle.BundleFiles.gauge;
import static io.bridgewatch.adapter.bundle.BundleFiles.log;
import static io.bridgewatch.adapter.bundle.BundleFiles.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.WatchEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentBundlesTest {

  private static final Attributes CART = Attributes.of("service.name", "cart");

  private final Path temp;

  IncidentBundlesTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void everyKindOfFileIsRead() throws IOException {
    Bundle bundle = IncidentBundles.read(full().asFolder(temp));

    assertThat(bundle.name()).isEqualTo("b1");
    assertThat(bundle.window().from()).isEqualTo(Instant.parse("2023-01-29T08:20:00Z"));
    assertThat(bundle.series())
        .singleElement()
        .satisfies(
            series -> {
              assertThat(series.key())
                  .isEqualTo(
                      new SeriesKey(
                          CART,
                          "container.cpu.usage",
                          "{cpu}",
                          MetricKind.GAUGE,
                          Attributes.none()));
              assertThat(series.times()).containsExactly(NOON * 1000, (NOON + 60) * 1000);
              assertThat(series.values()).containsExactly(0.5, 0.75);
            });
    assertThat(bundle.spans())
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.traceId()).isEqualTo("ab01");
              assertThat(span.parentSpanId()).isEmpty();
              assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
              assertThat(span.durationNanos()).isEqualTo(250_000_000);
              assertThat(span.failed()).isTrue();
              assertThat(span.resource()).isEqualTo(CART);
            });
    assertThat(bundle.logs())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.severity()).isEqualTo(Severity.ERROR);
              assertThat(record.body()).isEqualTo("out of stock");
            });
    assertThat(bundle.objects())
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.kind()).isEqualTo("Pod");
              assertThat(object.name()).isEqualTo("cart-1");
            });
    assertThat(bundle.watch())
        .singleElement()
        .satisfies(event -> assertThat(event.type()).isEqualTo(WatchEvent.Type.DELETED));
    assertThat(bundle.changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind()).isEqualTo(Change.Kind.DEPLOY);
              assertThat(change.entity()).isEqualTo(CART);
              assertThat(change.files()).containsExactly("a.go");
            });
    assertThat(bundle.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.callee()).isEqualTo(CART));
    assertThat(bundle.rejections()).isEmpty();
  }

  @Test
  void folderZipAndTarGiveTheSameBundle() throws IOException {
    String folder = shown(IncidentBundles.read(full().asFolder(temp.resolve("f"))));

    assertThat(shown(IncidentBundles.read(full().asZip(temp.resolve("a.zip"), ""))))
        .isEqualTo(folder);
    assertThat(shown(IncidentBundles.read(full().asZip(temp.resolve("b.zip"), "b1/"))))
        .isEqualTo(folder);
    assertThat(shown(IncidentBundles.read(full().asTarGz(temp.resolve("a.tar.gz"), "./"))))
        .isEqualTo(folder);
    assertThat(shown(IncidentBundles.read(full().asTarGz(temp.resolve("b.tgz"), "b1/"))))
        .isEqualTo(folder);
  }

  private static BundleFiles full() {
    return BundleFiles.withManifest()
        .withGzip("metrics.jsonl.gz", gauge(NOON + 60, "0.75") + gauge(NOON, "0.5"))
        .withGzip("traces.jsonl.gz", span("AB01", "02", "0000", NOON))
        .with("logs.jsonl", log(NOON, "out of stock"))
        .with(
            "kubernetes/objects.json",
            """
            {"kind": "PodList", "apiVersion": "v1",
             "items": [{"metadata": {"name": "cart-1", "namespace": "shop"}}]}
            """)
        .with(
            "kubernetes/watch.ndjson",
            "{\"time\":\"2023-01-29T08:31:00Z\",\"type\":\"DELETED\",\"object\":{\"kind\":\"Pod\","
                + "\"metadata\":{\"name\":\"cart-1\"}}}\n")
        .with(
            "changes.jsonl",
            "{\"time\":\"2023-01-29T06:00:00Z\",\"kind\":\"deploy\",\"entity\":{\"service.name\":"
                + "\"cart\"},\"author\":\"li\",\"summary\":\"v2\",\"files\":[\"a.go\"]}\n")
        .with(
            "calls.jsonl",
            "{\"caller\":{\"service.name\":\"front\"},\"callee\":{\"service.name\":\"cart\"}}\n")
        .with("README.md", "not ours");
  }

  private static String shown(Bundle bundle) {
    var out = new StringBuilder(bundle.withHints(bundle.reportedAt(), bundle.symptom()).toString());
    for (Series series : bundle.series()) {
      out.append(Arrays.toString(series.values()));
    }
    return out.toString();
  }
}
