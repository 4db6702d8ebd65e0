package io.bridgewatch.hub;

import io.bridgewatch.adapter.bundle.BundleException;
import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.ReportJson;
import io.bridgewatch.adapter.report.Wording;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a recording, diagnoses it and stores the answer.
 *
 * <p>Both languages are stored as they are worded now: the answer stays what people were shown,
 * even when a later release words it differently.
 */
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
  private final JsonMapper json;
  private final InstantSource clock;

  BundleImport(Diagnosis diagnosis, JsonMapper json, InstantSource clock) {
    this.diagnosis = diagnosis;
    this.json = json;
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
        new StoredBundle(
            digest,
            bundle.name(),
            bundle.window(),
            at,
            sizeBytes,
            report.incidents().size(),
            bundle.rejections()),
        inEachLanguage(language -> ReportJson.writeIndented(report, language)),
        report.incidents().stream()
            .sorted(BEST_SUPPORTED_FIRST)
            .map(i -> stored(i, bundle, digest, at))
            .toList());
  }

  private static int support(Incident incident) {
    return incident.causes().stream().mapToInt(cause -> cause.evidence().size()).max().orElse(0);
  }

  private StoredIncident stored(Incident incident, Bundle bundle, String digest, Instant at) {
    var top =
        incident.causes().isEmpty()
            ? Optional.<StoredIncident.TopCause>empty()
            : Optional.of(incident.causes().getFirst())
                .map(c -> new StoredIncident.TopCause(c.entity(), c.kind(), c.confidence()));
    return new StoredIncident(
        new StoredIncident.Head(
            incident.id(),
            digest,
            bundle.name(),
            bundle.window(),
            incident.onset(),
            at,
            inEachLanguage(language -> Wording.title(incident, language)),
            top,
            incident.symptoms().size(),
            incident.insufficientEvidence().isPresent()),
        inEachLanguage(language -> ReportJson.write(ReportJson.incident(incident, language))),
        json.writeValueAsString(Charts.of(incident, bundle)));
  }

  private static Map<String, String> inEachLanguage(Function<Language, String> worded) {
    var texts = new HashMap<String, String>();
    Arrays.stream(Language.values()).forEach(l -> texts.put(l.tag(), worded.apply(l)));
    return texts;
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
  static String detail(Exception e, ImportJob job, BundleArchive archive) {
    if (!(e instanceof IOException)) {
      return "the diagnosis failed; the hub's log says why";
    }
    var said = String.valueOf(e.getMessage());
    return archive
        .find(job.archive())
        .map(
            path ->
                said.replace(path.toString(), job.file())
                    .replace(String.valueOf(path.getFileName()), job.file()))
        .orElse(said);
  }
}
