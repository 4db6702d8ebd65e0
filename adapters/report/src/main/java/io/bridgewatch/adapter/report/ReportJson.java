package io.bridgewatch.adapter.report;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.model.Symptom;
import io.bridgewatch.model.TimelineEntry;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The situation report as a JSON document, version 1 ({@code
 * docs/reference/situation-report.schema.json}).
 *
 * <p>The same report always gives the same text: fields stand in the order of the schema, numbers
 * in their shortest form, times in UTC with milliseconds. Trees are maps, lists, strings, numbers
 * and booleans in the order they are written in.
 */
public final class ReportJson {

  /** Name and version of the document format. */
  public static final String FORMAT = "bridgewatch.situation-report/v1";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ReportJson() {}

  /** The document on one line, without a line end. */
  public static String write(SituationReport report, Language language) {
    return JsonText.compact(report(report, language));
  }

  /** The document indented for people, without a line end. */
  public static String writeIndented(SituationReport report, Language language) {
    return JsonText.indented(report(report, language));
  }

  /** Any tree of the kind this class gives, on one line. */
  public static String write(Map<String, @Nullable Object> tree) {
    return JsonText.compact(tree);
  }

  /** The document as a tree. */
  public static Map<String, @Nullable Object> report(SituationReport report, Language language) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("format", FORMAT);
    tree.put("bundle", report.bundle());
    tree.put("engine", report.engine());
    report.parent().ifPresent(parent -> tree.put("parent", parent));
    tree.put("window", window(report.window()));
    tree.put("incidents", report.incidents().stream().map(i -> incident(i, language)).toList());
    return tree;
  }

  /** The document that stands for a bundle that could not be diagnosed. */
  public static Map<String, @Nullable Object> failure(
      String bundle, String path, String reason, String detail) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("format", FORMAT);
    tree.put("bundle", bundle);
    tree.put("path", path);
    var error = new LinkedHashMap<String, @Nullable Object>();
    error.put("reason", reason);
    error.put("detail", detail);
    tree.put("error", error);
    return tree;
  }

  /** One incident as a tree. */
  public static Map<String, @Nullable Object> incident(Incident incident, Language language) {
    Map<SeriesKey, String> charts = chartIds(incident);
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("id", incident.id());
    tree.put("onset", time(incident.onset()));
    tree.put("title", Wording.title(incident, language));
    tree.put(
        "symptoms", incident.symptoms().stream().map(s -> symptom(s, charts, language)).toList());
    tree.put("causes", incident.causes().stream().map(c -> cause(c, charts, language)).toList());
    tree.put("ruledOut", incident.ruledOut().stream().map(r -> ruledOut(r, language)).toList());
    tree.put(
        "insufficientEvidence",
        incident.insufficientEvidence().map(i -> insufficient(i, language)).orElse(null));
    tree.put("timeline", incident.timeline().stream().map(t -> moment(t, language)).toList());
    tree.put("map", map(incident.map()));
    return tree;
  }

  /**
   * The series that an incident's evidence can be charted from, by the id that the document refers
   * to them by: {@code c1}, {@code c2}, … in the order in which symptoms and then causes name them.
   */
  public static Map<String, SeriesKey> charts(Incident incident) {
    var charts = new LinkedHashMap<String, SeriesKey>();
    chartIds(incident).forEach((series, id) -> charts.put(id, series));
    return charts;
  }

  private static Map<SeriesKey, String> chartIds(Incident incident) {
    var ids = new LinkedHashMap<SeriesKey, String>();
    incident.symptoms().forEach(symptom -> chart(symptom.finding().fact(), ids));
    incident.causes().stream()
        .flatMap(cause -> cause.evidence().stream())
        .forEach(evidence -> chart(evidence.fact(), ids));
    return ids;
  }

  private static void chart(Fact fact, Map<SeriesKey, String> ids) {
    FactFields.of(fact).series().ifPresent(key -> ids.putIfAbsent(key, "c" + (ids.size() + 1)));
  }

  private static Map<String, @Nullable Object> symptom(
      Symptom symptom, Map<SeriesKey, String> charts, Language language) {
    Fact fact = symptom.finding().fact();
    var tree = new LinkedHashMap<String, @Nullable Object>();
    entity(tree, symptom.entity(), symptom.entity().identity());
    tree.put("layer", symptom.entity().layer().id());
    tree.put("sentence", Wording.sentence(fact, symptom.entity(), language));
    tree.put("severity", symptom.finding().severity());
    tree.put("since", time(symptom.finding().onset()));
    fact(tree, fact, charts);
    return tree;
  }

  private static Map<String, @Nullable Object> cause(
      Cause cause, Map<SeriesKey, String> charts, Language language) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("rank", cause.rank());
    entity(tree, cause.entity(), cause.attributes().with(cause.entity().identity()));
    tree.put("layer", cause.layer().id());
    tree.put("kind", cause.kind().id());
    tree.put("kindText", Vocabulary.kind(cause.kind(), language));
    tree.put("confidence", cause.confidence());
    tree.put(
        "evidence", cause.evidence().stream().map(e -> evidence(e, charts, language)).toList());
    tree.put("path", cause.path().stream().map(ReportJson::reference).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> evidence(
      Evidence evidence, Map<SeriesKey, String> charts, Language language) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("sentence", Wording.sentence(evidence.fact(), evidence.entity(), language));
    entity(tree, evidence.entity(), evidence.entity().identity());
    tree.put("since", time(evidence.since()));
    tree.put("weight", evidence.weight());
    fact(tree, evidence.fact(), charts);
    return tree;
  }

  private static Map<String, @Nullable Object> ruledOut(RuledOut ruledOut, Language language) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    entity(tree, ruledOut.entity(), ruledOut.entity().identity());
    tree.put("reason", ruledOut.reason().name());
    tree.put("sentence", Wording.sentence(ruledOut, language));
    return tree;
  }

  private static Map<String, @Nullable Object> insufficient(
      InsufficientEvidence insufficient, Language language) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("missing", insufficient.missing().stream().map(Enum::name).toList());
    tree.put("sentence", Wording.sentence(insufficient, language));
    return tree;
  }

  private static Map<String, @Nullable Object> moment(TimelineEntry entry, Language language) {
    FactFields fields = FactFields.of(entry.fact());
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("time", time(entry.time()));
    entity(tree, entry.entity(), entry.entity().identity());
    tree.put("code", fields.code());
    tree.put("signal", fields.signal());
    tree.put("sentence", Wording.sentence(entry.fact(), entry.entity(), language));
    return tree;
  }

  private static Map<String, @Nullable Object> map(CallMap map) {
    Map<EntityRef, String> ids = MapIds.of(map.nodes().stream().map(CallMap.Node::entity).toList());
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("nodes", map.nodes().stream().map(node -> node(node, ids)).toList());
    tree.put(
        "edges",
        map.edges().stream()
            .filter(edge -> ids.containsKey(edge.from()) && ids.containsKey(edge.to()))
            .map(edge -> edge(edge, ids))
            .toList());
    return tree;
  }

  private static Map<String, @Nullable Object> node(CallMap.Node node, Map<EntityRef, String> ids) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("id", ids.get(node.entity()));
    tree.put("type", node.entity().type().id());
    tree.put("name", node.entity().name());
    tree.put("layer", node.entity().layer().id());
    tree.put("role", node.role().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    tree.put("severity", node.severity());
    tree.put("entity", node.entity().identity().asMap());
    return tree;
  }

  private static Map<String, @Nullable Object> edge(Relation edge, Map<EntityRef, String> ids) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("from", ids.get(edge.from()));
    tree.put("to", ids.get(edge.to()));
    tree.put("type", edge.type().id());
    return tree;
  }

  private static Map<String, @Nullable Object> reference(EntityRef entity) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    entity(tree, entity, entity.identity());
    return tree;
  }

  private static void entity(
      Map<String, @Nullable Object> tree, EntityRef entity, Attributes attributes) {
    tree.put("entity", attributes.asMap());
    tree.put("type", entity.type().id());
    tree.put("name", entity.name());
  }

  private static void fact(
      Map<String, @Nullable Object> tree, Fact fact, Map<SeriesKey, String> charts) {
    FactFields fields = FactFields.of(fact);
    tree.put("code", fields.code());
    tree.put("signalType", fact.signal().id());
    tree.put("signal", fields.signal());
    if (!fields.unit().isEmpty()) {
      tree.put("unit", fields.unit());
    }
    tree.put("values", fields.values());
    if (!fields.sample().isBlank()) {
      tree.put("sample", fields.sample());
    }
    fields.series().ifPresent(series -> tree.put("chart", charts.get(series)));
  }

  private static Map<String, @Nullable Object> window(Window window) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("from", time(window.from()));
    tree.put("to", time(window.to()));
    return tree;
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }
}
