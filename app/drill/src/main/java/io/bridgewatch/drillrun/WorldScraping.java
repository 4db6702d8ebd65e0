package io.bridgewatch.drillrun;

import io.bridgewatch.adapter.prometheus.ScrapeTarget;
import io.bridgewatch.adapter.prometheus.ScrapeTransport;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.hub.CollectOptions;
import io.bridgewatch.hub.PastScraping;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.SampleBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the pages of a world that no hub watches as a hub would, by the world's clock and without
 * HTTP. For one thread.
 */
final class WorldScraping {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final BankWorld world;
  private final PastScraping scraping;
  private long pods = -1;

  WorldScraping(BankWorld world, CollectOptions.Scraping how) {
    this.world = world;
    this.scraping =
        new PastScraping(world.plan().cluster(), how, new WorldPages(world), world::now);
  }

  /** Reads all pages that there are now. */
  void scrape() throws InterruptedException {
    long now = world.cluster().server().resourceVersions().getOrDefault("pods", 0L);
    if (now != pods) { // nothing to scrape comes or goes without a pod
      scraping.look(objects());
      pods = now;
    }
    scraping.scrape();
  }

  /** What was read since this was called last. */
  SampleBatch taken() {
    return scraping.taken();
  }

  private List<KubernetesObject> objects() {
    var found = new ArrayList<KubernetesObject>();
    for (String kind : List.of("Node", "Pod", "Service")) {
      for (var object : world.cluster().server().objects().list("v1", kind)) {
        found.add(
            KubernetesObject.of(
                JSON.convertValue(object, new TypeReference<Map<String, Object>>() {})));
      }
    }
    return found;
  }

  private record WorldPages(BankWorld world) implements ScrapeTransport {
    @Override
    public Response get(ScrapeTarget target) throws IOException {
      var page =
          world
              .page(target.address().getPath())
              .orElseThrow(() -> new IOException("nothing answers at " + target.address()));
      return new Response(page.status(), page.contentType(), new ByteArrayInputStream(page.body()));
    }
  }
}
