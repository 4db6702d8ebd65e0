package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.Topology;
import io.bridgewatch.testkit.Telemetry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TelemetryTopologyTest {

  private static final EntityRef FRONT = EntityRef.service("front");
  private static final EntityRef ORDERS = EntityRef.service("orders");
  private static final Attributes FRONT_POD = Telemetry.pod("front", "1", "node-1");
  private static final Attributes ORDERS_POD = Telemetry.pod("orders", "1", "node-2");

  @Test
  void aResourceTellsWhatRunsOnWhat() {
    var topology = resources(ORDERS_POD);
    var pod = EntityRef.from(EntityType.POD, ORDERS_POD).orElseThrow();
    var deployment = EntityRef.from(EntityType.DEPLOYMENT, ORDERS_POD).orElseThrow();
    assertThat(topology.targets(pod, RelationType.RUNS_ON))
        .containsExactly(EntityRef.node("node-2"));
    assertThat(topology.targets(pod, RelationType.OWNED_BY)).containsExactly(deployment);
    assertThat(topology.targets(ORDERS, RelationType.RUNS_ON)).containsExactly(deployment, pod);
    assertThat(topology.entity(pod).orElseThrow().attributes()).isEqualTo(ORDERS_POD);
  }

  @Test
  void aResourceThatNamesNothingIsNoEntity() {
    assertThat(resources(Attributes.none(), Attributes.of("process.pid", "7")).entities())
        .isEmpty();
  }

  @Test
  void aSpanBelowAnotherComponentsSpanIsACall() {
    var topology =
        spans(
            span("a", "", SpanKind.SERVER, FRONT_POD),
            span("b", "a", SpanKind.CLIENT, FRONT_POD),
            span("c", "b", SpanKind.SERVER, ORDERS_POD));
    assertThat(topology.targets(FRONT, RelationType.CALLS)).containsExactly(ORDERS);
    assertThat(topology.targets(ORDERS, RelationType.CALLS)).isEmpty();
  }

  @Test
  void podsOfOneServiceThatCallEachOtherAreNoCall() {
    var topology =
        spans(
            span("a", "", SpanKind.SERVER, ORDERS_POD),
            span("b", "a", SpanKind.SERVER, Telemetry.pod("orders", "2", "node-1")));
    assertThat(topology.targets(ORDERS, RelationType.CALLS)).isEmpty();
  }

  @Test
  void aParentThatIsMissingOrOfAnotherTraceIsNoCaller() {
    var stranger =
        Telemetry.span("other", "a", "", "GET /", SpanKind.SERVER, FRONT_POD, 0, 5, false);
    var topology =
        spans(
            stranger,
            span("b", "a", SpanKind.SERVER, ORDERS_POD),
            span("c", "never-seen", SpanKind.SERVER, ORDERS_POD));
    assertThat(topology.sources(ORDERS, RelationType.CALLS)).isEmpty();
  }

  @Test
  void aLoopOfParentsEnds() {
    var topology =
        spans(
            span("a", "b", SpanKind.SERVER, FRONT_POD),
            span("b", "a", SpanKind.SERVER, ORDERS_POD),
            span("c", "c", SpanKind.SERVER, ORDERS_POD));
    assertThat(topology.targets(FRONT, RelationType.CALLS)).containsExactly(ORDERS);
    assertThat(topology.targets(ORDERS, RelationType.CALLS)).containsExactly(FRONT);
  }

  @Test
  void callsKnownByOtherMeansCountAlike() {
    var builder = Topology.empty().toBuilder();
    TelemetryTopology.calls(
        builder,
        List.of(
            new Call(Telemetry.service("front"), Telemetry.service("orders")),
            new Call(Telemetry.service("front"), Telemetry.service("front")),
            new Call(Attributes.none(), Telemetry.service("orders"))));
    var topology = builder.build();
    assertThat(topology.targets(FRONT, RelationType.CALLS)).containsExactly(ORDERS);
    assertThat(topology.sources(ORDERS, RelationType.CALLS)).containsExactly(FRONT);
  }

  @Test
  void aServiceKeepsItsNamespace() {
    assertThat(resources(ORDERS_POD).entity(ORDERS).orElseThrow().attributes())
        .isEqualTo(Attributes.of(AttributeNames.NAMESPACE, "made-up"));
  }

  @RepeatedTest(20)
  void theOrderOfSpansDoesNotShow(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var spans = new ArrayList<Span>();
    var pods = List.of(FRONT_POD, ORDERS_POD, Telemetry.pod("stock", "1", "node-1"));
    for (int i = 0; i < 30; i++) {
      spans.add(span("s" + i, i == 0 ? "" : "s" + (i * 7 % i), SpanKind.SERVER, pods.get(i % 3)));
    }
    String straight = read(spans(spans.toArray(Span[]::new)));
    Collections.shuffle(spans, new Random(seed));
    assertThat(read(spans(spans.toArray(Span[]::new)))).as("seed %d", seed).isEqualTo(straight);
  }

  private static String read(Topology topology) {
    var text = new StringBuilder();
    topology.entities().forEach(e -> text.append(e).append(topology.relationsFrom(e.ref())));
    return text.toString();
  }

  private static Topology resources(Attributes... resources) {
    var builder = Topology.empty().toBuilder();
    TelemetryTopology.resources(builder, List.of(resources));
    return builder.build();
  }

  private static Topology spans(Span... spans) {
    var builder = Topology.empty().toBuilder();
    TelemetryTopology.spans(builder, List.of(spans));
    return builder.build();
  }

  private static Span span(String id, String parent, SpanKind kind, Attributes resource) {
    return Telemetry.span("t", id, parent, "GET /", kind, resource, 0, 5, false);
  }
}
