package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.ReportJson;
import io.bridgewatch.engine.BundleDiagnosis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  @TempDir Path folder;

  @Test
  void aCalmBundleIsSaidToBeCalmInTheLanguageOfTheLocale() throws IOException {
    String bundle = Runs.bundle(folder, "night").toString();
    assertThat(Runs.run("en_US.UTF-8", "diagnose", bundle))
        .isEqualTo(
            new Runs.Result(
                0,
                "night   2026-03-02 02:00:00 – 02:30:00 (UTC)\nNothing is wrong in this window.\n",
                ""));
    assertThat(Runs.run("zh_CN.UTF-8", "diagnose", bundle, "--zone", "Asia/Shanghai"))
        .isEqualTo(
            new Runs.Result(
                0, "night   2026-03-02 10:00:00 – 10:30:00 (Asia/Shanghai)\n该时间窗内没有异常。\n", ""));
  }

  @Test
  void jsonIsTheReportOfTheEngine() throws IOException {
    Path bundle = Runs.bundle(folder, "night");
    var report = new BundleDiagnosis().diagnose(IncidentBundles.read(bundle));
    assertThat(Runs.run("C", "diagnose", "--json", "--lang", "zh", bundle.toString()))
        .isEqualTo(new Runs.Result(0, ReportJson.writeIndented(report, Language.ZH) + "\n", ""));
  }

  @Test
  void recordsThatCouldNotBeUsedAreToldBesideTheReport() throws IOException {
    Path bundle = Runs.bundle(folder, "night");
    Files.writeString(bundle.resolve("logs.jsonl"), "torn\n");
    var run = Runs.run("C", "diagnose", bundle.toString());
    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("1 records of the bundle could not be used")
        .contains("logs.jsonl: 1 × BrokenLine, first at logs.jsonl:1");
  }

  @Test
  void aBundleThatIsNotThereIsAnInputErrorInEitherLanguage() {
    String path = folder.resolve("nowhere").toString();
    var english = Runs.run("C", "diagnose", path);
    assertThat(english.code()).isEqualTo(1);
    assertThat(english.out()).isEmpty();
    assertThat(english.err()).startsWith("bw: cannot read " + path).contains("(NotReadable)");
    var chinese = Runs.run("C", "diagnose", path, "--lang=zh");
    assertThat(chinese.code()).isEqualTo(1);
    assertThat(chinese.err()).startsWith("bw: 无法读取，请检查路径与权限（NotReadable）");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          diagnose                             | misses a BUNDLE
          diagnose --foo                       | does not know --foo
          diagnose a b                         | does not know b
          diagnose a --lang fr                 | --lang is 'fr', wanted zh or en
          diagnose a --lang                    | misses the value of --lang
          diagnose a --lang en --lang en       | --lang may stand only once
          diagnose a --reported-at yesterday   | --reported-at is 'yesterday', wanted RFC 3339
          diagnose a --zone Mars               | --zone is 'Mars', wanted a time zone
          diagnose a --out x                   | --out and --threads go with --batch
          diagnose --batch a                   | --batch needs --out
          diagnose --batch a --out b --json    | --batch goes with --out, --lang and --threads only
          diagnose --batch a --out b --threads 0 | --threads is '0', wanted a number from 1
          """)
  void wrongUsageIsToldAndLeavesTwo(String command, String told) {
    var run = Runs.run("C", command.strip().split(" "));
    assertThat(run.err()).startsWith("bw: " + told).contains("; see bw diagnose --help");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void noCommandShowsTheHelpAndLeavesTwo() {
    var run = Runs.run("C");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Commands:", "diagnose");
  }

  @Test
  void helpTellsTheExitCodesInBothLanguages() {
    assertThat(Runs.run("C", "diagnose", "--help").out())
        .contains("Exit codes:", "done, whether or not an incident was found");
    assertThat(Runs.run("C", "--lang", "zh", "--help").out()).contains("退出码：", "根因分析");
    assertThat(Runs.run("zh_CN.UTF-8", "diagnose", "--help").out()).contains("用法：", "完成，无论是否发现故障");
  }

  @Test
  void bothLanguagesHaveTheSameTexts() throws IOException {
    assertThat(messages("Messages_zh.properties").keySet())
        .isEqualTo(messages("Messages.properties").keySet());
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(Runs.run("C", "--version").out())
        .startsWith("bridgewatch ")
        .doesNotContain("$", "unknown");
  }

  @Test
  void theLocaleIsReadAsPosixSays() {
    assertThat(Main.language(new String[0], Map.of("LANG", "zh_CN", "LC_ALL", "en_GB")))
        .isEqualTo(Language.EN);
    assertThat(Main.language(new String[0], Map.of("LANG", "zh_CN", "LC_ALL", "")))
        .isEqualTo(Language.ZH);
    assertThat(Main.language(new String[] {"--lang=zh"}, Map.of("LANG", "en_GB")))
        .isEqualTo(Language.ZH);
  }

  @Test
  void aProcessInAPosixLocaleWritesChineseInUtf8() throws Exception {
    Path bundle = Runs.bundle(folder, "night");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.bridgewatch.cli.Main",
            "diagnose",
            bundle.toString(),
            "--lang",
            "zh");
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out).endsWith("该时间窗内没有异常。\n");
    assertThat(process.exitValue()).isZero();
  }

  private static Properties messages(String name) throws IOException {
    var properties = new Properties();
    try (var in = MainTest.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      properties.load(in);
    }
    return properties;
  }
}
