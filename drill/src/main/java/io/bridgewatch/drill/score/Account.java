package io.bridgewatch.drill.score;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a run in words, for whoever wants to know why it was scored as it was. */
public final class Account {

  private static final int CAUSES = 5;
  private static final int NAMES = 8;

  private Account() {}

  /** Some lines, the last one with its end. */
  public static String of(Exercise exercise) {
    var text = new StringBuilder();
    text.append("%s, seed %d%n".formatted(exercise.name(), exercise.seed()));
    Instant zero = exercise.truth().map(Truth::onset).orElse(exercise.begin());
    exercise
        .truth()
        .ifPresent(
            truth ->
                text.append(
                    "  truth: %s %s %s, hurt: %s%n"
                        .formatted(
                            truth.layer().id(),
                            words(truth.entity()),
                            truth.kinds(),
                            words(truth.hurt()))));
    if (exercise.tellings().isEmpty()) {
      text.append("  nothing was told%n".formatted());
    }
    for (Telling telling : exercise.tellings()) {
      text.append(
          "  %+d s %s: %s%n"
              .formatted(
                  Duration.between(zero, telling.at()).toSeconds(),
                  telling.incident(),
                  words(telling.symptoms())));
      for (NamedCause cause : telling.causes()) {
        if (cause.rank() <= CAUSES) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "    %d. %.2f %s %s %s%s%n",
                  cause.rank(),
                  cause.confidence(),
                  cause.layer().id(),
                  words(cause.entity()),
                  cause.kind(),
                  exercise.truth().filter(truth -> Scoring.isRight(cause, truth)).isPresent()
                      ? "  <- right"
                      : ""));
        }
      }
    }
    return text.toString();
  }

  private static String words(Collection<EntityRef> entities) {
    String names =
        entities.stream()
            .map(Account::words)
            .sorted()
            .limit(NAMES)
            .collect(Collectors.joining(", "));
    return entities.size() > NAMES ? names + ", …" : names;
  }

  private static String words(EntityRef entity) {
    return entity.type().id()
        + " "
        + entity.identity().asMap().entrySet().stream()
            .filter(part -> !part.getKey().equals(AttributeNames.CLUSTER))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining("/"));
  }
}
