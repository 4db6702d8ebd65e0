package io.bridgewatch.adapter.store;

import io.bridgewatch.testkit.StoredSamples;
import java.nio.file.Path;
import java.util.List;

/**
 * Imports recordings until it is killed; prints a number as soon as the recording of that number
 * was acknowledged.
 */
final class KilledWriter {

  private KilledWriter() {}

  public static void main(String[] args) {
    int number = Integer.parseInt(args[1]);
    try (var store = EmbeddedStore.open(Path.of(args[0]))) {
      while (true) {
        var digest = "d" + number;
        var job = StoredSamples.job("job-" + number, digest);
        store.imports().save(job);
        store
            .imports()
            .complete(
                job.done(List.of("inc-" + number + "-a", "inc-" + number + "-b")),
                StoredSamples.recording(
                    digest, StoredSamples.NOON, "inc-" + number + "-a", "inc-" + number + "-b"),
                StoredSamples.imported(digest));
        System.out.println(number);
        System.out.flush();
        number++;
      }
    }
  }
}
