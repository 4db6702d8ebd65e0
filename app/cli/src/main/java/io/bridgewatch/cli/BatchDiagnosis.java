package io.bridgewatch.cli;

import io.bridgewatch.adapter.bundle.BundleException;
import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.ReportJson;
import io.bridgewatch.adapter.report.Wording;
import io.bridgewatch.model.SituationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Diagnoses every bundle below a folder, several at once, and writes one JSON document a line.
 *
 * <ol>
 *   <li>Bundles are taken in the order of their paths; at most twice as many as there are threads
 *       are under way or wait to be written.
 *   <li>The line of a bundle is written when all before it are, in one piece.
 * </ol>
 *
 * <p>A bundle that cannot be diagnosed costs its own line only. The file holds whole lines at any
 * moment, also after Ctrl-C.
 */
final class BatchDiagnosis {

  /** Reads and diagnoses one bundle. */
  interface Diagnosis {
    SituationReport of(Path bundle) throws BundleException;
  }

  /**
   * What became of a bundle.
   *
   * @param line of the output
   * @param summary for a person to read along
   */
  private record Outcome(
      String label, String line, String summary, boolean failed, Duration took) {}

  private final Diagnosis diagnosis;
  private final Console console;
  private final int threads;

  BatchDiagnosis(Diagnosis diagnosis, Console console, int threads) {
    this.diagnosis = diagnosis;
    this.console = console;
    this.threads = threads;
  }

  /**
   * Runs to the end, whatever single bundles do.
   *
   * @return the exit code: failed if a bundle failed or the output could not be written
   */
  int run(Path root, Path out) {
    List<Path> bundles;
    try {
      bundles = Files.isDirectory(root) ? BundleFolders.below(root) : List.of();
    } catch (IOException e) {
      console.tell("cannot look through " + root + ": " + e, "无法遍历 " + root + "：" + e);
      return Main.FAILED;
    }
    if (bundles.isEmpty()) {
      console.tell(
          "found no bundle below "
              + root
              + "; wanted folders with bundle.json, .zip or .tar.gz files",
          root + " 下没有故障包；应有含 bundle.json 的目录、.zip 或 .tar.gz 文件");
      return Main.FAILED;
    }
    try (LineFile file = LineFile.create(out)) {
      return closedOnExit(file, () -> diagnoseAll(root, bundles, file));
    } catch (IOException | UncheckedIOException e) {
      console.tell(
          "cannot write " + out + ": " + e.getMessage() + "; check the folder and free space",
          "无法写入 " + out + "：" + e.getMessage() + "；请检查目录与剩余空间");
      return Main.FAILED;
    }
  }

  private int diagnoseAll(Path root, List<Path> bundles, LineFile file) throws IOException {
    int failed = 0;
    int written = 0;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Queue<Future<Outcome>> underWay = new ArrayDeque<>();
      Iterator<Path> next = bundles.iterator();
      while (next.hasNext() || !underWay.isEmpty()) {
        while (next.hasNext() && underWay.size() < 2 * threads) {
          Path bundle = next.next();
          underWay.add(workers.submit(() -> outcome(root, bundle)));
        }
        Outcome outcome = await(underWay.remove());
        if (!file.append(outcome.line())) {
          return Main.FAILED;
        }
        written++;
        failed += outcome.failed() ? 1 : 0;
        progress(written, bundles.size(), outcome);
      }
    } finally {
      workers.shutdownNow();
    }
    console.tell(
        written + " bundles, " + failed + " of them failed",
        "共 " + written + " 个故障包，其中 " + failed + " 个失败");
    return failed > 0 ? Main.FAILED : Main.DONE;
  }

  private Outcome outcome(Path root, Path bundle) {
    long start = System.nanoTime();
    String label = BundleFolders.label(root, bundle);
    try {
      SituationReport report = diagnosis.of(bundle);
      var tree = ReportJson.report(report, console.language());
      tree.put("path", label);
      return new Outcome(label, ReportJson.write(tree), summary(report), false, since(start));
    } catch (BundleException e) {
      return failure(
          bundle,
          label,
          e.reason().id(),
          String.valueOf(e.getMessage()),
          Refusals.text(e, console.language()),
          start);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // our own bug, or a bundle too large for this heap: it costs this bundle only
      String word = e instanceof OutOfMemoryError ? "OutOfMemory" : "InternalError";
      String detail = "cannot diagnose " + bundle + ": " + e;
      return failure(bundle, label, word, detail, detail + " (" + word + ")", start);
    }
  }

  private Outcome failure(
      Path bundle, String label, String reason, String detail, String summary, long start) {
    String line =
        ReportJson.write(ReportJson.failure(BundleFolders.name(bundle), label, reason, detail));
    return new Outcome(label, line, summary, true, since(start));
  }

  private String summary(SituationReport report) {
    if (report.incidents().isEmpty()) {
      return console.language() == Language.ZH ? "没有异常" : "nothing is wrong";
    }
    return String.join(
        " | ", report.incidents().stream().map(i -> Wording.title(i, console.language())).toList());
  }

  private void progress(int done, int all, Outcome outcome) {
    console
        .err()
        .printf(
            Locale.ROOT,
            "[%d/%d] %s: %s (%.2f s)%n",
            done,
            all,
            outcome.label(),
            outcome.summary(),
            outcome.took().toNanos() / 1e9);
    console.err().flush();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Outcome await(Future<Outcome> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot tell what became of a bundle", e.getCause());
    }
  }

  /** Work on an open file, as it is called while the process may be told to end. */
  private interface Work {
    int run() throws IOException;
  }

  /** Ctrl-C lets the line being written come to its end and begins no other. */
  private static int closedOnExit(LineFile file, Work work) throws IOException {
    var closing =
        new Thread(
            () -> {
              try {
                file.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Runtime.getRuntime().addShutdownHook(closing);
    try {
      return work.run();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(closing);
      } catch (IllegalStateException e) {
        // the process is ending, and the hook runs
      }
    }
  }
}
