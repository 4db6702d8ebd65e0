package io.bridgewatch.hub;

import io.bridgewatch.ports.AuditEntry.Action;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** How well the watch did in drills, and how that changes. */
@RestController
@RequestMapping("/api/v1/scorecards")
@Tag(name = "drill")
final class ScorecardController {

  private static final int FORMAT = 1;
  private static final int MOST_RUNS = 10_000;

  private final ScorecardFiles files;
  private final JsonMapper json;
  private final Audit audit;

  ScorecardController(ScorecardFiles files, JsonMapper json, Audit audit) {
    this.files = files;
    this.json = json;
    this.audit = audit;
  }

  @GetMapping
  @Operation(operationId = "scorecards", summary = "Scorecards of drills, the latest first")
  ScorecardApi.ScorecardList list() {
    return new ScorecardApi.ScorecardList(
        files.all().stream()
            .map(kept -> head(kept.id(), read(kept.text())))
            .sorted(
                Comparator.comparing(ScorecardApi.ScorecardHead::scoredAt)
                    .reversed()
                    .thenComparing(ScorecardApi.ScorecardHead::id))
            .toList());
  }

  @GetMapping("/{id}")
  @Operation(operationId = "scorecard", summary = "One scorecard with all its runs")
  ScorecardApi.Scorecard scorecard(@PathVariable String id) {
    return files.find(id).map(this::read).orElseThrow(() -> missing(id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      operationId = "addScorecard",
      summary = "Keep a scorecard as the drill wrote it; the same one twice is one")
  ScorecardApi.ScorecardHead add(
      @RequestBody ScorecardApi.Scorecard card, HttpServletRequest request) {
    check(card);
    var id =
        files
            .keep(json.writeValueAsString(card))
            .orElseThrow(
                () ->
                    new HubProblem(
                        HttpStatus.CONFLICT,
                        "TooManyScorecards",
                        "there are "
                            + ScorecardFiles.MOST
                            + " scorecards, which is the most; remove some"));
    audit.note(
        Caller.current().name(),
        Action.SCORECARD_ADDED,
        request.getRemoteAddr(),
        card.suite() + " " + card.version());
    return head(id, card);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "removeScorecard", summary = "Remove a scorecard")
  void remove(@PathVariable String id, HttpServletRequest request) {
    if (!files.remove(id)) {
      throw missing(id);
    }
    audit.note(Caller.current().name(), Action.SCORECARD_REMOVED, request.getRemoteAddr(), id);
  }

  private static HubProblem missing(String id) {
    return HubProblem.notFound("there is no scorecard " + id);
  }

  private ScorecardApi.Scorecard read(String text) {
    return json.readValue(text, ScorecardApi.Scorecard.class);
  }

  private static ScorecardApi.ScorecardHead head(String id, ScorecardApi.Scorecard card) {
    return new ScorecardApi.ScorecardHead(
        id,
        card.version(),
        card.suite(),
        card.scoredAt(),
        card.seeds(),
        card.totals(),
        card.calibration().error());
  }

  /** JSON binding leaves null where a field is missing. */
  private static void check(ScorecardApi.Scorecard card) {
    if (card.format() != FORMAT) {
      throw HubProblem.invalid(
          "format is %d, wanted %d: a scorecard as ./bw drill run writes it"
              .formatted(card.format(), FORMAT));
    }
    given("version", card.version());
    given("suite", card.suite());
    given("scoredAt", card.scoredAt());
    given("totals", card.totals());
    elements("seeds", card.seeds());
    for (ScorecardApi.ScoredRun run : elements("runs", card.runs())) {
      given("runs.name", run.name());
      elements("runs.claims", run.claims());
      if (run.outcome() != null) {
        given("runs.outcome.layer", run.outcome().layer());
      }
    }
    if (card.runs().size() > MOST_RUNS) {
      throw HubProblem.invalid(
          "runs has %d elements, at most %d are kept".formatted(card.runs().size(), MOST_RUNS));
    }
    for (Map.Entry<String, ScorecardApi.@Nullable LayerTotals> layer :
        given("byLayer", card.byLayer()).entrySet()) {
      given("byLayer." + layer.getKey(), layer.getValue());
    }
    elements("calibration.bins", given("calibration", card.calibration()).bins());
  }

  private static <T> List<T> elements(String field, @Nullable List<T> list) {
    List<T> all = given(field, list);
    all.forEach(element -> given(field, element));
    return all;
  }

  private static <T> T given(String field, @Nullable T value) {
    if (value == null) {
      throw HubProblem.invalid(field + " is missing");
    }
    return value;
  }
}
