package io.bridgewatch.cli;

import io.bridgewatch.adapter.bundle.BundleException;
import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.ReportJson;
import io.bridgewatch.adapter.report.ReportText;
import io.bridgewatch.engine.BundleDiagnosis;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.SituationReport;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Diagnoses one bundle for a person, or a folder of bundles for a program. */
@Command(name = "diagnose")
final class DiagnoseCommand implements Callable<Integer> {

  private static final int REJECTIONS_SHOWN = 5;
  private static final int MOST_THREADS = 256;

  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "BUNDLE", descriptionKey = "diagnose.bundle")
  private Optional<Path> path = Optional.empty();

  @Option(names = "--json", descriptionKey = "diagnose.json")
  private boolean json;

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "diagnose.lang")
  private Optional<String> lang = Optional.empty();

  @Option(names = "--reported-at", paramLabel = "TIME", descriptionKey = "diagnose.reported-at")
  private Optional<String> reportedAt = Optional.empty();

  @Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "diagnose.zone")
  private Optional<String> zone = Optional.empty();

  @Option(names = "--color", descriptionKey = "diagnose.color")
  private boolean colour;

  @Option(names = "--batch", paramLabel = "DIR", descriptionKey = "diagnose.batch")
  private Optional<Path> batch = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE.jsonl", descriptionKey = "diagnose.out")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", descriptionKey = "diagnose.threads")
  private Optional<String> threads = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it calls
  DiagnoseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    lang.filter(tag -> !Main.languageTags().contains(tag))
        .ifPresent(
            tag -> {
              throw wrong(
                  "--lang is '" + tag + "', wanted zh or en", "--lang 为 '" + tag + "'，应为 zh 或 en");
            });
    if (batch.isPresent()) {
      return batch(batch.get());
    }
    if (out.isPresent() || threads.isPresent()) {
      throw wrong("--out and --threads go with --batch", "--out 与 --threads 须与 --batch 同用");
    }
    if (path.isEmpty()) {
      throw wrong("misses a BUNDLE, or --batch with a folder", "缺少 BUNDLE，或 --batch 加目录");
    }
    return single(path.get());
  }

  private int single(Path path) {
    Optional<Instant> reported = reportedAt.map(this::instant);
    ZoneId shown = zone.map(this::zoneId).orElse(console.zone());
    Language language = console.language();
    Bundle bundle;
    try {
      bundle = IncidentBundles.read(path);
    } catch (BundleException e) {
      console.tell(Refusals.text(e, Language.EN), Refusals.text(e, Language.ZH));
      return Main.FAILED;
    }
    tellRejections(bundle);
    if (reported.isPresent()) {
      bundle = bundle.withHints(reported, bundle.symptom());
    }
    SituationReport report = new BundleDiagnosis().diagnose(bundle);
    console
        .out()
        .print(
            json
                ? ReportJson.writeIndented(report, language) + "\n"
                : ReportText.write(report, language, shown, colour));
    if (console.out().checkError()) {
      console.tell("cannot write the report to standard output", "无法把报告写到标准输出");
      return Main.FAILED;
    }
    return Main.DONE;
  }

  private int batch(Path root) {
    if (path.isPresent() || json || colour || zone.isPresent() || reportedAt.isPresent()) {
      throw wrong(
          "--batch goes with --out, --lang and --threads only",
          "--batch 只能与 --out、--lang、--threads 同用");
    }
    Path file =
        out.orElseThrow(
            () -> wrong("--batch needs --out FILE.jsonl", "--batch 需要 --out FILE.jsonl"));
    int atOnce =
        threads.map(this::threadCount).orElseGet(() -> Runtime.getRuntime().availableProcessors());
    var diagnosis = new BundleDiagnosis();
    return new BatchDiagnosis(
            bundle -> diagnosis.diagnose(IncidentBundles.read(bundle)), console, atOnce)
        .run(root, file);
  }

  /** What the report does not rest on, because it could not be used. */
  private void tellRejections(Bundle bundle) {
    long records = bundle.rejections().stream().mapToLong(Bundle.Rejection::count).sum();
    if (records == 0) {
      return;
    }
    console.tell(
        records + " records of the bundle could not be used:", "故障包中有 " + records + " 条记录无法使用：");
    for (Bundle.Rejection rejection :
        bundle.rejections().stream().limit(REJECTIONS_SHOWN).toList()) {
      String what = rejection.file() + ": " + rejection.count() + " × " + rejection.reason();
      console.tell(
          "  " + what + ", first at " + rejection.firstAt(),
          "  " + what + "，首次出现于 " + rejection.firstAt());
    }
    int left = bundle.rejections().size() - REJECTIONS_SHOWN;
    if (left > 0) {
      console.tell("  … and " + left + " more", "  ……另有 " + left + " 项");
    }
  }

  private Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong(
          "--reported-at is '" + text + "', wanted RFC 3339 such as 2026-03-02T10:15:00+08:00",
          "--reported-at 为 '" + text + "'，应为 RFC 3339，例如 2026-03-02T10:15:00+08:00");
    }
  }

  private ZoneId zoneId(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw wrong(
          "--zone is '" + text + "', wanted a time zone such as Asia/Shanghai",
          "--zone 为 '" + text + "'，应为时区，例如 Asia/Shanghai");
    }
  }

  private int threadCount(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1 && count <= MOST_THREADS) {
        return count;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(
        "--threads is '" + text + "', wanted a number from 1 to " + MOST_THREADS,
        "--threads 为 '" + text + "'，应为 1 到 " + MOST_THREADS + " 的数字");
  }

  private ParameterException wrong(String en, String zh) {
    return new ParameterException(spec.commandLine(), console.language() == Language.ZH ? zh : en);
  }
}
