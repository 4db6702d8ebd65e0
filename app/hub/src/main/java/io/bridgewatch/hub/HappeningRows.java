package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.HappeningText;
import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Vocabulary;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Topology;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Happenings as the API shows them. */
final class HappeningRows {

  private HappeningRows() {}

  /**
   * @param now the topology that tells how the entity is doing today
   */
  static ClusterApi.HappeningRow row(
      String cluster, Happening happening, Topology now, Language language) {
    var ref = happening.entity();
    var head =
        EntityRows.head(
            cluster, ref, now.entity(ref).map(Entity::health).orElse(Health.unknown()), language);
    var sentence = HappeningText.sentence(happening, language);
    var what = HappeningFilter.What.of(happening).name().toLowerCase(Locale.ROOT);
    return switch (happening) {
      case Happening.Changed changed ->
          new ClusterApi.HappeningRow(
              happening.id(),
              happening.time(),
              what,
              head,
              sentence,
              word(changed.change().kind()),
              Vocabulary.change(changed.change().kind(), language),
              changed.change().summary(),
              given(changed.change().diff()),
              given(changed.manager()),
              given(changed.user()),
              given(changed.change().author()),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null);
      case Happening.Lived lived ->
          new ClusterApi.HappeningRow(
              happening.id(),
              happening.time(),
              what,
              head,
              sentence,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              word(lived.stage()),
              Vocabulary.stage(lived.stage(), language),
              given(lived.reason()),
              given(lived.message()),
              lived.exitCode().isPresent() ? lived.exitCode().getAsInt() : null,
              null,
              null,
              null,
              null,
              null);
      case Happening.Reported reported ->
          new ClusterApi.HappeningRow(
              happening.id(),
              happening.time(),
              what,
              head,
              sentence,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              given(reported.reason()),
              given(reported.message()),
              null,
              reported.count(),
              reported.warning(),
              given(reported.reporter()),
              null,
              null);
      case Happening.HealthChanged changed ->
          new ClusterApi.HappeningRow(
              happening.id(),
              happening.time(),
              what,
              head,
              sentence,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              given(changed.health().reason()),
              given(changed.health().message()),
              null,
              null,
              null,
              null,
              changed.before().id(),
              EntityRows.health(changed.health()));
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
