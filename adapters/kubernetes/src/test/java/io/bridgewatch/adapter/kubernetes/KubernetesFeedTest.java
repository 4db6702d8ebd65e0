package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.model.FeedStatus.State;
import io.bridgewatch.model.KubernetesObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KubernetesFeedTest {

  @Test
  void whatExistsAndWhatChangesIsTold() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.put(FeedHarness.pod("shop", "web-1"));
      harness.server.put(FeedHarness.pod("shop", "web-2"));
      harness.start();
      harness.heard.awaitState(State.LIVE);
      assertThat(harness.heard.objects("pods")).containsOnlyKeys("shop/web-1", "shop/web-2");

      var one = new ObjectName("v1", "Pod", "shop", "web-1");
      String patched = harness.server.patch(one, "{\"status\":{\"phase\":\"Failed\"}}");
      harness.server.delete(new ObjectName("v1", "Pod", "shop", "web-2"));
      harness.server.put(FeedHarness.pod("shop", "web-3"));

      harness.heard.await(
          "web-3 exists",
          () ->
              harness.heard.objects("pods").size() == 2
                  && harness.heard.object("pods", "shop", "web-3").isPresent());
      KubernetesObject changed = harness.heard.object("pods", "shop", "web-1").orElseThrow();
      assertThat(changed.text("status", "phase")).hasValue("Failed");
      assertThat(changed.kind()).isEqualTo("Pod");
      assertThat(patched).contains(changed.text("metadata", "resourceVersion").orElseThrow());
      assertThat(harness.heard.violations()).isEmpty();
      assertThat(harness.heard.rejected()).isEmpty();
    }
  }

  @Test
  void aFeedStartsOnce() {
    try (var harness = new FeedHarness().start()) {
      assertThatThrownBy(() -> harness.feed().start(harness.heard))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
