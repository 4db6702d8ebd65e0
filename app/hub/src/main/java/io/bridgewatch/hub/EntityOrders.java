package io.bridgewatch.hub;

import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.topology.EntityOrder;
import io.bridgewatch.topology.EntityOrder.Place;
import io.bridgewatch.topology.EntityOrder.Sort;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Orders of lists of entities, and places in them, as addresses spell them. */
final class EntityOrders {

  private EntityOrders() {}

  /**
   * Such as {@code -restarts}.
   *
   * @throws HubProblem if there is no such order
   */
  static EntityOrder of(Optional<String> text) {
    if (text.isEmpty()) {
      return EntityOrder.natural();
    }
    boolean descending = text.get().startsWith("-");
    return new EntityOrder(
        switch (descending ? text.get().substring(1) : text.get()) {
          case "name" -> Sort.NAME;
          case "restarts" -> Sort.RESTARTS;
          case "created" -> Sort.CREATED;
          case "health" -> Sort.HEALTH;
          default ->
              throw HubProblem.invalid(
                  "sort is '"
                      + text.get()
                      + "', wanted name, restarts, created or health, with - before it for the"
                      + " other way round");
        },
        descending);
  }

  static String cursor(Place place, EntityOrder order) {
    var text =
        String.join(
            "\n",
            order.toString(),
            Long.toString(place.number()),
            place.text(),
            place.cluster(),
            EntityId.of(place.ref()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place that a cursor tells.
   *
   * @throws InvalidCursorException if it is of another order or none at all
   */
  static Place place(String cursor, EntityOrder order) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", -1);
      if (parts.length == 5 && parts[0].equals(order.toString())) {
        return new Place(
            Long.parseLong(parts[1]), parts[2], parts[3], EntityId.parse(parts[3], parts[4]));
      }
    } catch (IllegalArgumentException | HubProblem e) {
      // told below
    }
    throw new InvalidCursorException(cursor);
  }
}
