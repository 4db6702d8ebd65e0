package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.ReportJson;
import io.bridgewatch.engine.BundleDiagnosis;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BatchDiagnosisTest {

  @TempDir Path folder;
  private Path bundles;
  private Path out;

  @BeforeEach
  void folders() throws IOException {
    bundles = Files.createDirectories(folder.resolve("bundles"));
    out = folder.resolve("out.jsonl");
  }

  @Test
  void everyBundleBelowTheFolderGivesOneLineInTheOrderOfPaths() throws IOException {
    for (String name : List.of("b/two", "a/one", "c")) {
      Runs.bundle(bundles, name);
    }
    Files.writeString(bundles.resolve("c/README.txt"), "no bundle");
    Files.writeString(bundles.resolve("c.truth.json"), "{}");
    var run = batch();
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("[3/3] c: ", "3 bundles, 0 of them failed");
    assertThat(Files.readAllLines(out)).containsExactly(line("a/one"), line("b/two"), line("c"));
  }

  @Test
  void aBadBundleBecomesALineAndTheRunGoesOn() throws IOException {
    Runs.bundle(bundles, "a");
    Files.writeString(bundles.resolve("bad.zip"), "PK but no archive");
    Files.writeString(Files.createDirectories(bundles.resolve("x")).resolve("bundle.json"), "{");
    Runs.bundle(bundles, "z");
    var run = batch();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("4 bundles, 2 of them failed");
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo(line("a"));
    assertThat(lines.get(1))
        .startsWith(
            "{\"format\":\"bridgewatch.situation-report/v1\",\"bundle\":\"bad\","
                + "\"path\":\"bad.zip\",\"error\":{\"reason\":\"DamagedArchive\",\"detail\":\"");
    assertThat(lines.get(2)).contains("\"path\":\"x\",\"error\":{\"reason\":\"ManifestInvalid\"");
    assertThat(lines.get(3)).isEqualTo(line("z"));
  }

  @Test
  void aBugThatOneBundleHitsCostsItsOwnLineOnly() throws IOException {
    Runs.bundle(bundles, "a");
    Runs.bundle(bundles, "b");
    var err = new ByteArrayOutputStream();
    int code =
        new BatchDiagnosis(
                bundle -> {
                  if (bundle.endsWith("a")) {
                    throw new IllegalStateException("negative spread");
                  }
                  return new BundleDiagnosis().diagnose(IncidentBundles.read(bundle));
                },
                Runs.console(err),
                2)
            .run(bundles, out);
    assertThat(code).isEqualTo(1);
    assertThat(Files.readAllLines(out).get(0)).contains("InternalError", "negative spread");
    assertThat(Files.readAllLines(out).get(1)).isEqualTo(line("b"));
  }

  @Test
  void linesAreInOrderAlsoWhereALaterBundleIsDoneFirst() throws IOException {
    Runs.bundle(bundles, "a");
    Runs.bundle(bundles, "b");
    var laterIsDone = new CountDownLatch(1);
    int code =
        new BatchDiagnosis(
                bundle -> {
                  if (bundle.endsWith("a")) {
                    await(laterIsDone);
                  }
                  var report = new BundleDiagnosis().diagnose(IncidentBundles.read(bundle));
                  if (bundle.endsWith("b")) {
                    laterIsDone.countDown();
                  }
                  return report;
                },
                Runs.console(new ByteArrayOutputStream()),
                2)
            .run(bundles, out);
    assertThat(code).isZero();
    assertThat(Files.readAllLines(out)).containsExactly(line("a"), line("b"));
  }

  @Test
  void theNumberOfThreadsDoesNotChangeAByte() throws IOException {
    for (int i = 0; i < 20; i++) {
      Runs.bundle(bundles, "b" + i);
    }
    batch("--threads", "1");
    byte[] one = Files.readAllBytes(out);
    batch("--threads", "7");
    assertThat(Files.readAllBytes(out)).isEqualTo(one);
  }

  @Test
  void aFolderWithoutBundlesIsAnInputError() {
    var run = batch();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("found no bundle below " + bundles);
    assertThat(out).doesNotExist();
  }

  @Test
  void anOutputThatCannotBeWrittenIsAnError() throws IOException {
    Runs.bundle(bundles, "a");
    Files.createDirectories(out);
    var run = batch();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("cannot write " + out);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptLeavesWholeLinesOnly() throws Exception {
    for (int i = 0; i < 400; i++) {
      Runs.bundle(bundles, "b%03d".formatted(i));
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.bridgewatch.cli.Main",
                "diagnose",
                "--batch",
                bundles.toString(),
                "--out",
                out.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader progress = process.errorReader(StandardCharsets.UTF_8)) {
      assertThat(progress.readLine()).startsWith("[1/400]");
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      progress.lines().forEach(line -> {}); // so that it is never blocked by a full pipe
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(out);
    assertThat(text).endsWith("\n");
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).isEqualTo(line("b%03d".formatted(i)));
    }
  }

  private Runs.Result batch(String... more) {
    String[] args = {"diagnose", "--batch", bundles.toString(), "--out", out.toString()};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Runs.run("C", all);
  }

  private String line(String path) throws IOException {
    var report = new BundleDiagnosis().diagnose(IncidentBundles.read(bundles.resolve(path)));
    var tree = ReportJson.report(report, Language.EN);
    tree.put("path", path);
    return ReportJson.write(tree);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
