package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Happening.Stage;
import io.bridgewatch.scale.StartTimes.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartTimesTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final List<Happening.Lived> stages = new ArrayList<>();

  private void at(long second, String pod, String container, Stage stage) {
    var identity = Map.of(AttributeNames.NAMESPACE, "shop", AttributeNames.POD, pod);
    var ref =
        container.isEmpty()
            ? new EntityRef(EntityType.POD, Attributes.of(identity))
            : new EntityRef(
                EntityType.CONTAINER,
                Attributes.of(identity).with(AttributeNames.CONTAINER, container));
    stages.add(
        new Happening.Lived(
            "h" + stages.size(),
            NOON.plusSeconds(second),
            ref,
            stage,
            "",
            "",
            OptionalInt.empty()));
  }

  private void started(String pod, long created, long ready) {
    at(created, pod, "", Stage.CREATED);
    at(created + 1, pod, "", Stage.SCHEDULED);
    at(created + 2, pod, "app", Stage.PULLING);
    at(created + 11, pod, "app", Stage.PULLED);
    at(created + 4, pod, "proxy", Stage.PULLED);
    at(created + 5, pod, "proxy", Stage.STARTED);
    at(created + 13, pod, "app", Stage.STARTED);
    at(ready, pod, "", Stage.READY);
  }

  private StartTimes measured() {
    return StartTimes.of(stages, NOON.plus(Duration.ofHours(1)), PATIENCE);
  }

  @Test
  void eachPhaseIsMeasuredByTheLastContainer() {
    started("a", 0, 60);
    var times = measured();
    assertThat(times.pods()).isEqualTo(1);
    assertThat(times.scheduling()).contains(new Phase(1, 1, 1, 1));
    assertThat(times.pulling()).contains(new Phase(1, 10, 10, 10));
    assertThat(times.starting()).contains(new Phase(1, 2, 2, 2));
    assertThat(times.warming()).contains(new Phase(1, 47, 47, 47));
    assertThat(times.total()).contains(new Phase(1, 60, 60, 60));
  }

  @Test
  void percentilesAreOverPodsWhateverTheOrder() {
    for (int i = 0; i < 11; i++) {
      started("p" + i, 100L * i, 100L * i + 20 + i);
    }
    Collections.shuffle(stages, new Random(7));
    var total = measured().total().orElseThrow();
    assertThat(total).isEqualTo(new Phase(11, 25, 29, 30));
  }

  @Test
  void aNameThatIsUsedAgainIsAnotherLife() {
    started("db-0", 0, 40);
    at(500, "db-0", "", Stage.DELETING);
    started("db-0", 510, 600);
    at(700, "db-0", "", Stage.UNREADY);
    at(720, "db-0", "", Stage.READY);
    var times = measured();
    assertThat(times.pods()).isEqualTo(2);
    assertThat(times.total().orElseThrow().longest()).isEqualTo(90);
  }

  @Test
  void whoWasNeverReadyIsCountedAndOneThatMayStillBecomeItIsNot() {
    at(0, "stuck", "", Stage.CREATED);
    at(3600 - 60, "young", "", Stage.CREATED);
    at(10, "older", "", Stage.READY);
    var times = measured();
    assertThat(times.pods()).isZero();
    assertThat(times.neverReady()).isEqualTo(1);
    assertThat(times.total()).isEmpty();
  }

  @Test
  void anImageThatWasThereTakesNoTimeToPull() {
    at(0, "a", "", Stage.CREATED);
    at(1, "a", "", Stage.SCHEDULED);
    at(3, "a", "app", Stage.STARTED);
    at(9, "a", "", Stage.READY);
    var times = measured();
    assertThat(times.pulling()).isEmpty();
    assertThat(times.starting()).contains(new Phase(1, 2, 2, 2));
  }
}
