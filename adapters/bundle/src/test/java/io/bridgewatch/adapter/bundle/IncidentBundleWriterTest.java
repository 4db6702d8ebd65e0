package io.bridgewatch.adapter.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Window;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentBundleWriterTest {

  private static final int ROUNDS = 150;
  private static final Instant FROM = Instant.parse("2023-01-29T08:20:00Z");
  private static final Attributes CART = Attributes.of("service.name", "cart");

  private final Path temp;

  IncidentBundleWriterTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void whateverIsWrittenIsReadBackEqual() throws IOException {
    long seed = Long.getLong("bridgewatch.seed", 20_260_412L);
    var random = new Random(seed);
    Path file = temp.resolve("b.tar.gz");
    for (int round = 0; round < ROUNDS; round++) {
      Bundle bundle = new RandomBundles(random).next();

      IncidentBundleWriter.write(bundle, file);
      Bundle read = IncidentBundles.read(file);

      assertThat(read).as("seed %d, round %d", seed, round).isEqualTo(bundle);
      assertThat(written(read))
          .as("bytes of equal bundles, seed %d, round %d", seed, round)
          .isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void theSampleIsReadBackEqual() throws IOException {
    Bundle sample = IncidentBundles.read(Path.of("../../samples/bank-bad-rollout"));
    Path file = temp.resolve("sample.tar.gz");

    IncidentBundleWriter.write(sample, file);

    assertThat(sample.series()).isNotEmpty();
    assertThat(IncidentBundles.read(file)).isEqualTo(sample);
  }

  @Test
  void equalObjectsAreWrittenAlikeWhateverTheOrderOfTheirFields() throws IOException {
    Map<String, Object> metadata = Map.of("name", "cart");

    var forwards = new LinkedHashMap<String, Object>();
    forwards.put("kind", "Pod");
    forwards.put("metadata", metadata);
    var backwards = new LinkedHashMap<String, Object>();
    backwards.put("metadata", metadata);
    backwards.put("kind", "Pod");

    assertThat(written(bundleOf(KubernetesObject.of(forwards))))
        .isEqualTo(written(bundleOf(KubernetesObject.of(backwards))));
  }

  @Test
  void longRequestsAreSplitOverLines() throws IOException {
    int samples = 60_000;
    var key = new SeriesKey(CART, "cpu", "s", MetricKind.DELTA, Attributes.of("a", "b"));
    long[] times = IntStream.range(0, samples).mapToLong(i -> FROM.toEpochMilli() + i).toArray();
    double[] values = new Random(1).doubles(samples).toArray();
    var logs =
        IntStream.range(0, 300)
            .mapToObj(
                i -> new LogRecord(nanos(i), Severity.INFO, "x".repeat(9_000), "", "", CART, CART))
            .toList();
    Bundle bundle = bundleOf(List.of(new Series(key, times, values)), logs, List.of());

    byte[] written = written(bundle);

    Path file = Files.write(temp.resolve("b.tar.gz"), written);
    assertThat(IncidentBundles.read(file)).isEqualTo(bundle);
    Map<String, List<String>> lines = lines(written);
    assertThat(lines.get("bundle/metrics.jsonl")).hasSizeBetween(4, 10);
    assertThat(lines.get("bundle/logs.jsonl")).hasSize(3);
    assertThat(lines.values())
        .allSatisfy(
            file1 ->
                assertThat(file1)
                    .allSatisfy(
                        line ->
                            assertThat(line.length())
                                .isLessThan(JsonLines.FULL_LINE_BYTES + 10_000)));
  }

  @Test
  void unseenSamplesStayAbsentAndInfiniteOnesAreRejected() throws IOException {
    var key = new SeriesKey(CART, "cpu", "s", MetricKind.GAUGE, Attributes.none());
    var gone = new SeriesKey(CART, "memory", "By", MetricKind.GAUGE, Attributes.none());
    long at = FROM.toEpochMilli();
    double[] values = {1, Double.NaN, Double.NEGATIVE_INFINITY, 2};
    Bundle bundle =
        bundleOf(
            List.of(
                new Series(key, new long[] {at, at + 1, at + 2, at + 3}, values),
                new Series(gone, new long[] {at}, new double[] {Double.NaN})),
            List.of(),
            List.of());

    Bundle read = readBack(bundle);

    assertThat(read.series())
        .containsExactly(new Series(key, new long[] {at, at + 3}, new double[] {1, 2}));
    assertThat(read.rejections())
        .containsExactly(new Bundle.Rejection("metrics.jsonl", "NotFinite", 1, "metrics.jsonl:1"));
  }

  @Test
  void timesBeyondNanosecondsNeverComeBackAsOthers() throws IOException {
    var key = new SeriesKey(CART, "cpu", "s", MetricKind.GAUGE, Attributes.none());
    long wraps = FROM.toEpochMilli() + (1L << 58); // times 1,000,000 it is FROM again in 64 bits
    var series = new Series(key, new long[] {Long.MIN_VALUE, wraps}, new double[] {1, 2});

    Bundle read = readBack(bundleOf(List.of(series), List.of(), List.of()));

    assertThat(read.series()).isEmpty();
    assertThat(read.rejections())
        .containsExactly(
            new Bundle.Rejection("metrics.jsonl", "TimeOutsideRange", 2, "metrics.jsonl:1"));
  }

  @Test
  void whatASecretKeepsIsNotWritten() throws IOException {
    Bundle bundle =
        bundleOf(
            KubernetesObject.of(
                Map.of(
                    "kind", "Secret",
                    "metadata", Map.of("name", "card"),
                    "data", Map.of("pin", "aHVudGVyMg=="))));

    assertThat(lines(written(bundle)).get("bundle/kubernetes/objects.json"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("card").doesNotContain("aHVudGVyMg"));
  }

  @Test
  void halfASurrogatePairInANameCostsOnlyItself() throws IOException {
    Map<String, String> halves = Map.of("a\udc00b\ud83d", "\ud83d", "\ud83d\ude80", "whole");

    Bundle read =
        readBack(
            bundleOf(
                KubernetesObject.of(
                    Map.of("kind", "Pod", "metadata", Map.of("name", "p", "labels", halves)))));

    assertThat(read.objects().getFirst().strings("metadata", "labels"))
        .isEqualTo(Map.of("a\ufffdb\ufffd", "\ud83d", "\ud83d\ude80", "whole"));
  }

  @Test
  void theFileIsForItsOwnerOnlyAndReplacesAnother() throws IOException {
    Path file = Files.writeString(temp.resolve("b.tar.gz"), "old");

    IncidentBundleWriter.write(bundleOf(List.of(), List.of(), List.of()), file);

    assertThat(IncidentBundles.read(file).name()).isEqualTo("b1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(inTemp()).containsExactly(file);
  }

  @Test
  void aFailureLeavesTheFileFromBefore() throws IOException {
    Path file = Files.writeString(temp.resolve("b.tar.gz"), "old");

    assertThatThrownBy(() -> IncidentBundleWriter.write(named(""), file))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("without a name");

    assertThat(file).hasContent("old");
    assertThat(inTemp()).containsExactly(file);
  }

  @Test
  void anUnwritablePathIsToldWithWhatHelps() throws IOException {
    Path missing = temp.resolve("nowhere/b.tar.gz");
    assertThatThrownBy(() -> IncidentBundleWriter.write(named("b1"), missing))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot write bundle b1 to %s: there is no folder %s; check that the folder is there,"
                + " may be written to and has room",
            missing, missing.getParent());

    Path folder = Files.createDirectory(temp.resolve("folder"));
    assertThatThrownBy(() -> IncidentBundleWriter.write(named("b1"), folder))
        .hasMessageContaining("cannot write bundle b1 to " + folder)
        .hasMessageContaining("directory");

    Path below = Files.writeString(temp.resolve("plain"), "").resolve("b.tar.gz");
    assertThatThrownBy(() -> IncidentBundleWriter.write(named("b1"), below))
        .hasMessageContaining("cannot write bundle b1 to " + below)
        .hasMessageContaining("Not a directory");
    assertThat(inTemp()).containsExactlyInAnyOrder(folder, temp.resolve("plain"));
  }

  @Test
  void aFullDiskIsToldAsItIs() {
    var full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    assertThatThrownBy(() -> IncidentBundleWriter.write(named("b1"), full))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }

  @Test
  void theStreamStaysOpen() throws IOException {
    var out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new UncheckedIOException(new IOException("closed"));
          }
        };

    IncidentBundleWriter.write(named("b1"), out);

    assertThat(lines(out.toByteArray())).containsOnlyKeys("bundle/bundle.json");
  }

  @Test
  void whatCouldNotBeReadBackIsNotWritten() {
    refused(named("two\nlines"), ImportLimits.DEFAULT, Reason.MANIFEST_INVALID);
    var tooLong =
        new Bundle(
            "b1",
            new Window(FROM, FROM.plus(Duration.ofDays(32))),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    refused(tooLong, ImportLimits.DEFAULT, Reason.WINDOW_INVALID);
    Bundle wordy =
        bundleOf(
            List.of(),
            List.of(new LogRecord(nanos(0), Severity.INFO, "x".repeat(5_000), "", "", CART, CART)),
            List.of());
    refused(wordy, limits(4_000, 100, 100), Reason.LIMIT_EXCEEDED);
    refused(bundleOf(nested(99)), limits(1 << 20, 100, 100), Reason.LIMIT_EXCEEDED);
    Bundle calls =
        new Bundle(
            "b1",
            new Window(FROM, FROM),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Call(CART, CART), new Call(CART, CART)),
            List.of());
    refused(calls, limits(1 << 20, 100, 1), Reason.LIMIT_EXCEEDED);
    Bundle monotonous =
        bundleOf(
            List.of(),
            IntStream.range(0, 70)
                .mapToObj(
                    i ->
                        new LogRecord(
                            nanos(i), Severity.INFO, "x".repeat(1 << 20), "", "", CART, CART))
                .toList(),
            List.of());
    refused(monotonous, ImportLimits.DEFAULT, Reason.LIMIT_EXCEEDED);
  }

  private static void refused(Bundle bundle, ImportLimits limits, Reason reason) {
    assertThatThrownBy(
            () -> IncidentBundleWriter.write(bundle, OutputStream.nullOutputStream(), limits))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static ImportLimits limits(int maxLineBytes, int maxDepth, int maxRecords) {
    return new ImportLimits(
        1 << 30,
        1 << 30,
        200,
        100,
        maxLineBytes,
        1 << 20,
        maxDepth,
        1_000,
        maxRecords,
        Duration.ofDays(1),
        Duration.ofHours(1),
        Duration.ofDays(1));
  }

  private static KubernetesObject nested(int depth) {
    Map<String, Object> tree = Map.of();
    for (int i = 0; i < depth; i++) {
      tree = Map.of("a", tree);
    }
    return KubernetesObject.of(tree);
  }

  private static Bundle named(String name) {
    return new Bundle(
        name,
        new Window(FROM, FROM.plusSeconds(600)),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Bundle bundleOf(KubernetesObject object) {
    return bundleOf(List.of(), List.of(), List.of(object));
  }

  private static Bundle bundleOf(
      List<Series> series, List<LogRecord> logs, List<KubernetesObject> objects) {
    return new Bundle(
        "b1",
        new Window(FROM, FROM.plusSeconds(600)),
        Optional.empty(),
        Optional.empty(),
        series,
        List.of(),
        logs,
        objects,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static long nanos(int second) {
    return (FROM.getEpochSecond() + second) * 1_000_000_000;
  }

  private Bundle readBack(Bundle bundle) throws IOException {
    return IncidentBundles.read(Files.write(temp.resolve("back.tar.gz"), written(bundle)));
  }

  private static byte[] written(Bundle bundle) throws IOException {
    var out = new ByteArrayOutputStream();
    IncidentBundleWriter.write(bundle, out);
    return out.toByteArray();
  }

  private static Map<String, List<String>> lines(byte[] archive) throws IOException {
    var files = new HashMap<String, List<String>>();
    try (var tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var text = new BufferedReader(new InputStreamReader(tar, StandardCharsets.UTF_8));
        files.put(entry.getName(), text.lines().toList());
      }
    }
    return files;
  }

  private List<Path> inTemp() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.toList();
    }
  }
}
