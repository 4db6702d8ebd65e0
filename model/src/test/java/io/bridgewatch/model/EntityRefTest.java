package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntityRefTest {

  private static final Attributes POD_OF_A_SERVICE =
      Attributes.of(
          Map.of(
              AttributeNames.SERVICE, "orders",
              AttributeNames.DEPLOYMENT, "orders",
              AttributeNames.POD, "orders-1",
              AttributeNames.POD_UID, "u-1",
              AttributeNames.NAMESPACE, "shop",
              AttributeNames.NODE, "node-1"));

  @Test
  void aPodSpeaksBeforeItsWorkloadThatBeforeItsServiceThatBeforeItsNode() {
    var resource = POD_OF_A_SERVICE;
    assertThat(type(resource)).isEqualTo(EntityType.POD);
    resource = resource.without(AttributeNames.POD);
    assertThat(type(resource)).isEqualTo(EntityType.DEPLOYMENT);
    resource = resource.without(AttributeNames.DEPLOYMENT);
    assertThat(type(resource)).isEqualTo(EntityType.SERVICE);
    resource = resource.without(AttributeNames.SERVICE);
    assertThat(type(resource)).isEqualTo(EntityType.NODE);
    resource = resource.without(AttributeNames.NODE);
    assertThat(EntityRef.emitter(resource)).isEmpty();
  }

  @Test
  void aHostIsANodeWhereNothingElseIsNamed() {
    assertThat(EntityRef.emitter(Attributes.of(AttributeNames.HOST, "h1")))
        .contains(EntityRef.node("h1"));
  }

  @Test
  void whatMayChangeIsNoPartOfTheIdentity() {
    var moved = POD_OF_A_SERVICE.with(AttributeNames.NODE, "node-2").with("k8s.pod.ip", "10.0.0.9");
    assertThat(EntityRef.emitter(moved)).isEqualTo(EntityRef.emitter(POD_OF_A_SERVICE));
  }

  @Test
  void theSameNameInAnotherNamespaceOrClusterIsAnotherEntity() {
    var here = EntityRef.emitter(POD_OF_A_SERVICE);
    assertThat(EntityRef.emitter(POD_OF_A_SERVICE.with(AttributeNames.NAMESPACE, "test")))
        .isNotEqualTo(here);
    assertThat(EntityRef.emitter(POD_OF_A_SERVICE.with(AttributeNames.CLUSTER, "west")))
        .isNotEqualTo(here);
  }

  @ParameterizedTest
  @EnumSource(EntityType.class)
  void everyTypeIsFoundByItsNameAndRefusedWithoutIt(EntityType type) {
    var named = Attributes.of(type.nameAttribute(), "x");
    assertThat(EntityRef.from(type, named).orElseThrow().name()).isEqualTo("x");
    assertThat(EntityRef.from(type, Attributes.of("other", "x"))).isEmpty();
    assertThatThrownBy(() -> new EntityRef(type, Attributes.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type.nameAttribute());
  }

  @Test
  void theOrderAgreesWithEquality() {
    assertThat(EntityRef.service("a"))
        .isLessThan(EntityRef.service("b"))
        .isLessThan(EntityRef.node("a"));
    assertThat(EntityRef.service("a")).isEqualByComparingTo(EntityRef.service("a"));
  }

  private static EntityType type(Attributes resource) {
    return EntityRef.emitter(resource).orElseThrow().type();
  }
}
