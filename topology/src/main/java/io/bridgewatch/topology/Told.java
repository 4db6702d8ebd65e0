package io.bridgewatch.topology;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Relation;
import java.util.List;
import java.util.Optional;

/**
 * What one object tells: itself, what else follows from it, and how they hang together.
 *
 * @param version the object's resource version
 * @param round the list of its kind in which, or after which, it was last seen
 * @param self empty for an object that only tells of others
 * @param owner the object that keeps it, which fares as it fares
 * @param entities itself and what else it tells of, without the health of others
 * @param life of a pod
 * @param unsettled the object itself where time alone may change the judgement
 */
record Told(
    ObjectKind kind,
    String namespace,
    String name,
    String uid,
    String version,
    int round,
    Optional<EntityRef> self,
    Optional<EntityRef> owner,
    Judgement judgement,
    List<Entity> entities,
    List<Relation> relations,
    Optional<PodLife> life,
    Optional<KubernetesObject> unsettled) {

  Told {
    entities = List.copyOf(entities);
    relations = List.copyOf(relations);
  }

  Told seenIn(int nextRound) {
    return new Told(
        kind, namespace, name, uid, version, nextRound, self, owner, judgement, entities, relations,
        life, unsettled);
  }
}
