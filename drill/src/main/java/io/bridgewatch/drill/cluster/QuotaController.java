package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import java.util.List;
import java.util.TreeMap;

/** Counts anew what a quota's namespace uses, when something went or the quota changed. */
final class QuotaController extends Controller {
  private static final List<String> COUNTED =
      List.of("Pod", "Service", "ConfigMap", "Secret", "PersistentVolumeClaim");

  QuotaController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("ResourceQuota")) {
      enqueue(change.namespace() + "/" + change.name());
    } else if (COUNTED.contains(change.kind())) {
      for (var quota : world.cache().in("ResourceQuota", change.namespace())) {
        enqueue(Trees.key(quota));
      }
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("ResourceQuota", namespace, name);
    if (found.isEmpty()) {
      return;
    }
    var quota = found.get();
    var hard = Trees.at(quota, "spec", "hard");
    var sums = new TreeMap<String, Long>();
    hard.properties().forEach(limit -> sums.put(limit.getKey(), 0L));
    for (var kind : COUNTED) {
      for (var object : world.cache().in(kind, namespace)) {
        var phase = Trees.text(object, "status", "phase");
        var isOver = kind.equals("Pod") && (phase.equals("Succeeded") || phase.equals("Failed"));
        if (!isOver) {
          Usage.of(object, hard).forEach((one, amount) -> sums.merge(one, amount, Long::sum));
        }
      }
    }
    var status = Trees.object();
    status.set("hard", hard.deepCopy());
    var used = status.putObject("used");
    sums.forEach((one, amount) -> used.put(one, Usage.text(one, amount)));
    world.setStatus(quota, status);
  }
}
