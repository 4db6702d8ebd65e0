package io.bridgewatch.hub;

import io.bridgewatch.topology.ContainerProfile.Choice;
import io.bridgewatch.topology.ContainerProfile.Source;
import io.bridgewatch.topology.KeySignal.Golden;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of the HTTP API about what containers are; as {@link Api}, in all else. */
final class ProfileApi {

  private ProfileApi() {}

  @Schema(description = "what the containers of something are seen as, and why")
  record EntityProfile(
      @Schema(
              description =
                  "the pod they were looked at in: the thing itself, or the first of its pods; null"
                      + " where there is none")
          @Nullable String pod,
      @Schema(description = "the annotation that decides instead of the evidence")
          String annotation,
      List<SeenContainer> containers) {}

  record SeenContainer(
      String container,
      Choice chosen,
      @Schema(description = "programs before what they run on, the surest first; may be empty")
          List<SeenKind> seen,
      @Schema(description = "metrics that matter of it: what to look at first stands first")
          List<KeyMetric> signals) {}

  record SeenKind(
      @Schema(description = "as the annotation has it", example = "postgresql") String kind,
      @Schema(example = "PostgreSQL") String title,
      @Schema(description = "0 to 1") double confidence,
      @Schema(description = "the strongest first") List<KindEvidence> evidence) {}

  record KindEvidence(
      Source source,
      @Schema(example = "pg_up") String found,
      @Schema(description = "how sure it makes alone, 0 to 1") double weight) {}

  record KeyMetric(
      Golden tells,
      @Schema(description = "as exporters spell it; a histogram's without its suffix")
          String metric,
      @Schema(description = "names under which it comes in; empty where it does not")
          List<String> names) {}
}
