package io.bridgewatch.drill.score;

import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Layer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What was truly wrong, told by the world that it was put into.
 *
 * <p>Several references can name one thing, so {@link #names} lists them all; nothing else counts
 * as the cause:
 *
 * <table>
 *   <caption>What names a fault</caption>
 *   <tr><th>the fault is in</th><th>names</th><th>names only with the right kind</th></tr>
 *   <tr><td>one pod or container</td><td>that pod, that container; never its workload, which would
 *       blame healthy replicas</td><td>none</td></tr>
 *   <tr><td>a workload: its release, its settings</td><td>the workload, the replica set of that
 *       release, the service that its processes call themselves, and its pods, each of which has
 *       the fault</td><td>none</td></tr>
 *   <tr><td>a device of a node</td><td>the device</td><td>the node, since "the disk of that node"
 *       leads to the same hands</td></tr>
 *   <tr><td>a node or a zone</td><td>that node; that zone, never one of its nodes</td><td>none
 *   </td></tr>
 *   <tr><td>a service, policy, quota or another object</td><td>that object</td><td>the workload
 *       that it belongs to, if to one only</td></tr>
 *   <tr><td>traffic</td><td>the transaction and the service that it enters by</td><td>none</td>
 *   </tr>
 * </table>
 *
 * Something downstream of the fault or upstream of it is never right, however plausible.
 *
 * @param fault which of the library, such as {@code disk-slow}
 * @param entity what people would call the cause
 * @param kinds of causes that say what it is, at least one
 * @param names all references to the cause, {@code entity} among them
 * @param namesOfKind references that are right only together with one of {@code kinds}
 * @param hurt what answered worse because of it, by the world's own books; an incident that
 *     concerns none of these and not the cause either has come for another reason
 * @param onset when the cause began, not its symptom
 * @param end when it was cured; empty if it lasted
 */
public record Truth(
    String fault,
    EntityRef entity,
    Layer layer,
    Set<CauseKind> kinds,
    Set<EntityRef> names,
    Set<EntityRef> namesOfKind,
    Set<EntityRef> hurt,
    Instant onset,
    Optional<Instant> end) {

  /**
   * @throws IllegalArgumentException if no kind is right, the names lack the entity, or it ends
   *     before it begins
   */
  public Truth {
    kinds = Set.copyOf(kinds);
    names = Set.copyOf(names);
    namesOfKind = Set.copyOf(namesOfKind);
    hurt = Set.copyOf(hurt);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("no kind of cause would be right for " + fault);
    }
    if (!names.contains(entity)) {
      throw new IllegalArgumentException(
          "the names of %s lack %s itself: %s".formatted(fault, entity, names));
    }
    if (end.isPresent() && end.get().isBefore(onset)) {
      throw new IllegalArgumentException(
          "%s ends at %s, before its onset %s".formatted(fault, end.get(), onset));
    }
  }
}
