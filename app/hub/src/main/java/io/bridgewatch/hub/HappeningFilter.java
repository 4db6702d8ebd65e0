package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.Happening;
import io.bridgewatch.topology.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which happenings are wanted.
 *
 * @param what empty for all
 * @param kinds only changes of these kinds; empty for all
 * @param words which must all occur
 * @param warnings whether of events only warnings are wanted
 */
record HappeningFilter(Set<What> what, Set<Change.Kind> kinds, List<Word> words, boolean warnings)
    implements Predicate<Happening> {

  /** What a happening is about. */
  enum What {
    CHANGE,
    LIFECYCLE,
    EVENT,
    HEALTH;

    static What of(Happening happening) {
      return switch (happening) {
        case Happening.Changed changed -> CHANGE;
        case Happening.Lived lived -> LIFECYCLE;
        case Happening.Reported reported -> EVENT;
        case Happening.HealthChanged health -> HEALTH;
      };
    }
  }

  HappeningFilter {
    what = Set.copyOf(what);
    kinds = Set.copyOf(kinds);
    words = List.copyOf(words);
  }

  @Override
  public boolean test(Happening happening) {
    return (what.isEmpty() || what.contains(What.of(happening)))
        && switch (happening) {
          case Happening.Changed changed ->
              kinds.isEmpty() || kinds.contains(changed.change().kind());
          case Happening.Reported reported -> kinds.isEmpty() && (!warnings || reported.warning());
          case Happening.Lived lived -> kinds.isEmpty();
          case Happening.HealthChanged health -> kinds.isEmpty();
        }
        && words.stream().allMatch(word -> texts(happening).anyMatch(word::occursIn));
  }

  private static Stream<String> texts(Happening happening) {
    var identity =
        happening.entity().identity().asMap().entrySet().stream()
            .filter(pair -> !pair.getKey().equals(AttributeNames.CLUSTER))
            .map(Map.Entry::getValue);
    var said =
        switch (happening) {
          case Happening.Changed changed ->
              Stream.of(
                  changed.change().summary(),
                  changed.change().diff(),
                  changed.change().author(),
                  changed.manager(),
                  changed.user());
          case Happening.Lived lived -> Stream.of(lived.reason(), lived.message());
          case Happening.Reported reported ->
              Stream.of(reported.reason(), reported.message(), reported.reporter());
          case Happening.HealthChanged health ->
              Stream.of(health.health().reason(), health.health().message());
        };
    return Stream.concat(identity, said);
  }
}
