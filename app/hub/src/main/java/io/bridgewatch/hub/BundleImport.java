package io.bridgewatch.hub;

import io.bridgewatch.adapter.bundle.BundleException;
import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads a recording, diagnoses it and stores the answer. */
@Component
final class BundleImport {

  /**
   * The incident that most speaks for, and that touches most around it, is the first to look at.
   */
  private static final Comparator<Incident> BEST_SUPPORTED_FIRST =
      Comparator.comparingInt(BundleImport::support)
          .thenComparingInt(incident -> incident.map().nodes().size())
          .reversed()
          .thenComparing(Incident::onset)
          .thenComparing(Incident::id);

  private final Diagnosis diagnosis;
  private final StoredForms forms;
  private final InstantSource clock;

  BundleImport(Diagnosis diagnosis, StoredForms forms, InstantSource clock) {
    this.diagnosis = diagnosis;
    this.forms = forms;
    this.clock = clock;
  }

  /**
   * @throws IOException if the file is no recording
   */
  void run(Path file, ImportQueue.Progress progress) throws IOException {
    progress.step(ImportJob.Step.READ, 0.05);
    Bundle bundle = IncidentBundles.read(file);
    progress.rejecting(bundle.rejections());
    progress.step(ImportJob.Step.DIAGNOSE, 0.4);
    SituationReport report = diagnosis.diagnose(bundle);
    progress.step(ImportJob.Step.STORE, 0.9);
    progress.complete(imported(bundle, report, progress.job().archive(), Files.size(file)));
  }

  private ImportStore.Imported imported(
      Bundle bundle, SituationReport report, String digest, long sizeBytes) {
    var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new ImportStore.Imported(
        forms.bundle(bundle, report, digest, sizeBytes, at),
        forms.reports(report),
        report.incidents().stream()
            .sorted(BEST_SUPPORTED_FIRST)
            .map(i -> forms.incident(i, bundle, digest, at, Optional.empty()))
            .toList());
  }

  private static int support(Incident incident) {
    return incident.causes().stream().mapToInt(cause -> cause.evidence().size()).max().orElse(0);
  }

  /** PascalCase word for a failure. */
  static String reason(Exception e) {
    return switch (e) {
      case BundleException refused -> refused.reason().id();
      case IOException unreadable -> "NotReadable";
      default -> "InternalError";
    };
  }

  /** What went wrong, with the recording called what the user calls it. */
  static String detail(Exception e, ImportJob job, KeptRecordings recordings) {
    if (!(e instanceof IOException)) {
      return "the diagnosis failed; the hub's log says why";
    }
    var said = String.valueOf(e.getMessage());
    return recordings
        .find(job.archive())
        .map(
            path ->
                said.replace(path.toString(), job.file())
                    .replace(String.valueOf(path.getFileName()), job.file()))
        .orElse(said);
  }
}
