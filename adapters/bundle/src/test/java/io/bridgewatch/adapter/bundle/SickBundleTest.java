package io.bridgewatch.adapter.bundle;

import static io.bridgewatch.adapter.bundle.BundleFiles.MANIFEST;
import static io.bridgewatch.adapter.bundle.BundleFiles.NOON;
import static io.bridgewatch.adapter.bundle.BundleFiles.gauge;
import static io.bridgewatch.adapter.bundle.BundleFiles.log;
import static io.bridgewatch.adapter.bundle.BundleFiles.span;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import io.bridgewatch.model.Bundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles as the world sends them: torn, lying, hostile. */
class SickBundleTest {

  private final Path temp;

  SickBundleTest(@TempDir Path temp) {
    this.temp = temp;
  }

  // ---- records that cannot be used are counted, and cost nothing else

  @Test
  void brokenLineIsCountedWithItsPlaceAndTheOthersAreKept() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with(
                    "metrics.jsonl",
                    gauge(NOON, "1") + "{\"resourceMetrics\":[{\"res\n" + gauge(NOON + 1, "2")));

    assertThat(bundle.series().getFirst().values()).containsExactly(1, 2);
    assertThat(bundle.rejections())
        .containsExactly(new Bundle.Rejection("metrics.jsonl", "BrokenLine", 1, "metrics.jsonl:2"));
  }

  @Test
  void brokenLineLeavesNothingOfItselfBehind() throws IOException {
    String two = span("a1", "01", "", NOON) + span("a1", "02", "01", NOON);
    String oneLine = two.replace("\n", "").replace("}{", "}, {");
    Bundle bundle = read(BundleFiles.withManifest().with("traces.jsonl", oneLine));

    assertThat(bundle.spans()).isEmpty();
    assertThat(reasons(bundle)).containsExactly("BrokenLine");
  }

  @Test
  void jsonOfAnotherShapeIsABrokenLine() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with("logs.jsonl", "[1,2]\n\"text\"\n{\"resourceLogs\":7}\n{} {}\n{}\n"));

    assertThat(bundle.rejections())
        .containsExactly(new Bundle.Rejection("logs.jsonl", "BrokenLine", 4, "logs.jsonl:1"));
  }

  @Test
  void tornGzipKeepsTheLinesBeforeTheTear() throws IOException {
    var lines = new StringBuilder();
    var random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      lines.append(gauge(NOON - 500 + i, String.valueOf(random.nextDouble())));
    }
    byte[] whole = BundleFiles.gzip(lines.toString().getBytes(UTF_8));
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with("metrics.jsonl.gz", Arrays.copyOf(whole, whole.length / 2))
                .with("logs.jsonl", log(NOON, "fine")));

    assertThat(bundle.series().getFirst().size()).isBetween(300, 700);
    assertThat(bundle.logs()).hasSize(1);
    assertThat(bundle.rejections())
        .containsExactly(
            new Bundle.Rejection("metrics.jsonl.gz", "DamagedGzip", 1, "metrics.jsonl.gz"));
  }

  @Test
  void concatenatedGzipMembersAreReadToTheEnd() throws IOException {
    var both = new ByteArrayOutputStream();
    both.write(BundleFiles.gzip(gauge(NOON, "1").getBytes(UTF_8)));
    both.write(BundleFiles.gzip(gauge(NOON + 1, "2").getBytes(UTF_8)));
    var files = BundleFiles.withManifest().with("metrics.jsonl.gz", both.toByteArray());

    assertThat(read(files).series().getFirst().size()).isEqualTo(2);
    assertThat(readTar(files).series().getFirst().size()).isEqualTo(2);
  }

  @Test
  void timesOutsideTheWindowAndItsMarginAreCounted() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with(
                    "metrics.jsonl",
                    gauge(NOON + 8 * 3600, "1") // a clock in another zone
                        + gauge(NOON / 1000, "1") // milliseconds taken for nanoseconds
                        + gauge(NOON - 1800, "1") // within the margin
                        + gauge(NOON, "1").replace("\"" + NOON + "000000000\"", "\"0\"")
                        + gauge(NOON, "1").replace("\"" + NOON + "000000000\"", "\"soon\"")
                        + gauge(NOON, "1")
                            .replace("\"" + NOON + "000000000\"", "\"18446744073709551615\""))
                .with(
                    "changes.jsonl",
                    "{\"time\":\"2023-01-20T00:00:00Z\",\"kind\":\"deploy\"}\n"
                        + "{\"time\":\"2024-01-20T00:00:00Z\",\"kind\":\"deploy\"}\n"
                        + "{\"time\":\"yesterday\",\"kind\":\"deploy\"}\n"));

    assertThat(bundle.series().getFirst().size()).isEqualTo(1);
    assertThat(bundle.changes()).hasSize(1);
    assertThat(bundle.rejections())
        .containsExactly(
            new Bundle.Rejection("changes.jsonl", "TimeMissing", 1, "changes.jsonl:3"),
            new Bundle.Rejection("changes.jsonl", "TimeOutsideRange", 1, "changes.jsonl:2"),
            new Bundle.Rejection("metrics.jsonl", "TimeMissing", 3, "metrics.jsonl:4"),
            new Bundle.Rejection("metrics.jsonl", "TimeOutsideRange", 2, "metrics.jsonl:1"));
  }

  @Test
  void valuesThatAreNoNumbersAreCounted() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with(
                    "metrics.jsonl",
                    Stream.of("NaN", "\"NaN\"", "\"Infinity\"", "-Infinity", "1e999", "\"x\"", "{}")
                            .map(value -> gauge(NOON, value))
                            .reduce("", String::concat)
                        + gauge(NOON, "\"7\"")));

    assertThat(bundle.series().getFirst().values()).containsExactly(7);
    assertThat(bundle.rejections())
        .containsExactly(new Bundle.Rejection("metrics.jsonl", "NotFinite", 7, "metrics.jsonl:1"));
  }

  @Test
  void ofSamplesAtOneTimeTheLastWinsAndTheOthersAreCounted() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with(
                    "metrics.jsonl",
                    gauge(NOON + 1, "1") + gauge(NOON, "2") + gauge(NOON + 1, "3")));

    assertThat(bundle.series().getFirst().values()).containsExactly(2, 3);
    assertThat(bundle.rejections())
        .containsExactly(
            new Bundle.Rejection("metrics.jsonl", "DuplicateSample", 1, "metrics.jsonl:3"));
  }

  @Test
  void duplicateAndNamelessSpansAreCounted() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with(
                    "traces.jsonl",
                    span("a1", "01", "", NOON)
                        + span("A1", "01", "", NOON + 1)
                        + span("a2", "01", "", NOON)
                        + span("00", "01", "", NOON)));

    assertThat(bundle.spans()).hasSize(2);
    assertThat(bundle.rejections())
        .containsExactly(
            new Bundle.Rejection("traces.jsonl", "DuplicateSpan", 1, "traces.jsonl:2"),
            new Bundle.Rejection("traces.jsonl", "IdMissing", 1, "traces.jsonl:4"));
  }

  @Test
  void jsonWithoutEndIsABrokenLine() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with("logs.jsonl", "{\"a\":" + "[".repeat(100_000) + "\n" + log(NOON, "fine")));

    assertThat(bundle.logs()).hasSize(1);
    assertThat(reasons(bundle)).containsExactly("BrokenLine");
  }

  @Test
  void secretsAreImportedWithoutTheirData() throws IOException {
    Bundle bundle =
        read(
            BundleFiles.withManifest()
                .with(
                    "kubernetes/objects.json",
                    "{\"kind\":\"List\",\"items\":[{\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\","
                        + "\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
                        + "\"hush\"}},\"data\":{\"k\":\"hush\"},\"stringData\":{\"k\":\"hush\"}}]}"));

    assertThat(bundle.objects().getFirst().name()).isEqualTo("s");
    assertThat(bundle.objects().getFirst().tree().toString()).doesNotContain("hush");
  }

  // ---- what makes a bundle untrustworthy refuses it whole

  @Test
  void manifestThatIsMissingOrWrongIsRefused() {
    refused(Reason.MANIFEST_MISSING, new BundleFiles().with("metrics.jsonl", gauge(NOON, "1")));
    refused(Reason.MANIFEST_INVALID, manifest("{"));
    refused(Reason.MANIFEST_INVALID, manifest("[]"));
    refused(Reason.UNSUPPORTED_FORMAT, manifest("{}"));
    refused(Reason.UNSUPPORTED_FORMAT, manifest(MANIFEST.replace("/v1", "/v2")));
    refused(Reason.MANIFEST_INVALID, manifest(MANIFEST.replace("window", "windows")));
    refused(Reason.MANIFEST_INVALID, manifest(MANIFEST.replace("2023-01-29T08:20:00Z", "8:20")));
    refused(Reason.MANIFEST_INVALID, manifest(MANIFEST.replace("\"b1\"", "\"b\\u0000\"")));
    refused(Reason.WINDOW_INVALID, manifest(MANIFEST.replace("08:20", "09:20")));
    refused(
        Reason.WINDOW_INVALID, manifest(MANIFEST.replace("2023-01-29T08:20", "1999-01-29T08:20")));
    refused(
        Reason.WINDOW_INVALID,
        manifest(
            MANIFEST
                .replace("2023-01-29T08:20:00Z", "-1000000000-01-01T00:00:00Z")
                .replace("2023-01-29T08:40:00Z", "-1000000000-01-01T00:10:00Z")));
  }

  @Test
  void refusalTellsWhatWasSeenWhatWasWantedAndWhere() {
    BundleException version =
        refused(Reason.UNSUPPORTED_FORMAT, manifest(MANIFEST.replace("/v1", "/v2")));
    assertThat(version)
        .hasMessageContaining("bridgewatch.incident-bundle/v2")
        .hasMessageContaining("reads bridgewatch.incident-bundle/v1");

    BundleException objects =
        refused(
            Reason.DOCUMENT_BROKEN,
            BundleFiles.withManifest()
                .with("kubernetes/objects.json", "{\n\"kind\": \"List\",\n!"));
    assertThat(objects.file()).isEqualTo("kubernetes/objects.json");
    assertThat(objects.line()).hasValue(3);
  }

  @Test
  void namesThatLeaveTheArchiveAreRefused() throws IOException {
    for (String name : new String[] {"../metrics.jsonl", "/etc/passwd", "a/../../b", "C:\\x"}) {
      var files = BundleFiles.withManifest().with(name, "x");
      assertThat(refusal(files.asZip(temp.resolve("names.zip"), "")).reason())
          .as(name)
          .isEqualTo(Reason.UNSAFE_ENTRY);
    }
    var escaping = BundleFiles.withManifest().with("../metrics.jsonl", "x");
    assertThat(refusal(escaping.asTarGz(temp.resolve("names.tar.gz"), "")).reason())
        .isEqualTo(Reason.UNSAFE_ENTRY);
  }

  @Test
  void linksInArchivesAreRefused() throws IOException {
    for (byte kind :
        new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR}) {
      Path tar = temp.resolve("links.tar.gz");
      try (var gzip = new GzipCompressorOutputStream(Files.newOutputStream(tar));
          var archive = new TarArchiveOutputStream(gzip)) {
        var entry = new TarArchiveEntry("metrics.jsonl", kind);
        entry.setLinkName("/etc/passwd");
        archive.putArchiveEntry(entry);
        archive.closeArchiveEntry();
      }
      assertThat(refusal(tar).reason()).isEqualTo(Reason.UNSAFE_ENTRY);
    }
    Path zip = temp.resolve("links.zip");
    try (var archive = new ZipArchiveOutputStream(zip)) {
      var entry = new ZipArchiveEntry("metrics.jsonl");
      entry.setUnixMode(0120777);
      archive.putArchiveEntry(entry);
      archive.write("/etc/passwd".getBytes(UTF_8));
      archive.closeArchiveEntry();
    }
    assertThat(refusal(zip).reason()).isEqualTo(Reason.UNSAFE_ENTRY);
  }

  @Test
  void archivesThatEndEarlyAreRefused() throws IOException {
    var files = BundleFiles.withManifest();
    var random = new Random(3);
    var body = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      body.append(log(NOON, Long.toHexString(random.nextLong())));
    }
    files.with("logs.jsonl", body.toString());
    for (Path whole :
        new Path[] {
          files.asZip(temp.resolve("whole.zip"), ""),
          files.asTarGz(temp.resolve("whole.tar.gz"), "")
        }) {
      byte[] bytes = Files.readAllBytes(whole);
      for (int keep = 5; keep <= 9; keep++) {
        Path torn = temp.resolve("torn-" + keep + whole.getFileName());
        Files.write(torn, Arrays.copyOf(bytes, bytes.length * keep / 10));
        assertThat(refusal(torn).reason()).isEqualTo(Reason.DAMAGED_ARCHIVE);
      }
    }
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws IOException {
    Path tar = temp.resolve("twice.tar.gz");
    try (var gzip = new GzipCompressorOutputStream(Files.newOutputStream(tar));
        var archive = new TarArchiveOutputStream(gzip)) {
      for (int i = 0; i < 2; i++) {
        byte[] bytes = MANIFEST.getBytes(UTF_8);
        var entry = new TarArchiveEntry("bundle.json");
        entry.setSize(bytes.length);
        archive.putArchiveEntry(entry);
        archive.write(bytes);
        archive.closeArchiveEntry();
      }
    }

    assertThat(refusal(tar).reason()).isEqualTo(Reason.DUPLICATE_ENTRY);
  }

  @Test
  void whatIsNoArchiveAndWhatIsNotThereAreRefused() throws IOException {
    assertThat(refusal(temp.resolve("nowhere")).reason()).isEqualTo(Reason.NOT_READABLE);
    assertThat(refusal(Files.writeString(temp.resolve("a.zip"), "hello")).reason())
        .isEqualTo(Reason.UNKNOWN_CONTAINER);
    assertThat(refusal(Files.writeString(temp.resolve("empty.zip"), "")).reason())
        .isEqualTo(Reason.UNKNOWN_CONTAINER);
  }

  @Test
  void unknownFilesAreLeftAlone() throws IOException {
    var files = BundleFiles.withManifest().with("core.dump", new byte[1 << 20]).with("x/y", "z");

    assertThat(read(files).rejections()).isEmpty();
    assertThat(readTar(files).rejections()).isEmpty();
  }

  // ---- floods

  @Test
  void zipOfTenGigabytesOfNothingIsRefused() throws IOException {
    long tenGigabytes = 10L << 30;
    for (long declared : new long[] {tenGigabytes, 1000}) {
      Path zip = bomb((byte) 0, tenGigabytes, declared);

      assertThat(Files.size(zip)).isLessThan(20L << 20);
      assertThat(refusal(zip).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    }
  }

  @Test
  void zipThatHidesAFloodOfEmptyLinesIsRefused() throws IOException {
    assertThat(refusal(bomb((byte) '\n', 1L << 30, 1000)).reason())
        .isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  private Path bomb(byte filler, long size, long declared) throws IOException {
    Path zip = temp.resolve("bomb.zip");
    try (var archive = new ZipArchiveOutputStream(zip)) {
      archive.putArchiveEntry(new ZipArchiveEntry("bundle.json"));
      archive.write(MANIFEST.getBytes(UTF_8));
      archive.closeArchiveEntry();
      byte[] packed = deflated(filler, size);
      var entry = new ZipArchiveEntry("metrics.jsonl");
      entry.setMethod(ZipArchiveEntry.DEFLATED);
      entry.setSize(declared);
      entry.setCompressedSize(packed.length);
      entry.setCrc(0);
      archive.addRawArchiveEntry(entry, new ByteArrayInputStream(packed));
    }
    return zip;
  }

  @Test
  void gzipFileThatGrowsWithoutMeasureIsRefused() {
    byte[] blank = new byte[200 << 20];
    Arrays.fill(blank, (byte) '\n');

    refused(
        Reason.LIMIT_EXCEEDED,
        BundleFiles.withManifest().with("logs.jsonl.gz", BundleFiles.gzip(blank)));
  }

  @Test
  void tarHeaderWithoutEndIsRefused() throws IOException {
    Path tar = temp.resolve("header.tar.gz");
    try (var gzip = new GzipCompressorOutputStream(Files.newOutputStream(tar));
        var archive = new TarArchiveOutputStream(gzip)) {
      var entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
      entry.setSize(64 << 20);
      archive.putArchiveEntry(entry);
      archive.write(new byte[64 << 20]);
      archive.closeArchiveEntry();
    }

    assertThat(refusal(tar).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  @Test
  void eachLimitRefusesWhatIsBeyondIt() throws IOException {
    var two =
        BundleFiles.withManifest().with("metrics.jsonl", gauge(NOON, "1") + gauge(NOON + 1, "1"));
    Path folder = two.asFolder(temp.resolve("two"));
    Path zip = two.asZip(temp.resolve("two.zip"), "");

    assertThat(refusal(folder, limits(1, 100, 1 << 20, 10)).reason())
        .isEqualTo(Reason.LIMIT_EXCEEDED);
    BundleException line = refusal(folder, limits(100, 100, 100, 10));
    assertThat(line.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(line.line()).hasValue(1);
    assertThat(refusal(zip, limits(100, 100, 1 << 20, 1)).reason())
        .isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(IncidentBundles.read(zip, limits(2, 100, 1 << 20, 2)).series()).hasSize(1);
  }

  private static ImportLimits limits(long samples, long records, int lineBytes, int entries) {
    return new ImportLimits(
        1 << 20,
        1 << 20,
        1000,
        entries,
        lineBytes,
        1 << 20,
        50,
        samples,
        records,
        Duration.ofDays(1),
        Duration.ofHours(1),
        Duration.ofDays(1));
  }

  /** Deflated bytes of one value; a full flush makes each megabyte the same bytes. */
  private static byte[] deflated(byte filler, long size) {
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, filler);
    var out = new ByteArrayOutputStream();
    try (var deflater = new Deflater(9, true)) {
      byte[] buffer = new byte[1 << 16];
      deflater.setInput(megabyte);
      int length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
      for (long i = 0; i < size >> 20; i++) {
        out.write(buffer, 0, length);
      }
      out.write(3); // an empty last block
      out.write(0);
    }
    return out.toByteArray();
  }

  private Bundle read(BundleFiles files) throws IOException {
    return IncidentBundles.read(files.asFolder(Files.createTempDirectory(temp, "b")));
  }

  private Bundle readTar(BundleFiles files) throws IOException {
    return IncidentBundles.read(files.asTarGz(temp.resolve("b.tar.gz"), "b/"));
  }

  private static BundleFiles manifest(String text) {
    return new BundleFiles().with("bundle.json", text);
  }

  private BundleException refused(Reason reason, BundleFiles files) {
    BundleException refusal = catchThrowableOfType(BundleException.class, () -> read(files));
    assertThat(refusal).as("refusal for %s", reason).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    return refusal;
  }

  private static BundleException refusal(Path path) {
    return refusal(path, ImportLimits.DEFAULT);
  }

  private static BundleException refusal(Path path, ImportLimits limits) {
    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> IncidentBundles.read(path, limits));
    assertThat(refusal).as("refusal of %s", path).isNotNull();
    return refusal;
  }

  private static Stream<String> reasons(Bundle bundle) {
    return bundle.rejections().stream().map(Bundle.Rejection::reason);
  }
}
