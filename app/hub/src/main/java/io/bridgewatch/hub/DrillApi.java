package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents about the simulated cluster that runs beside a hub in a demonstration. */
final class DrillApi {
  private DrillApi() {}

  record Troubles(
      @Schema(description = "name of the simulated cluster") String cluster,
      @Schema(
              description =
                  "of its clock behind this hub's; more than a few tell of a slow machine")
          double behindSeconds,
      @Nullable DrillPast past,
      @Schema(description = "what can be put in") List<TroubleKind> kinds,
      @Schema(description = "what is in now, the latest first") List<TroubleIn> in) {}

  /** The history of the cluster's metrics before it was watched. */
  record DrillPast(
      @Schema(description = "when the history of the cluster's metrics begins") Instant from,
      @Schema(description = "when it ends, before the watch began") Instant to,
      @Schema(description = "up to which time it is there") Instant reached,
      AttachedDrill.PastState state) {}

  record TroubleKind(
      @Schema(example = "disk-slow") String id,
      AttachedDrill.Group group,
      @Schema(description = "in the language that was asked for") String title) {}

  record TroubleIn(
      @Schema(description = "id of its kind") String kind,
      @Schema(description = "where it was put in", example = "node-3") String target,
      Instant since) {}

  record NewTrouble(@Schema(description = "id of its kind", example = "disk-slow") String kind) {}
}
