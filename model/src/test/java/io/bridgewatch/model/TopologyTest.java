package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TopologyTest {

  private static final EntityRef FRONT = EntityRef.service("front");
  private static final EntityRef ORDERS = EntityRef.service("orders");
  private static final EntityRef STOCK = EntityRef.service("stock");

  @Test
  void aRelationIsReadFromBothEndsAndBringsThemAlong() {
    var topology = Topology.empty().toBuilder().add(calls(FRONT, ORDERS)).build();
    assertThat(topology.targets(FRONT, RelationType.CALLS)).containsExactly(ORDERS);
    assertThat(topology.sources(ORDERS, RelationType.CALLS)).containsExactly(FRONT);
    assertThat(topology.targets(FRONT, RelationType.RUNS_ON)).isEmpty();
    assertThat(topology.entities()).extracting(Entity::ref).containsExactly(FRONT, ORDERS);
  }

  @Test
  void whatIsUnknownHasNoNeighbours() {
    assertThat(Topology.empty().entity(FRONT)).isEmpty();
    assertThat(Topology.empty().relationsFrom(FRONT)).isEmpty();
    assertThat(Topology.empty().sources(FRONT, RelationType.CALLS)).isEmpty();
  }

  @Test
  void newAttributesReplaceOldOnesAndTheOthersStay() {
    var topology =
        Topology.empty().toBuilder()
            .add(new Entity(FRONT, Attributes.of("version", "1", "team", "web")))
            .add(new Entity(FRONT, Attributes.of("version", "2")))
            .add(calls(FRONT, ORDERS))
            .build();
    assertThat(topology.entity(FRONT).orElseThrow().attributes())
        .isEqualTo(Attributes.of("version", "2", "team", "web"));
  }

  @Test
  void buildingOnDoesNotChangeWhatWasBuilt() {
    var builder = Topology.empty().toBuilder().add(calls(FRONT, ORDERS));
    var first = builder.build();
    builder.add(calls(FRONT, STOCK));
    var second = first.toBuilder().add(calls(ORDERS, STOCK)).build();
    assertThat(first.targets(FRONT, RelationType.CALLS)).containsExactly(ORDERS);
    assertThat(first.entity(STOCK)).isEmpty();
    assertThat(second.sources(STOCK, RelationType.CALLS)).containsExactly(ORDERS);
    assertThatThrownBy(() -> first.relationsFrom(FRONT).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Topology.empty().entities()).isEmpty();
  }

  @RepeatedTest(20)
  void theOrderInWhichItWasBuiltDoesNotShow(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var relations = new ArrayList<Relation>();
    for (String from : List.of("a", "b", "c", "d")) {
      for (String to : List.of("b", "c", "a")) {
        relations.add(calls(EntityRef.service(from), EntityRef.service(to)));
      }
    }
    String straight = read(relations);
    Collections.shuffle(relations, new Random(seed));
    assertThat(read(relations)).as("seed %d", seed).isEqualTo(straight);
  }

  private static String read(List<Relation> relations) {
    var builder = Topology.empty().toBuilder();
    relations.forEach(builder::add);
    var topology = builder.build();
    var text = new StringBuilder();
    for (Entity entity : topology.entities()) {
      text.append(entity)
          .append(topology.relationsFrom(entity.ref()))
          .append(topology.relationsTo(entity.ref()));
    }
    return text.toString();
  }

  private static Relation calls(EntityRef from, EntityRef to) {
    return new Relation(from, RelationType.CALLS, to);
  }

  @RepeatedTest(10)
  void deltaByDeltaItEqualsWhatIsBuiltAtOnce(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var topology = Topology.empty();
    for (int i = 0; i < 300; i++) {
      var ref = EntityRef.service("s" + random.nextInt(30));
      var relation = calls(ref, EntityRef.service("s" + random.nextInt(30)));
      var delta =
          switch (random.nextInt(4)) {
            case 0 -> new TopologyDelta(List.of(), List.of(ref), List.of(), List.of());
            case 1 -> new TopologyDelta(List.of(), List.of(), List.of(), List.of(relation));
            case 2 -> new TopologyDelta(List.of(), List.of(), List.of(relation), List.of());
            default ->
                new TopologyDelta(
                    List.of(new Entity(ref, Attributes.of("version", "" + i))),
                    List.of(),
                    List.of(relation),
                    List.of());
          };
      topology = topology.with(delta);
      assertThat(topology.with(delta).entities()).containsExactlyElementsOf(topology.entities());
    }
    var entities = new ArrayList<>(topology.entities());
    var relations = new ArrayList<>(topology.relations());
    var atOnce = Topology.ofSorted(entities, relations);
    assertThat(atOnce.entities()).as("seed %d", seed).containsExactlyElementsOf(entities);
    for (int i = 0; i < 30; i++) {
      var ref = EntityRef.service("s" + i);
      assertThat(atOnce.relationsFrom(ref)).containsExactlyElementsOf(topology.relationsFrom(ref));
      assertThat(atOnce.relationsTo(ref)).containsExactlyElementsOf(topology.relationsTo(ref));
    }
  }

  @Test
  void entitiesOfOneTypeAreFoundAmongTheOthers() {
    var topology =
        Topology.empty().toBuilder()
            .put(new Entity(FRONT, Attributes.none()))
            .put(new Entity(EntityRef.node("a"), Attributes.none()))
            .put(new Entity(EntityRef.node("b"), Attributes.none()))
            .build();
    assertThat(topology.entities(EntityType.NODE))
        .extracting(e -> e.ref().name())
        .containsExactly("a", "b");
    assertThat(topology.entities(EntityType.POD)).isEmpty();
    assertThat(topology.entities(EntityType.SERVICE)).hasSize(1);
  }

  @Test
  void aRelationOutlivesAnEntityThatIsTakenAway() {
    var topology = Topology.empty().toBuilder().add(calls(FRONT, ORDERS)).build();
    var after = topology.with(new TopologyDelta(List.of(), List.of(ORDERS), List.of(), List.of()));
    assertThat(after.entity(ORDERS)).isEmpty();
    assertThat(after.targets(FRONT, RelationType.CALLS)).containsExactly(ORDERS);
    assertThat(topology.entity(ORDERS)).isPresent();
  }
}
