package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The map of what is near an entity. */
@RestController
@RequestMapping("/api/v1/map")
@Tag(name = "entities")
final class MapController {

  private static final int MOST_EXPANDED = 40;

  private final Moments moments;

  MapController(Moments moments) {
    this.moments = moments;
  }

  @GetMapping
  @Operation(
      operationId = "map",
      summary = "An entity and its causal neighbours, at most 150 nodes; the rest is counted")
  ClusterApi.NeighbourMap map(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String type,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam String name,
      @Parameter(description = "of an object without a type of its own")
          @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "of a container") @RequestParam(required = false)
          @Nullable String pod,
      @Parameter(description = "ids of nodes of an earlier map whose neighbours are wanted too")
          @RequestParam(required = false)
          @Nullable List<String> expand,
      @Parameter(description = Parameters.AT) @RequestParam(required = false) @Nullable String at,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var wanted = new LinkedHashSet<String>(Objects.requireNonNullElse(expand, List.<String>of()));
    wanted.removeIf(String::isBlank);
    if (wanted.size() > MOST_EXPANDED) {
      throw HubProblem.invalid(
          "expand names " + wanted.size() + " nodes, wanted at most " + MOST_EXPANDED);
    }
    var moment = moments.one(cluster, Parameters.time("at", at));
    var ref = EntityId.ref(moment.cluster(), EntityId.typeOf(type), name, namespace, pod, kind);
    return NeighbourMap.around(
        moment, EntityController.found(moment, ref, namespace), wanted, language);
  }
}
