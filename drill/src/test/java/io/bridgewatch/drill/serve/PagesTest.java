package io.bridgewatch.drill.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.kubernetes.server.ServerHooks.Page;
import io.bridgewatch.kubernetes.server.ServerHooks.PodTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(Lifecycle.PER_CLASS)
class PagesTest {
  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final String NODE = "worker-a1";

  private static final String LABEL = "[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][\\w:]*)(?:\\{(%s(?:,%s)*)\\})? ([-+0-9.eE]+|[+-]Inf|NaN)( -?\\d+)?"
              .formatted(LABEL, LABEL));
  private static final Pattern LABEL_NAME = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /**
   * A kubelet has these where the kernel counts bytes by device, which the recorded one did not.
   */
  private static final Set<String> OF_OTHER_MACHINES =
      Set.of("container_fs_reads_bytes_total", "container_fs_writes_bytes_total");

  private static final List<String> SUFFIXES = List.of("_bucket", "_sum", "_count");

  private BankWorld world;
  private Pages pages;

  @BeforeAll
  void start() {
    world = BankWorld.start(StandardBank.plan(), START, 3, BankWorld.Options.standard());
    world.advance(Duration.ofSeconds(40));
    pages = new Pages(world.cluster(), world.bank(), world::now);
  }

  @AfterAll
  void close() {
    world.close();
  }

  private String node(String path) {
    Page page =
        world.cluster().reading(() -> pages.ofNodes().page(NODE, path, List.of())).orElseThrow();
    assertThat(page.status()).isEqualTo(200);
    return new String(page.body(), StandardCharsets.UTF_8);
  }

  /** Labels by the names of samples; fails where a line is not of the text format. */
  private static Map<String, Set<String>> read(String page) {
    var labels = new HashMap<String, Set<String>>();
    var families = new HashMap<String, String>();
    var series = new HashSet<String>();
    String family = "";
    for (String line : page.split("\n")) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ");
        family = words[2];
        assertThat(words[3]).isIn("counter", "gauge", "histogram", "summary", "untyped");
        assertThat(families.put(family, words[3])).as("twice " + family).isNull();
      } else if (!line.startsWith("# HELP ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String name = sample.group(1);
        assertThat(name).isIn(named(family, families.getOrDefault(family, "")));
        String written = Optional.ofNullable(sample.group(2)).orElse("");
        assertThat(series.add(name + written)).as("twice " + line).isTrue();
        Matcher label = LABEL_NAME.matcher(written);
        Set<String> of = labels.computeIfAbsent(name, key -> new TreeSet<>());
        while (label.find()) {
          of.add(label.group(1));
        }
      }
    }
    return labels;
  }

  private static List<String> named(String family, String type) {
    return type.equals("histogram") || type.equals("summary")
        ? SUFFIXES.stream().map(suffix -> family + suffix).toList()
        : List.of(family);
  }

  private static Map<String, Set<String>> recorded(String page) throws IOException {
    var found = new HashMap<String, Set<String>>();
    try (var in = PagesTest.class.getResourceAsStream("/recorded/metrics.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] words = line.split(" ");
        if (words[0].equals(page)) {
          found.put(words[1], words.length > 2 ? Set.of(words[2].split(",")) : Set.of());
        }
      }
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cadvisor", "resource", "probes"})
  void aKubeletsPageHasNothingThatARealOneHasNot(String name) throws IOException {
    var served = read(node("/metrics/" + name));
    var real = recorded(name);
    assertThat(served).hasSizeGreaterThanOrEqualTo(name.equals("probes") ? 1 : 5);
    served.keySet().removeAll(OF_OTHER_MACHINES);
    served.forEach(
        (metric, labels) -> {
          assertThat(real).as(name).containsKey(metric);
          assertThat(real.get(metric)).as(metric).containsAll(labels);
        });
  }

  @Test
  void aKubeletTellsOfItsPods() throws IOException {
    String page = node("/metrics");
    var real = recorded("kubelet");
    read(page)
        .forEach((metric, labels) -> assertThat(real.get(metric)).as(metric).containsAll(labels));
    long pods =
        world.cluster().reading(() -> world.cluster().containers(NODE)).stream()
            .map(container -> container.namespace() + "/" + container.pod())
            .distinct()
            .count();
    assertThat(page)
        .contains("\nkubelet_running_pods %d\n".formatted(pods))
        .contains("kubelet_node_name{node=\"%s\"} 1\n".formatted(NODE))
        .contains("kubelet_pod_start_duration_seconds_bucket{le=\"+Inf\"} ");
    assertThat(pods).isPositive();
  }

  @Test
  void theSummaryIsOfTheNodeAndItsPods() {
    var summary = JsonMapper.shared().readTree(node("/stats/summary"));
    assertThat(summary.at("/node/nodeName").asString()).isEqualTo(NODE);
    assertThat(summary.at("/node/memory/workingSetBytes").asLong()).isPositive();
    assertThat(summary.path("pods")).isNotEmpty();
    for (var pod : summary.path("pods")) {
      assertThat(pod.at("/podRef/name").asString()).isNotEmpty();
      assertThat(pod.path("containers")).isNotEmpty();
    }
  }

  @Test
  void eachApplicationsPageIsOfTheTextFormat() {
    var kinds = new TreeSet<String>();
    world
        .cluster()
        .reading(
            () -> {
              for (var process : world.bank().processes()) {
                var target =
                    new PodTarget(process.start().namespace(), process.start().pod(), 8080);
                pages
                    .ofPods()
                    .page(target, "/metrics", List.of())
                    .ifPresent(
                        page -> {
                          var read = read(new String(page.body(), StandardCharsets.UTF_8));
                          assertThat(read).as(process.service()).isNotEmpty();
                          kinds.addAll(read.keySet());
                        });
              }
              return true;
            });
    assertThat(kinds)
        .contains("node_cpu_seconds_total", "node_memory_MemAvailable_bytes")
        .contains("jetty_threads_busy", "jetty_threads_config_max", "jetty_threads_jobs")
        .contains("db_client_connection_count", "db_client_connection_max")
        .anyMatch(name -> name.startsWith("jvm_"));
  }

  @Test
  void aNodeThatIsDownAnswersNothing() {
    try (var own = BankWorld.start(StandardBank.plan(), START, 3, BankWorld.Options.standard())) {
      var its = new Pages(own.cluster(), own.bank(), own::now);
      own.cluster()
          .reading(
              () -> {
                own.bank().machine(NODE).fail();
                return true;
              });
      assertThat(its.ofNodes().page(NODE, "/metrics/cadvisor", List.of())).isEmpty();
      assertThat(its.ofNodes().page("worker-b1", "/metrics/cadvisor", List.of())).isPresent();
    }
  }
}
