package io.bridgewatch.testkit;

import io.bridgewatch.model.Happening;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.InvalidCursorException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chronicle in memory. Safe to share between threads. */
public final class InMemoryChronicle implements Chronicle {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::time).reversed().thenComparing(Place::id);

  private final Map<String, Map<String, Happening>> clusters = new HashMap<>();

  private record Place(Instant time, String id) {
    static Place of(Happening happening) {
      return new Place(happening.time(), happening.id());
    }

    String cursor() {
      return "m:" + time + " " + id;
    }

    static Place parse(String cursor) {
      int space = cursor.indexOf(' ');
      if (cursor.startsWith("m:") && space > 0) {
        try {
          return new Place(Instant.parse(cursor.substring(2, space)), cursor.substring(space + 1));
        } catch (DateTimeParseException e) {
          // said below
        }
      }
      throw new InvalidCursorException(cursor);
    }
  }

  @Override
  public synchronized void put(String cluster, List<Happening> happenings) {
    var kept = clusters.computeIfAbsent(cluster, name -> new HashMap<>());
    happenings.forEach(happening -> kept.put(happening.id(), happening));
  }

  @Override
  public synchronized Part find(Query query) {
    var after = query.page().cursor().map(Place::parse);
    int limit = query.page().limit();
    var found =
        clusters.getOrDefault(query.cluster(), Map.of()).values().stream()
            .filter(h -> !h.time().isBefore(query.from()) && h.time().isBefore(query.to()))
            .filter(h -> query.about().map(refs -> refs.contains(h.entity())).orElse(true))
            .filter(h -> after.map(place -> ORDER.compare(Place.of(h), place) > 0).orElse(true))
            .filter(query.matching())
            .sorted(Comparator.comparing(Place::of, ORDER))
            .limit(limit + 1L)
            .toList();
    return found.size() <= limit
        ? new Part(found, Optional.empty())
        : new Part(found.subList(0, limit), Optional.of(Place.of(found.get(limit - 1)).cursor()));
  }

  @Override
  public synchronized long forgetBefore(Instant time) {
    long forgotten = 0;
    for (var kept : clusters.values()) {
      int before = kept.size();
      kept.values().removeIf(happening -> happening.time().isBefore(time));
      forgotten += before - kept.size();
    }
    return forgotten;
  }
}
