package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lists and maps as JSON in one column. */
final class Columns {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Columns() {}

  static String strings(List<String> values) {
    return JSON.writeValueAsString(values);
  }

  static List<String> strings(String column) {
    return JSON.readValue(column, new TypeReference<List<String>>() {});
  }

  static String rejections(List<Bundle.Rejection> values) {
    return JSON.writeValueAsString(values);
  }

  static List<Bundle.Rejection> rejections(String column) {
    return JSON.readValue(column, new TypeReference<List<Bundle.Rejection>>() {});
  }

  /** In their order, so that equal sets read the same. */
  static String entities(Set<EntityRef> values) {
    return JSON.writeValueAsString(
        values.stream()
            .sorted()
            .map(ref -> new Entity(ref.type(), ref.identity().asMap()))
            .toList());
  }

  static Set<EntityRef> entities(String column) {
    return JSON.readValue(column, new TypeReference<List<Entity>>() {}).stream()
        .map(entity -> new EntityRef(entity.type(), Attributes.of(entity.identity())))
        .collect(Collectors.toUnmodifiableSet());
  }

  private record Entity(EntityType type, Map<String, String> identity) {}

  static String attributes(Attributes values) {
    return JSON.writeValueAsString(values.asMap());
  }

  static Attributes attributes(String column) {
    return Attributes.of(JSON.readValue(column, new TypeReference<Map<String, String>>() {}));
  }
}
