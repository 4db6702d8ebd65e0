package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that spans name are opened as the list of them tells. */
class ServicesTest {

  private WatchedShop shop;
  private Client admin;

  @BeforeEach
  void start(@TempDir Path directory) throws InterruptedException {
    shop = WatchedShop.start(directory);
    admin = shop.admin();
    call("1", "shop", "cart", "shop", "stock");
    call("2", "shop", "till", "bank", "ledger");
    call("3", "shop", "till", "shop", "ledger");
    admin.await("/api/v1/entities?type=service", page -> page.path("total").asInt() == 5);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private void call(String trace, String from, String caller, String to, String callee)
      throws InterruptedException {
    Instant now = shop.clock().instant();
    shop.tell(
        new Observation.Traced(
            now,
            List.of(
                span(trace, "a", "", SpanKind.CLIENT, now, from, caller),
                span(trace, "b", "a", SpanKind.SERVER, now, to, callee))));
  }

  private static Span span(
      String trace,
      String id,
      String parent,
      SpanKind kind,
      Instant now,
      String namespace,
      String service) {
    long nanos = ShopSignals.nanos(now);
    return new Span(
        trace.repeat(32),
        id.repeat(16),
        parent.repeat(16),
        "GET /",
        kind,
        nanos,
        nanos + 5_000_000,
        false,
        Attributes.of(AttributeNames.CLUSTER, WatchedShop.CLUSTER)
            .with(AttributeNames.NAMESPACE, namespace)
            .with(AttributeNames.SERVICE, service),
        Attributes.none());
  }

  @Test
  void eachServiceOfTheListIsOpenedByItsAddress() {
    for (var service : admin.get("/api/v1/entities?type=service").json().path("items")) {
      String at =
          "?type=service&name=%s&namespace=%s"
              .formatted(service.path("name").asString(), service.path("namespace").asString());
      var page = admin.get("/api/v1/entity" + at);
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      assertThat(page.json().at("/entity/id")).isEqualTo(service.path("id"));
      var map = admin.get("/api/v1/map" + at + "&expand=" + service.path("id").asString());
      assertThat(map.status()).as(map.body()).isEqualTo(200);
      assertThat(map.json().path("nodes").size()).isGreaterThan(1);
    }
  }

  @Test
  void aNameIsEnoughWhereItIsTheOnlyOne() {
    assertThat(
            admin.get("/api/v1/entity?type=service&name=cart").json().at("/entity/id").asString())
        .isEqualTo("service/shop/cart");
    assertThat(admin.get("/api/v1/entity?type=service&name=ledger").reason()).isEqualTo("NotFound");
    assertThat(admin.get("/api/v1/entity?type=service&name=cart&namespace=bank").reason())
        .isEqualTo("NotFound");
  }

  @Test
  void whatHappenedNearAServiceIsAskedByItsId() {
    assertThat(admin.get("/api/v1/happenings?near=service/shop/cart").status()).isEqualTo(200);
    assertThat(admin.get("/api/v1/happenings?near=service/cart").status()).isEqualTo(200);
  }
}
