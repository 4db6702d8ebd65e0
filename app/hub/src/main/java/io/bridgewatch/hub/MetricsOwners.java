package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.scale.MetricsApis;
import io.bridgewatch.scale.MetricsApis.Group;
import io.bridgewatch.scale.MetricsOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who serves custom and external metrics in each cluster, as its API server says: the APIService of
 * the group, and of several versions that which the API server prefers. Of another's server, which
 * metrics it lists.
 */
@Component
final class MetricsOwners {

  /** As deploy/metrics-api names our service. */
  private static final String SERVICE = "bridgewatch-metrics";

  private static final String API_SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices/";
  private static final String JSON = "application/json";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int FORBIDDEN = 403;

  private final Watch watch;
  private final JsonMapper json;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  MetricsOwners(ClusterParts parts, JsonMapper json, InstantSource clock) {
    this.watch = parts.watch();
    this.json = json;
    this.clock = clock;
  }

  private record Known(MetricsApis apis, Instant at) {}

  /** At most a minute old. */
  MetricsApis of(String cluster) {
    var before = known.get(cluster);
    return before != null && before.at().plus(KEPT).isAfter(clock.instant())
        ? before.apis()
        : asked(cluster);
  }

  /** As of now. */
  MetricsApis asked(String cluster) {
    var opening = watch.pages(cluster);
    if (opening.isEmpty()) {
      known.remove(cluster);
      var unknown = new MetricsOwner.Unknown("the cluster " + cluster + " is not watched");
      return new MetricsApis(unknown, unknown);
    }
    MetricsApis apis;
    try (ApiPages pages = opening.get().get()) {
      apis = new MetricsApis(owner(pages, Group.CUSTOM), owner(pages, Group.EXTERNAL));
    }
    known.put(cluster, new Known(apis, clock.instant()));
    return apis;
  }

  /** Versions of a group that autoscalers know, the better first. */
  static List<String> versions(Group group) {
    return switch (group) {
      case CUSTOM -> List.of(MetricsApiAnswers.CUSTOM_VERSION, "v1beta1");
      case EXTERNAL -> List.of(MetricsApiAnswers.EXTERNAL_VERSION);
    };
  }

  private MetricsOwner owner(ApiPages pages, Group group) {
    try {
      Optional<Registered> first = Optional.empty();
      for (String version : versions(group)) {
        var one = registered(pages, group, version);
        if (one.isPresent() && (first.isEmpty() || one.get().priority() > first.get().priority())) {
          first = one;
        }
      }
      return first.isEmpty() ? new MetricsOwner.Nobody() : served(pages, group, first.get());
    } catch (IOException | JacksonException e) {
      return new MetricsOwner.Unknown(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new MetricsOwner.Unknown("interrupted");
    }
  }

  /** What an APIService says. */
  private record Registered(
      String version, String namespace, String name, boolean available, int priority) {}

  /** Empty if there is none, or the API server serves it itself. */
  private Optional<Registered> registered(ApiPages pages, Group group, String version)
      throws IOException, InterruptedException {
    String name = version + "." + group.apiGroup();
    try (var page = pages.get(API_SERVICES + name, JSON, PATIENCE, PATIENCE)) {
      byte[] body = page.body().readAllBytes();
      if (page.status() == 404) {
        return Optional.empty();
      }
      if (page.status() == FORBIDDEN) {
        throw new IOException("APIService %s may not be read".formatted(name));
      }
      if (page.status() != 200) {
        throw new IOException(
            "the API server answers %d for APIService %s: %s"
                .formatted(page.status(), name, new String(body, StandardCharsets.UTF_8)));
      }
      JsonNode object = json.readTree(body);
      JsonNode service = object.at("/spec/service");
      boolean available =
          object
              .at("/status/conditions")
              .valueStream()
              .filter(one -> one.path("type").asString("").equals("Available"))
              .anyMatch(one -> one.path("status").asString("").equals("True"));
      return service.path("name").asString("").isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Registered(
                  version,
                  service.path("namespace").asString(""),
                  service.path("name").asString(""),
                  available,
                  object.at("/spec/versionPriority").asInt(0)));
    }
  }

  private MetricsOwner served(ApiPages pages, Group group, Registered one)
      throws IOException, InterruptedException {
    boolean ours = one.name().equals(SERVICE);
    Set<String> metrics;
    if (ours) {
      metrics = MetricsApiValues.of(group);
    } else {
      metrics = one.available() ? listed(pages, group, one.version()) : Set.of();
    }
    return new MetricsOwner.Service(
        one.namespace() + "/" + one.name(), one.version(), ours, one.available(), metrics);
  }

  /** By the discovery that everybody who is known to the API server may read. */
  private Set<String> listed(ApiPages pages, Group group, String version)
      throws IOException, InterruptedException {
    String path = "/apis/%s/%s".formatted(group.apiGroup(), version);
    try (var page = pages.get(path, JSON, PATIENCE, PATIENCE)) {
      byte[] body = page.body().readAllBytes();
      if (page.status() != 200) {
        return Set.of();
      }
      return json.readTree(body)
          .path("resources")
          .valueStream()
          .map(one -> one.path("name").asString(""))
          .map(name -> name.substring(name.lastIndexOf('/') + 1))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
