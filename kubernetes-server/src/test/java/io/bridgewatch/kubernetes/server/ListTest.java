package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListTest {
  private final KubernetesServer server = KubernetesServer.start();
  private final Client client = new Client(server);

  @BeforeEach
  void fill() {
    for (var name : new String[] {"c", "a", "e", "b", "d"}) {
      server.put(Samples.pod("shop", name));
    }
    server.put(Samples.pod("shop-2", "z", "\"app\":\"pay\",\"tier\":\"back\""));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aListIsInOrderAndCarriesTheNewestVersion() throws Exception {
    var all = client.get("/api/v1/pods");

    assertThat(all.status()).isEqualTo(200);
    assertThat(all.text("kind")).isEqualTo("PodList");
    assertThat(all.text("apiVersion")).isEqualTo("v1");
    assertThat(all.version()).isEqualTo(server.resourceVersion());
    assertThat(all.names()).containsExactly("z", "a", "b", "c", "d", "e"); // as etcd: - before /
    assertThat(all.body().path("items").path(0).propertyNames())
        .containsExactly("metadata", "spec", "status");
    assertThat(all.body().path("metadata").has("continue")).isFalse();
  }

  @Test
  void aNamespaceHasOnlyItsOwn() throws Exception {
    assertThat(client.get("/api/v1/namespaces/shop/pods").names())
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(client.get("/api/v1/namespaces/sho/pods").names()).isEmpty();
  }

  @Test
  void pagesAreOfTheMomentOfTheFirst() throws Exception {
    var first = client.get("/api/v1/namespaces/shop/pods?limit=2");
    server.delete(new ObjectName("v1", "Pod", "shop", "d"));
    server.put(Samples.pod("shop", "bb"));
    server.patch(new ObjectName("v1", "Pod", "shop", "c"), "{\"status\":{\"phase\":\"Failed\"}}");
    var second = client.get("/api/v1/namespaces/shop/pods?limit=2&continue=" + token(first));
    var third = client.get("/api/v1/namespaces/shop/pods?limit=2&continue=" + token(second));

    assertThat(first.names()).containsExactly("a", "b");
    assertThat(first.body().path("metadata").path("remainingItemCount").asInt()).isEqualTo(3);
    assertThat(second.names()).containsExactly("c", "d");
    assertThat(Json.text(second.body().path("items").path(0), "status", "phase"))
        .isEqualTo("Running");
    assertThat(second.version()).isEqualTo(first.version());
    assertThat(third.names()).containsExactly("e");
    assertThat(third.body().path("metadata").has("continue")).isFalse();
  }

  @Test
  void anExpiredPageIsGoneAndItsFreshTokenCarriesOn() throws Exception {
    var first = client.get("/api/v1/namespaces/shop/pods?limit=2");
    server.delete(new ObjectName("v1", "Pod", "shop", "d"));
    server.compact();
    var gone = client.get("/api/v1/namespaces/shop/pods?limit=2&continue=" + token(first));
    var rest = client.get("/api/v1/namespaces/shop/pods?continue=" + token(gone));

    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.text("reason")).isEqualTo("Expired");
    assertThat(rest.names()).containsExactly("c", "e");
    assertThat(rest.version()).isEqualTo(server.resourceVersion());
  }

  @Test
  void versionsAreHonouredAsDocumented() throws Exception {
    var old = server.resourceVersion();
    server.delete(new ObjectName("v1", "Pod", "shop", "a"));
    var pods = "/api/v1/namespaces/shop/pods?resourceVersion=";

    assertThat(client.get(pods + "0").names()).hasSize(4);
    assertThat(client.get(pods + old).names()).hasSize(4);
    assertThat(client.get(pods + old + "&resourceVersionMatch=NotOlderThan").names()).hasSize(4);
    assertThat(client.get(pods + old + "&resourceVersionMatch=Exact").names()).hasSize(5);
    assertThat(client.get(pods + old + "&limit=9").names()).hasSize(5);
    assertThat(client.get(pods + old + "&resourceVersionMatch=Exact").version()).isEqualTo(old);
    var early = client.get(pods + "999999&resourceVersionMatch=NotOlderThan");
    assertThat(early.status()).isEqualTo(504);
    assertThat(early.body().path("details").path("causes").path(0).path("reason").asString())
        .isEqualTo("ResourceVersionTooLarge");
    assertThat(client.get("/api/v1/pods?resourceVersionMatch=Exact").status()).isEqualTo(422);
    server.compact();
    assertThat(client.get(pods + old + "&resourceVersionMatch=Exact").status()).isEqualTo(410);
  }

  @Test
  void selectorsChooseByLabelsAndFields() throws Exception {
    var pods = "/api/v1/pods?";
    assertThat(client.get(pods + "labelSelector=app%3Dpay").names()).containsExactly("z");
    assertThat(client.get(pods + "labelSelector=app%21%3Dpay").names()).hasSize(5);
    assertThat(client.get(pods + "labelSelector=app in (pay,x),tier").names()).containsExactly("z");
    assertThat(client.get(pods + "labelSelector=!tier").names()).hasSize(5);
    assertThat(client.get(pods + "labelSelector=tier notin (back)").names()).hasSize(5);
    assertThat(client.get(pods + "fieldSelector=metadata.name%3Da").names()).containsExactly("a");
    assertThat(
            client
                .get(pods + "fieldSelector=spec.nodeName%3Dnode-1,status.phase%3DRunning")
                .names())
        .hasSize(6);
    assertThat(client.get(pods + "fieldSelector=status.phase%21%3DRunning").names()).isEmpty();
    assertThat(client.get(pods + "fieldSelector=spec.color%3Dred").status()).isEqualTo(400);
  }

  @Test
  void aSelectedPageSaysNotHowManyRemain() throws Exception {
    var page = client.get("/api/v1/pods?limit=2&labelSelector=app%3Dcart");

    assertThat(page.names()).containsExactly("a", "b");
    assertThat(page.body().path("metadata").has("remainingItemCount")).isFalse();
    assertThat(client.get("/api/v1/pods?labelSelector=app%3Dcart&continue=" + token(page)).names())
        .containsExactly("c", "d", "e");
  }

  @Test
  void metadataAloneIsSentToWhoWantsNoMore() throws Exception {
    try (var partial = new Client(server, "Accept", Client.PARTIAL)) {
      var list = partial.get("/api/v1/namespaces/shop/pods?limit=1");
      var one = partial.get("/api/v1/namespaces/shop/pods/a");

      assertThat(list.text("kind")).isEqualTo("PartialObjectMetadataList");
      assertThat(list.text("apiVersion")).isEqualTo("meta.k8s.io/v1");
      var item = list.body().path("items").path(0);
      assertThat(item.propertyNames()).containsExactly("kind", "apiVersion", "metadata");
      assertThat(Json.text(item, "kind")).isEqualTo("PartialObjectMetadata");
      assertThat(one.body()).isEqualTo(item);
    }
  }

  @Test
  void pagesOfAnySizeGiveTheWholeList() throws Exception {
    for (var i = 0; i < 200; i++) {
      server.put(Samples.pod("many", "pod-" + i));
    }
    var whole = client.get("/api/v1/pods").names();
    for (var limit : new int[] {1, 7, 100, 206, 500}) {
      var names = new ArrayList<String>();
      var page = client.get("/api/v1/pods?limit=" + limit);
      names.addAll(page.names());
      while (page.body().path("metadata").has("continue")) {
        page = client.get("/api/v1/pods?limit=" + limit + "&continue=" + token(page));
        names.addAll(page.names());
      }
      assertThat(names).isEqualTo(whole);
    }
  }

  @Test
  void eventsAreOneThingUnderTwoGroups() throws Exception {
    server.put(
        """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"e1","namespace":"shop"},
         "involvedObject":{"kind":"Pod","name":"a"},"reason":"Killing","message":"Stopping",
         "source":{"component":"kubelet"},"type":"Normal"}""");
    var core = client.get("/api/v1/events?fieldSelector=involvedObject.name%3Da");
    var newer = client.get("/apis/events.k8s.io/v1/namespaces/shop/events/e1");

    assertThat(core.names()).containsExactly("e1");
    assertThat(newer.text("note")).isEqualTo("Stopping");
    assertThat(newer.text("regarding", "name")).isEqualTo("a");
    assertThat(newer.text("deprecatedSource", "component")).isEqualTo("kubelet");
    assertThat(newer.text("metadata", "uid"))
        .isEqualTo(Json.text(core.body().path("items").path(0), "metadata", "uid"));
  }

  private static String token(Client.Answer page) {
    return page.text("metadata", "continue");
  }
}
