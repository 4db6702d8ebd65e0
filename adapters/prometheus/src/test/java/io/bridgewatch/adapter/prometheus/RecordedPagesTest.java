package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded page is read whole. */
class RecordedPagesTest {
  private static final long SCRAPED = 1_795_373_138_000L;
  private static final Attributes NODE = Attributes.of("k8s.node.name", "bw-node1");

  /** A sample's line, as one who has never seen the parser would describe it. */
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([^#\\s{]+)(\\{.*})? (\\S+)(?: (-?\\d+))?$");

  static List<Recorded> pages() {
    return Recorded.pages(".prom").stream().filter(page -> !page.isFailure()).toList();
  }

  static List<Recorded> failures() {
    return Recorded.pages(".prom").stream().filter(Recorded::isFailure).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everySampleOfAPageIsRead(Recorded page) {
    var exposition = new Exposition(ExpositionOptions.ofKubelet(NODE), ExpositionLimits.DEFAULT);
    var read = exposition.read(page.body(), ExpositionFormat.TEXT, SCRAPED);

    var text = new String(page.body(), UTF_8);
    var byName = new HashMap<String, Integer>();
    SAMPLE.matcher(text).results().forEach(line -> byName.merge(line.group(1), 1, Integer::sum));
    assertThat(byName).isNotEmpty();
    assertThat(text.lines().filter(line -> !line.startsWith("#")).count())
        .as("the pattern finds every line that is no comment")
        .isEqualTo(byName.values().stream().mapToInt(n -> n).sum());
    assertThat(countsByName(read)).isEqualTo(byName);
    assertThat(read.rejected()).isEmpty();
    assertThat(read.complete()).isTrue();
    assertThat(read.vanished()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void valuesAndTimesAreThoseOfTheText(Recorded page) {
    var exposition = new Exposition(ExpositionOptions.of(NODE), ExpositionLimits.DEFAULT);
    var samples = exposition.read(page.body(), ExpositionFormat.TEXT, SCRAPED).samples();
    var lines = SAMPLE.matcher(new String(page.body(), UTF_8)).results().toList();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var value = line.group(3).replace("Inf", "Infinity");
      assertThat(samples.value(i)).as(line.group()).isEqualTo(Double.parseDouble(value));
      assertThat(samples.time(i))
          .as(line.group())
          .isEqualTo(line.group(4) == null ? SCRAPED : Long.parseLong(line.group(4)));
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theAnswerOfAnUnreachableNodeIsAFailureNotMetrics(Recorded page) {
    var exposition = new Exposition(ExpositionOptions.of(NODE), ExpositionLimits.DEFAULT);
    var read = exposition.read(page.body(), ExpositionFormat.TEXT, SCRAPED);
    assertThat(read.isMetrics()).isFalse();
    assertThat(read.samples().size()).isZero();
    assertThat(read.rejected()).isEqualTo(Map.of(IntakeReason.NOT_METRICS, 1L));
  }

  @Test
  void bothKindsOfPagesWereRecorded() {
    assertThat(pages()).hasSize(41);
    assertThat(failures()).hasSize(4);
  }

  @Test
  void whatAKubeletMeasuresJoinsThePodsOfItsNode() {
    var page = Recorded.page("t1/bw-node1.cadvisor.prom");
    var exposition = new Exposition(ExpositionOptions.ofKubelet(NODE), ExpositionLimits.DEFAULT);
    var samples = exposition.read(page.body(), ExpositionFormat.TEXT, SCRAPED).samples();
    var ledger = new HashMap<String, Attributes>();
    for (int i = 0; i < samples.size(); i++) {
      var key = samples.key(i);
      assertThat(key.point().has("namespace")).isFalse();
      if (key.resource().getOr("k8s.container.name", "").equals("jvm")) {
        ledger.put(key.resource().getOr("k8s.pod.name", ""), key.resource());
      }
    }
    assertThat(ledger).containsOnlyKeys("ledger-1", "ledger-2");
    assertThat(ledger.get("ledger-1"))
        .isEqualTo(
            Attributes.of(
                Map.of(
                    "k8s.container.name", "jvm",
                    "k8s.namespace.name", "bank",
                    "k8s.node.name", "bw-node1",
                    "k8s.pod.name", "ledger-1")));
  }

  @Test
  void aPageLikeTheOneBeforeMakesLittleGarbage() {
    var page = Recorded.page("t1/bw-node1.cadvisor.prom");
    var exposition = new Exposition(ExpositionOptions.ofKubelet(NODE), ExpositionLimits.DEFAULT);
    long samples = exposition.read(page.body(), ExpositionFormat.TEXT, SCRAPED).samples().size();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 20;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < rounds; i++) {
      exposition.read(page.body(), ExpositionFormat.TEXT, SCRAPED);
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / (rounds * samples);
    // the batch itself: key, time and value, three times over while its arrays grow
    assertThat(each).as("bytes a sample").isLessThan(120);
  }

  private static Map<String, Integer> countsByName(ScrapedPage page) {
    var counts = new HashMap<String, Integer>();
    for (int i = 0; i < page.samples().size(); i++) {
      counts.merge(page.samples().key(i).metric(), 1, Integer::sum);
    }
    return counts;
  }
}
