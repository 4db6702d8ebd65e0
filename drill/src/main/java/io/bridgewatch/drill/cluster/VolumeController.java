package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ObjectChange;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Makes a volume for each claim of a class that has a provisioner, and binds the two. */
final class VolumeController extends Controller {
  private static final Recorder.Source SOURCE =
      Recorder.Source.controller("persistentvolume-controller");

  VolumeController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("PersistentVolumeClaim")) {
      enqueue(change.namespace() + "/" + change.name());
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("PersistentVolumeClaim", namespace, name);
    if (found.isEmpty()) {
      releaseVolumes(namespace, name);
      return;
    }
    var claim = found.get();
    if (!Trees.text(claim, "spec", "volumeName").isEmpty()) {
      return;
    }
    var storageClass = Trees.text(claim, "spec", "storageClassName");
    if (world.cache().find("StorageClass", "", storageClass).isEmpty()) {
      world
          .recorder()
          .warning(
              SOURCE,
              claim,
              "ProvisioningFailed",
              "storageclass.storage.k8s.io \"%s\" not found".formatted(storageClass));
      retry(namespace + "/" + name);
      return;
    }
    var volume = "pvc-" + Trees.uid(claim);
    world.objects().create(volume(claim, volume, storageClass), World.CONTROLLERS);
    world.change(
        new ObjectName("v1", "PersistentVolume", volume),
        World.CONTROLLERS,
        "status",
        live -> Trees.child(live, "status").put("phase", "Bound"));
    world.change(
        Trees.named(claim),
        World.CONTROLLERS,
        "",
        live -> {
          Trees.child(live, "spec").put("volumeName", volume);
          Trees.child(Trees.child(live, "metadata"), "annotations")
              .put("pv.kubernetes.io/bind-completed", "yes")
              .put("pv.kubernetes.io/bound-by-controller", "yes");
        });
    world.change(
        Trees.named(claim),
        World.CONTROLLERS,
        "status",
        live -> {
          var status = Trees.child(live, "status").put("phase", "Bound");
          status.set("accessModes", Trees.at(claim, "spec", "accessModes").deepCopy());
          status
              .putObject("capacity")
              .put("storage", Trees.text(claim, "spec", "resources", "requests", "storage"));
        });
  }

  private static ObjectNode volume(ObjectNode claim, String name, String storageClass) {
    var volume = Trees.object().put("kind", "PersistentVolume").put("apiVersion", "v1");
    volume.putObject("metadata").put("name", name);
    var spec = volume.putObject("spec");
    spec.putObject("capacity")
        .put("storage", Trees.text(claim, "spec", "resources", "requests", "storage"));
    spec.set("accessModes", Trees.at(claim, "spec", "accessModes").deepCopy());
    spec.putObject("claimRef")
        .put("kind", "PersistentVolumeClaim")
        .put("namespace", Trees.namespace(claim))
        .put("name", Trees.name(claim))
        .put("uid", Trees.uid(claim))
        .put("apiVersion", "v1");
    spec.put("persistentVolumeReclaimPolicy", "Delete");
    spec.put("storageClassName", storageClass).put("volumeMode", "Filesystem");
    return volume;
  }

  private void releaseVolumes(String namespace, String claim) {
    for (var volume : world.cache().all("PersistentVolume")) {
      if (Trees.text(volume, "spec", "claimRef", "namespace").equals(namespace)
          && Trees.text(volume, "spec", "claimRef", "name").equals(claim)) {
        world.delete(Trees.named(volume), Optional.of(0L));
      }
    }
  }
}
