package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.topology.Word;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened in a cluster. */
@RestController
@RequestMapping("/api/v1/happenings")
@Tag(name = "happenings")
final class HappeningController {

  private static final Duration USUAL_SPAN = Duration.ofHours(1);
  private static final int MOST_HOPS = 3;

  private final Moments moments;
  private final Chronicle chronicle;
  private final InstantSource clock;

  HappeningController(Moments moments, ClusterParts parts, InstantSource clock) {
    this.moments = moments;
    this.chronicle = parts.chronicle();
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      operationId = "happenings",
      summary = "Changes, lifecycles, events and changes of health, newest first")
  ClusterApi.HappeningPage happenings(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @Parameter(description = "RFC 3339, inclusive; an hour before to if not given")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "RFC 3339, exclusive; now if not given")
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(
              description =
                  "change, lifecycle, event, health, several with commas; all if not given")
          @RequestParam(required = false)
          @Nullable String what,
      @Parameter(description = "only changes of these kinds, such as deploy,rollback")
          @RequestParam(required = false)
          @Nullable String change,
      @Parameter(
              description =
                  "words that must all occur, each in the name, the namespace, a reason, a message,"
                      + " a summary or who did it")
          @RequestParam(required = false)
          @Nullable String q,
      @Parameter(
              description = "only what happened to this entity or near it",
              example = "deployment/shop/cart")
          @RequestParam(required = false)
          @Nullable String near,
      @Parameter(description = "how many relations away still counts as near, 0 to 3")
          @RequestParam(defaultValue = "2")
          int hops,
      @Parameter(description = "true: of events only warnings") @RequestParam(required = false)
          @Nullable Boolean warning,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var page = Parameters.page(limit, cursor);
    var live = moments.live(cluster);
    var until = Parameters.time("to", to);
    var end = until.orElseGet(() -> clock.instant().plus(Duration.ofMinutes(1)));
    var begin = Parameters.time("from", from).orElse(end.minus(USUAL_SPAN));
    if (!begin.isBefore(end)) {
      throw HubProblem.invalid("from is " + begin + ", which is not before to, " + end);
    }
    if (hops < 0 || hops > MOST_HOPS) {
      throw HubProblem.invalid("hops is " + hops + ", wanted 0 to " + MOST_HOPS);
    }
    var filter =
        new HappeningFilter(
            Parameters.list(what).stream()
                .map(word -> Parameters.word(HappeningFilter.What.class, "what", word))
                .collect(Collectors.toSet()),
            Parameters.list(change).stream()
                .map(word -> Parameters.word(Change.Kind.class, "change", word))
                .collect(Collectors.toSet()),
            Parameters.words(q).stream().map(Word::of).toList(),
            Boolean.TRUE.equals(warning));
    var about =
        Parameters.given(near)
            .map(id -> near(live, EntityId.parse(live.name(), id), hops, begin, until));
    var part = chronicle.find(new Chronicle.Query(live.name(), begin, end, about, filter, page));
    var now = live.topology();
    return new ClusterApi.HappeningPage(
        part.items().stream()
            .map(happening -> HappeningRows.row(live.name(), happening, now, language))
            .toList(),
        part.next().orElse(null));
  }

  /**
   * What was near at the end of the time or at its beginning, so that what went away meanwhile is
   * near too.
   */
  private Set<EntityRef> near(
      Live live, EntityRef center, int hops, Instant from, Optional<Instant> to) {
    var near =
        new HashSet<>(Neighbourhood.within(moments.moment(live, to).topology(), center, hops));
    moments
        .find(live, from)
        .ifPresent(then -> near.addAll(Neighbourhood.within(then.topology(), center, hops)));
    return near;
  }
}
