package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entities of one cluster as addresses and people spell them: {@code pod/shop/cart-7f9}, {@code
 * node/worker-1}, {@code container/shop/cart-7f9/app}, {@code object/shop/Kafka.strimzi.io/main}.
 * What has no namespace leaves it empty, or out where nothing else precedes the name, as a service
 * does that only its telemetry names.
 */
final class EntityId {

  private static final Map<String, EntityType> TYPES = types();

  private EntityId() {}

  private static Map<String, EntityType> types() {
    var types = new HashMap<String, EntityType>();
    for (EntityType type : EntityType.values()) {
      types.put(type.id(), type);
    }
    return Map.copyOf(types);
  }

  static Optional<EntityType> type(String id) {
    return Optional.ofNullable(TYPES.get(id));
  }

  /**
   * The type of that id.
   *
   * @throws HubProblem if there is none
   */
  static EntityType typeOf(String id) {
    return type(id)
        .orElseThrow(
            () ->
                HubProblem.invalid(
                    "type is '"
                        + id
                        + "', wanted one of "
                        + String.join(
                            ", ",
                            Arrays.stream(EntityType.values()).map(EntityType::id).toList())));
  }

  static String of(EntityRef ref) {
    var text = new StringBuilder(ref.type().id());
    for (String attribute : before(ref.type())) {
      if (ref.type() != EntityType.SERVICE || ref.identity().has(attribute)) {
        text.append('/').append(escaped(ref.identity().getOr(attribute, "")));
      }
    }
    return text.append('/').append(escaped(ref.name())).toString();
  }

  /**
   * The entity of that id.
   *
   * @throws HubProblem if the text names none
   */
  static EntityRef parse(String cluster, String text) {
    var parts = new ArrayList<>(List.of(text.split("/", -1)));
    var type = typeOf(parts.removeFirst());
    boolean alone = type == EntityType.SERVICE && parts.size() == 1;
    var before = alone ? List.<String>of() : before(type);
    if (parts.size() == before.size() + 2 && parts.getFirst().isEmpty()) {
      parts.removeFirst(); // node//worker-1
    }
    if (parts.size() != before.size() + 1 || parts.getLast().isEmpty()) {
      throw HubProblem.invalid("'" + text + "' names no entity, wanted " + form(type));
    }
    var identity = new TreeMap<String, String>();
    for (int i = 0; i < before.size(); i++) {
      if (!parts.get(i).isEmpty()) {
        identity.put(before.get(i), plain(parts.get(i)));
      }
    }
    identity.put(type.nameAttribute(), plain(parts.getLast()));
    return ref(cluster, type, identity);
  }

  /**
   * The entity of that type and name, and what else tells it from others of its name.
   *
   * @throws HubProblem if something is missing
   */
  static EntityRef ref(
      String cluster,
      EntityType type,
      String name,
      @Nullable String namespace,
      @Nullable String pod,
      @Nullable String kind) {
    var identity = new TreeMap<String, String>();
    for (String attribute : type.scope()) {
      var given =
          switch (attribute) {
            case AttributeNames.NAMESPACE -> namespace;
            case AttributeNames.POD -> pod;
            case AttributeNames.OBJECT_KIND -> kind;
            default -> null;
          };
      Parameters.given(given).ifPresent(value -> identity.put(attribute, value));
    }
    identity.put(type.nameAttribute(), name);
    return ref(cluster, type, identity);
  }

  private static EntityRef ref(String cluster, EntityType type, Map<String, String> identity) {
    return new EntityRef(type, Attributes.of(identity).with(AttributeNames.CLUSTER, cluster));
  }

  /** What stands between the type and the name: the namespace, then what is within it. */
  private static List<String> before(EntityType type) {
    if (type == EntityType.SERVICE) {
      return List.of(AttributeNames.NAMESPACE); // where it is known
    }
    var scope = new ArrayList<>(type.scope());
    if (scope.remove(AttributeNames.NAMESPACE)) {
      scope.addFirst(AttributeNames.NAMESPACE);
    }
    return scope;
  }

  private static String form(EntityType type) {
    var form = new StringBuilder(type.id());
    for (String attribute : before(type)) {
      form.append('/').append(attribute.replaceFirst(".*\\.([^.]*)\\.name$", "$1"));
    }
    return form.append("/name").toString();
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("/", "%2F");
  }

  private static String plain(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw HubProblem.invalid("'" + text + "' is not percent-encoded as it should be");
    }
  }
}
