package io.bridgewatch.adapter.store;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.testkit.StoredSamples;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Opens, updates and closes live incidents until it is killed; prints a number as soon as the
 * incident of that number has had all three acknowledged.
 */
final class KilledLiveWriter {

  static final String CLUSTER = "east";
  private static final Set<EntityRef> ABOUT = Set.of(EntityRef.service("ledger"));

  private KilledLiveWriter() {}

  public static void main(String[] args) {
    int number = Integer.parseInt(args[1]);
    try (var store = EmbeddedStore.open(Path.of(args[0]))) {
      while (true) {
        put(store, number, "a" + number);
        put(store, number, "b" + number);
        store
            .liveIncidents()
            .close("inc-" + number, StoredSamples.NOON, StoredSamples.NOON.plusSeconds(number));
        System.out.println(number);
        System.out.flush();
        number++;
      }
    }
  }

  private static void put(EmbeddedStore store, int number, String digest) {
    store
        .liveIncidents()
        .put(
            StoredSamples.open("inc-" + number, CLUSTER, digest, StoredSamples.NOON),
            ABOUT,
            Optional.of(StoredSamples.watched(digest)));
  }
}
