package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bridgewatch.scale.HpaDecision;
import io.bridgewatch.scale.HpaDecision.LeftOut;
import io.bridgewatch.scale.HpaDecision.MetricProposal;
import io.bridgewatch.scale.HpaDecision.Why;
import io.bridgewatch.scale.HpaHistory;
import io.bridgewatch.scale.HpaMetric;
import io.bridgewatch.scale.HpaTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShadowNoteTest {

  private static final Instant EARLIER = Instant.parse("2026-11-30T11:55:00Z");

  @Test
  void itTellsWhoWonWhoWasLeftOutAndWhatHeldAndCutIt() {
    var leftOut = new ArrayList<LeftOut>();
    for (int pod = 12; pod > 0; pod--) {
      leftOut.add(new LeftOut("cart-%02d".formatted(pod), Why.UNREADY));
    }
    leftOut.add(new LeftOut("cart-old", Why.DELETED));
    var cpu =
        new MetricProposal(
            new HpaMetric.Resource("cpu", new HpaTarget.Utilization(60)),
            OptionalInt.of(7),
            OptionalLong.of(84),
            OptionalDouble.of(1.4),
            OptionalDouble.of(1.2),
            leftOut,
            Optional.empty());
    var queue =
        new MetricProposal(
            new HpaMetric.External("queue", new HpaTarget.AverageValue(5_000)),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of(),
            Optional.of("no value"));
    var note =
        ShadowNote.of(
            6,
            new HpaDecision(
                8,
                true,
                List.of(),
                Optional.of("invalid metrics (1 invalid out of 2)"),
                new HpaDecision.Explanation(
                    List.of(queue, cpu),
                    OptionalInt.of(1),
                    OptionalInt.of(7),
                    OptionalInt.of(9),
                    Optional.of(new HpaHistory.Recommendation(EARLIER, 9)),
                    OptionalInt.of(8),
                    Optional.of("TooManyReplicas")),
                HpaHistory.none()),
            Optional.of(EARLIER));
    assertThat(note.inForce()).isEqualTo(6);
    assertThat(note.wanted()).isEqualTo(8);
    assertThat(note.winner()).isEqualTo(cpu.metric().displayName());
    assertThat(note.recommended()).isEqualTo(7);
    assertThat(note.stabilised()).isEqualTo(9);
    assertThat(note.stabilisedBy()).isEqualTo(EARLIER);
    assertThat(note.unseenSince()).isEqualTo(EARLIER);
    assertThat(note.limitedBy()).isEqualTo("TooManyReplicas");
    assertThat(note.error()).startsWith("invalid metrics");
    assertThat(note.metrics().getFirst().error()).isEqualTo("no value");
    assertThat(note.metrics().getFirst().replicas()).isNull();
    var asked = note.metrics().getLast();
    assertThat(asked.replicas()).isEqualTo(7);
    assertThat(asked.ratio()).isEqualTo(1.4);
    assertThat(asked.ratioWithOthers()).isEqualTo(1.2);
    assertThat(asked.leftOut())
        .extracting(ShadowNote.PodsLeftOut::why, ShadowNote.PodsLeftOut::pods)
        .containsExactly(tuple(Why.DELETED, 1), tuple(Why.UNREADY, 12));
    assertThat(asked.leftOut().getLast().names()).hasSize(10).startsWith("cart-01", "cart-02");
  }
}
