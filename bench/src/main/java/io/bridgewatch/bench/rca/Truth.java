package io.bridgewatch.bench.rca;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.SymptomHint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The right answer to one bundle.
 *
 * @param onset when the fault began; empty in clean cases and where the source does not tell
 * @param causes attributes of every guilty entity; empty exactly in clean cases
 * @param alarmAt when an alerting rule would have spoken
 * @param alarmSymptom what it would have said
 */
record Truth(
    Optional<Instant> onset,
    List<Attributes> causes,
    String kind,
    Optional<Instant> alarmAt,
    Optional<SymptomHint> alarmSymptom) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  Truth {
    causes = List.copyOf(causes);
  }

  boolean isClean() {
    return causes.isEmpty();
  }

  /** The bundle with everything that the track may tell the engine, and nothing else. */
  Bundle hinted(Bundle bundle, Track track) {
    return switch (track) {
      case NOT_GIVEN -> bundle.withHints(Optional.empty(), Optional.empty());
      case GIVEN -> {
        Optional<Instant> at = alarmAt.or(() -> onset).or(bundle::reportedAt);
        yield bundle.withHints(at, alarmSymptom.or(bundle::symptom));
      }
    };
  }

  /**
   * @throws IOException if the file cannot be read or lacks the guilty entity of a faulty case
   */
  static Truth read(Path file) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
      boolean clean = tree.path("clean").asBoolean(false);
      var causes = new ArrayList<Attributes>();
      String kind = "";
      for (JsonNode cause : tree.path("causes")) {
        causes.add(attributes(cause.path("entity")));
        kind = cause.path("kind").asString("");
      }
      if (clean != causes.isEmpty()) {
        throw new IOException(
            "cannot score against " + file + ": wanted causes or clean, saw both or neither");
      }
      JsonNode alarm = tree.path("alarm");
      return new Truth(
          time(tree.path("onset")), causes, kind, time(alarm.path("reportedAt")), symptom(alarm));
    } catch (JacksonException | DateTimeException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Instant> time(JsonNode node) {
    return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
  }

  private static Optional<SymptomHint> symptom(JsonNode alarm) {
    JsonNode symptom = alarm.path("symptom");
    return symptom.isObject()
        ? Optional.of(
            new SymptomHint(
                attributes(symptom.path("entity")), symptom.path("metric").asString("")))
        : Optional.empty();
  }

  private static Attributes attributes(JsonNode node) {
    var found = new TreeMap<String, String>();
    node.forEachEntry((name, value) -> found.put(name, value.asString("")));
    return Attributes.of(found);
  }
}
