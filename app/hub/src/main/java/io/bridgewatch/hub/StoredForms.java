package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.ReportJson;
import io.bridgewatch.adapter.report.Wording;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recordings, reports and incidents as they are stored.
 *
 * <p>Both languages are stored as they are worded now: the answer stays what people were shown,
 * even when a later release words it differently.
 */
@Component
final class StoredForms {

  private final JsonMapper json;

  StoredForms(JsonMapper json) {
    this.json = json;
  }

  /**
   * @param report on the recording
   * @param at when the recording was taken in
   */
  StoredBundle bundle(
      Bundle bundle, SituationReport report, String digest, long sizeBytes, Instant at) {
    return new StoredBundle(
        digest,
        bundle.name(),
        bundle.window(),
        at,
        sizeBytes,
        report.incidents().size(),
        bundle.rejections());
  }

  Map<String, String> reports(SituationReport report) {
    return inEachLanguage(language -> ReportJson.writeIndented(report, language));
  }

  /**
   * @param bundle in which it was found
   * @param digest of the recording that it rests on
   * @param at when that recording was taken in
   */
  StoredIncident incident(
      Incident incident,
      Bundle bundle,
      String digest,
      Instant at,
      Optional<StoredIncident.Live> live) {
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
            incident.insufficientEvidence().isPresent(),
            live),
        inEachLanguage(language -> ReportJson.write(ReportJson.incident(incident, language))),
        json.writeValueAsString(Charts.of(incident, bundle)));
  }

  private static Map<String, String> inEachLanguage(Function<Language, String> worded) {
    var texts = new HashMap<String, String>();
    Arrays.stream(Language.values()).forEach(l -> texts.put(l.tag(), worded.apply(l)));
    return texts;
  }
}
