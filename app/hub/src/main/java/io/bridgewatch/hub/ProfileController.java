package io.bridgewatch.hub;

import io.bridgewatch.hub.EntityProfiles.Found;
import io.bridgewatch.topology.KeySignal;
import io.bridgewatch.topology.Profiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the containers of an entity are, and what to look at. */
@RestController
@RequestMapping("/api/v1/entity")
@Tag(name = "entities")
final class ProfileController {

  private final Moments moments;
  private final EntityProfiles profiles;
  private final QueryLimits limits;

  ProfileController(Moments moments, EntityProfiles profiles, QueryLimits limits) {
    this.moments = moments;
    this.profiles = profiles;
    this.limits = limits;
  }

  @GetMapping("/profile")
  @Operation(
      operationId = "entityProfile",
      summary = "What the containers of a pod or a workload are seen as now, and why")
  ProfileApi.EntityProfile profile(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String type,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam String name,
      @Parameter(description = "of an object without a type of its own")
          @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "of a container") @RequestParam(required = false)
          @Nullable String pod) {
    var live = moments.live(cluster);
    var ref = EntityId.ref(live.name(), EntityId.typeOf(type), name, namespace, pod, kind);
    var found = limits.answer(() -> profiles.find(live.name(), ref, live.topology()));
    return new ProfileApi.EntityProfile(
        found.stream().map(Found::pod).findFirst().orElse(null),
        Profiles.ANNOTATION,
        found.stream().map(ProfileController::told).toList());
  }

  private static ProfileApi.SeenContainer told(Found found) {
    var profile = found.profile();
    return new ProfileApi.SeenContainer(
        profile.container(),
        profile.chosen(),
        profile.seen().stream()
            .map(
                seen ->
                    new ProfileApi.SeenKind(
                        seen.kind().id(),
                        seen.kind().title(),
                        seen.confidence(),
                        seen.evidence().stream()
                            .map(
                                it ->
                                    new ProfileApi.KindEvidence(
                                        it.source(), it.found(), it.weight()))
                            .toList()))
            .toList(),
        profile.signals().stream()
            .sorted(Comparator.comparing(KeySignal::tells))
            .map(signal -> told(signal, found.metrics()))
            .toList());
  }

  private static ProfileApi.KeyMetric told(KeySignal signal, List<String> metrics) {
    return new ProfileApi.KeyMetric(
        signal.tells(), signal.metric(), metrics.stream().filter(signal::isOf).toList());
  }
}
