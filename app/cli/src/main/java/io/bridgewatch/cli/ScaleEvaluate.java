package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.scale.EvaluationSummary;
import io.bridgewatch.scale.ScalingEvaluation;
import io.bridgewatch.scale.ScalingEvaluation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns policies on the first half of each load and judges them on the second. */
@Command(name = "evaluate")
final class ScaleEvaluate implements Callable<Integer> {

  private final Console console;

  @Option(names = "--load", required = true, paramLabel = "DIR", descriptionKey = "evaluate.load")
  private Optional<Path> load = Optional.empty();

  @Option(names = "--start", paramLabel = "60s", descriptionKey = "evaluate.start")
  private Optional<String> start = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", descriptionKey = "evaluate.json")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", descriptionKey = "evaluate.threads")
  private Optional<Integer> threads = Optional.empty();

  @Mixin private final LocalOptions local = new LocalOptions();

  ScaleEvaluate(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path folder = load.orElseThrow();
    Optional<Integer> seconds = Spans.seconds(start.orElse("60s"));
    if (seconds.isEmpty()) {
      console.tell(
          "--start wants a time such as 60s or 2m, saw " + start.orElse(""),
          "--start 应为时长，例如 60s 或 2m，当前为 " + start.orElse(""));
      return Main.WRONG_USAGE;
    }
    List<Path> files;
    try {
      files = LoadFiles.in(folder);
    } catch (IOException e) {
      console.tell(
          "cannot find loads in %s: %s".formatted(folder, reason(e)),
          "在 %s 中找不到负载：%s".formatted(folder, reason(e)));
      return Main.FAILED;
    }
    Map<String, Result> results = new LinkedHashMap<>();
    boolean failed = evaluate(files, seconds.get(), results);
    if (!results.isEmpty()) {
      console.out().print(EvaluationTable.text(results, console.language()));
      failed |= !written(results, seconds.get());
    }
    return failed ? Main.FAILED : Main.DONE;
  }

  /** Whether one failed. */
  private boolean evaluate(List<Path> files, int seconds, Map<String, Result> results) {
    boolean failed = false;
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.clamp(threads.orElse(Runtime.getRuntime().availableProcessors()), 1, 64));
    try {
      var underWay = new ArrayList<Future<Result>>();
      for (Path file : files) {
        underWay.add(workers.submit(() -> ScalingEvaluation.of(LoadFiles.read(file), seconds)));
      }
      for (int i = 0; i < files.size(); i++) {
        String name = LoadFiles.name(files.get(i));
        try {
          results.put(name, underWay.get(i).get());
          progress(i + 1, files.size(), name);
        } catch (ExecutionException e) {
          failed = true;
          String why = reason(e.getCause() == null ? e : e.getCause());
          console.tell(
              "cannot evaluate %s: %s".formatted(files.get(i), why),
              "无法评估 %s：%s".formatted(files.get(i), why));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed = true;
    } finally {
      workers.shutdownNow();
    }
    return failed;
  }

  private void progress(int done, int all, String name) {
    console
        .err()
        .printf(
            Locale.ROOT,
            console.language() == Language.ZH ? "[%d/%d] %s 已评估%n" : "[%d/%d] %s judged%n",
            done,
            all,
            name);
    console.err().flush();
  }

  private boolean written(Map<String, Result> results, int seconds) {
    if (json.isEmpty()) {
      return true;
    }
    try {
      Files.writeString(
          json.get(),
          EvaluationTable.json(
              results, EvaluationSummary.of(List.copyOf(results.values())), seconds));
      return true;
    } catch (IOException e) {
      console.tell(
          "cannot write %s: %s".formatted(json.get(), reason(e)),
          "无法写入 %s：%s".formatted(json.get(), reason(e)));
      return false;
    }
  }

  private static String reason(Throwable e) {
    return e instanceof NoSuchFileException
        ? "there is no such file or folder"
        : String.valueOf(e.getMessage());
  }
}
