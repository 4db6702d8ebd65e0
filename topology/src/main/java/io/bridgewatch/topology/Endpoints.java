package io.bridgewatch.topology;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.SortedIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How many endpoints stand behind each Kubernetes service, slice by slice. */
record Endpoints(
    SortedIndex<EntityRef, SortedIndex<String, Slice>> byService,
    SortedIndex<String, EntityRef> services) {

  /** The endpoints of one slice. */
  record Slice(int ready, int all) {}

  static Endpoints none() {
    return new Endpoints(SortedIndex.empty(), SortedIndex.empty());
  }

  boolean knows(EntityRef service) {
    return byService.containsKey(service);
  }

  /** The service that a slice holds endpoints of. */
  Optional<EntityRef> serviceOf(String slice) {
    return services.get(slice);
  }

  Endpoints with(EntityRef service, String id, KubernetesObject slice) {
    List<KubernetesObject> all = slice.list("endpoints");
    long ready =
        all.stream().filter(e -> !ObjectTimes.is(e, "false", "conditions", "ready")).count();
    SortedIndex<String, Slice> slices = slices(service);
    return new Endpoints(
        byService.with(service, slices.with(id, new Slice((int) ready, all.size()))),
        services.with(id, service));
  }

  Endpoints without(String id) {
    Optional<EntityRef> service = services.get(id);
    if (service.isEmpty()) {
      return this;
    }
    SortedIndex<String, Slice> left = slices(service.get()).without(id);
    return new Endpoints(
        left.isEmpty() ? byService.without(service.get()) : byService.with(service.get(), left),
        services.without(id));
  }

  private SortedIndex<String, Slice> slices(EntityRef service) {
    return byService.get(service).orElse(SortedIndex.empty());
  }

  /** A service is as well as it has something ready to send connections to. */
  Health health(EntityRef service, Instant now) {
    int ready = 0;
    int all = 0;
    for (Slice slice : slices(service).values()) {
      ready += slice.ready();
      all += slice.all();
    }
    return all > 0 && ready == 0
        ? Health.of(
            Health.State.FAILING,
            ObjectReason.NO_READY_ENDPOINTS.word(),
            "0 of " + all + " endpoints ready",
            Optional.of(now))
        : Health.healthy();
  }
}
