package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KubeletSummaryTest {
  private static final long NOW = 1_795_373_138_000L;

  private final KubeletSummary summary = new KubeletSummary(Attributes.none());

  static List<Recorded> pages() {
    return Recorded.pages("stats-summary.json").stream().filter(page -> !page.isFailure()).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyNumberThatIsMappedIsRead(Recorded page) throws IOException {
    var read = read(page.body());
    assertThat(read.rejected()).isEmpty();

    // counted in the text: a field stands there as often as it makes samples
    var text = new String(page.body(), UTF_8);
    var counts = new TreeMap<String, Integer>();
    var samples = read.samples();
    for (int i = 0; i < samples.size(); i++) {
      counts.merge(samples.key(i).metric().replaceFirst(".*(?=cpu|memory)", ""), 1, Integer::sum);
    }
    assertThat(counts)
        .containsEntry("cpu.time", count(text, "usageCoreNanoSeconds"))
        .containsEntry("cpu.usage", count(text, "usageNanoCores"))
        .containsEntry("memory.working_set", count(text, "workingSetBytes"))
        .containsEntry("memory.page_faults", count(text, "pageFaults"));
    int interfaces = text.split("\"interfaces\"").length - 1;
    int both = count(text, "rxBytes") - interfaces; // the first one is told twice
    assertThat(
            counts.getOrDefault("k8s.pod.network.io", 0)
                + counts.getOrDefault("k8s.node.network.io", 0))
        .isEqualTo(2 * both);
  }

  @Test
  void theNumbersAreThoseOfTheRecording() throws IOException {
    var samples = samples(read(Recorded.page("t1/bw-node1.stats-summary.json").body()).samples());
    var pod =
        Attributes.of(
            Map.of(
                "k8s.node.name", "bw-node1",
                "k8s.namespace.name", "kube-system",
                "k8s.pod.name", "metrics-server-75459cb489-bf9tb",
                "k8s.pod.uid", "914baada-89f8-46b0-86ef-782fbca40d62"));
    var container = pod.with("k8s.container.name", "metrics-server");
    var none = Attributes.none();
    assertThat(samples)
        .containsEntry(
            new SeriesKey(container, "container.cpu.time", "s", MetricKind.CUMULATIVE, none),
            "0.954975 2026-11-22T18:45:22Z")
        .containsEntry(
            new SeriesKey(container, "container.memory.working_set", "By", MetricKind.GAUGE, none),
            "19574784.000000 2026-11-22T18:45:22Z")
        .containsEntry(
            new SeriesKey(container, "container.filesystem.usage", "By", MetricKind.GAUGE, none),
            "40960.000000 2026-11-22T18:45:33Z")
        .containsEntry(
            new SeriesKey(
                pod,
                "k8s.pod.network.io",
                "By",
                MetricKind.CUMULATIVE,
                Attributes.of("network.interface.name", "eth0", "network.io.direction", "receive")),
            "686966.000000 2026-11-22T18:45:30Z")
        .containsEntry(
            new SeriesKey(
                pod,
                "k8s.pod.volume.usage",
                "By",
                MetricKind.GAUGE,
                Attributes.of("k8s.volume.name", "tmp")),
            "12288.000000 2026-11-22T18:45:32Z")
        .containsEntry(
            new SeriesKey(
                Attributes.of("k8s.node.name", "bw-node1"),
                "k8s.node.filesystem.inode.used",
                "{inode}",
                MetricKind.GAUGE,
                none),
            "831403.000000 2026-11-22T18:45:34Z");
  }

  @Test
  void theAnswerOfAnUnreachableNodeIsAFailure() throws IOException {
    var page = Recorded.page("t2/bw-node2.stats-summary.json");
    assertThat(page.isFailure()).isTrue();
    var read = read(page.body());
    assertThat(read.isMetrics()).isFalse();
    assertThat(read.samples().size()).isZero();
  }

  @Test
  void aPodThatHasGoneIsToldSeriesBySeries() throws IOException {
    read(json("{'node':{'nodeName':'n'},'pods':[%s,%s]}".formatted(pod("a"), pod("b"))));
    var later = read(json("{'node':{'nodeName':'n'},'pods':[%s]}".formatted(pod("b"))));
    assertThat(later.vanished()).hasSize(1);
    assertThat(later.vanished().getFirst().resource().get("k8s.pod.name")).contains("a");
    assertThat(read(json("not even")).vanished()).isEmpty();
    assertThat(summary.allGone()).hasSize(1);
    assertThat(summary.allGone()).isEmpty();
  }

  @Test
  void oddSummariesAreCountedAndTheRestIsKept() throws IOException {
    var page =
        read(
            json(
                "{'node':{'nodeName':'n','cpu':{'time':'yesterday','usageNanoCores':1e999}},"
                    + "'pods':[{'cpu':{'usageNanoCores':1}},%s,%s,7,null]}"
                        .formatted(pod("a"), pod("a"))));
    assertThat(page.samples().size()).isEqualTo(1);
    assertThat(page.rejected())
        .isEqualTo(
            Map.of(
                IntakeReason.TIMESTAMP_INVALID, 1L,
                IntakeReason.VALUE_INVALID, 1L,
                IntakeReason.ENTRY_INVALID, 1L,
                IntakeReason.DUPLICATE_SAMPLE, 1L));
  }

  @Test
  void noJsonIsCountedNotThrown() throws IOException {
    assertThat(read(json("")).rejected()).containsKey(IntakeReason.NOT_METRICS);
    assertThat(read(json("[1]")).rejected()).containsKey(IntakeReason.NOT_METRICS);
    assertThat(read(json("{'node':{")).rejected()).containsKey(IntakeReason.JSON_INVALID);
    assertThat(read(json("{\0\0\0\0\0\0\0\0\0'n'")).rejected())
        .as("what looks like UTF-32")
        .containsKey(IntakeReason.JSON_INVALID);
    assertThat(read(json("\0\0{\0")).rejected())
        .as("what looks like UTF-32 in an order that nobody uses")
        .containsKey(IntakeReason.JSON_INVALID);
    assertThat(read(json("{'node':[".repeat(100))).rejected())
        .containsKey(IntakeReason.JSON_INVALID);
  }

  @Test
  void aStreamThatFailsIsNoJsonError() {
    var failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }
        };
    assertThatThrownBy(() -> summary.read(failing, NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }

  private static String pod(String name) {
    return "{'podRef':{'name':'%s','namespace':'d'},'cpu':{'usageNanoCores':5}}".formatted(name);
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  private ScrapedPage read(byte[] body) throws IOException {
    return summary.read(new ByteArrayInputStream(body), NOW);
  }

  private static int count(String text, String field) {
    return (int) Pattern.compile("\"" + field + "\":").matcher(text).results().count();
  }

  private static Map<SeriesKey, String> samples(SampleBatch batch) {
    var samples = new HashMap<SeriesKey, String>();
    for (int i = 0; i < batch.size(); i++) {
      samples.put(
          batch.key(i), "%.6f %s".formatted(batch.value(i), Instant.ofEpochMilli(batch.time(i))));
    }
    return samples;
  }
}
