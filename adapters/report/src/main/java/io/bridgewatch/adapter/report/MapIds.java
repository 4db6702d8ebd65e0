package io.bridgewatch.adapter.report;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Short ids for the entities of one map, the same for the same entities. */
final class MapIds {

  private MapIds() {}

  /**
   * {@code <type>/<name>}, with the namespace between them where that names several, and with every
   * identifying attribute where even that does.
   */
  static Map<EntityRef, String> of(List<EntityRef> entities) {
    List<Function<EntityRef, String>> namings =
        List.of(
            entity -> entity.type().id() + "/" + entity.name(),
            entity ->
                entity.type().id()
                    + "/"
                    + entity.identity().getOr(AttributeNames.NAMESPACE, "")
                    + "/"
                    + entity.name(),
            EntityRef::toString);
    var ids = new LinkedHashMap<EntityRef, String>();
    List<EntityRef> unnamed = entities.stream().distinct().toList();
    for (var naming : namings) {
      var uses = new HashMap<String, Integer>();
      unnamed.forEach(entity -> uses.merge(naming.apply(entity), 1, Integer::sum));
      for (EntityRef entity : unnamed) {
        String id = naming.apply(entity);
        if (uses.getOrDefault(id, 0) == 1) {
          ids.put(entity, id);
        }
      }
      unnamed = unnamed.stream().filter(entity -> !ids.containsKey(entity)).toList();
    }
    return ids;
  }
}
