package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where services lead now, as the proxies of the nodes know it from EndpointSlices. */
final class AddressBook extends Controller {
  private final Map<String, List<ServiceAddress>> byService = new HashMap<>();

  AddressBook(World world) {
    super(world);
  }

  /** The same list as before while nothing changed. */
  List<ServiceAddress> of(String service) {
    return byService.getOrDefault(service, List.of());
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("EndpointSlice")) {
      var service = Trees.text(change.object(), "metadata", "labels", "kubernetes.io/service-name");
      enqueue(change.namespace() + "/" + service);
    }
  }

  @Override
  void reconcile(String namespace, String service) {
    var ready = new ArrayList<ServiceAddress>();
    for (var slice : world.cache().in("EndpointSlice", namespace)) {
      var of = Trees.text(slice, "metadata", "labels", "kubernetes.io/service-name");
      if (!of.equals(service) || slice.path("ports").isEmpty()) {
        continue;
      }
      var port = slice.path("ports").path(0).path("port").asInt(0);
      for (var endpoint : slice.path("endpoints")) {
        if (Trees.at(endpoint, "conditions", "ready").asBoolean(false)) {
          ready.add(new ServiceAddress(endpoint.path("addresses").path(0).asString(""), port));
        }
      }
    }
    if (!ready.equals(byService.get(service))) {
      byService.put(service, List.copyOf(ready));
    }
  }
}
