package io.bridgewatch.adapter.bundle;

import static io.bridgewatch.adapter.bundle.BundleFiles.NOON;
import static io.bridgewatch.adapter.bundle.BundleFiles.gauge;
import static io.bridgewatch.adapter.bundle.BundleFiles.log;
import static io.bridgewatch.adapter.bundle.BundleFiles.metric;
import static io.bridgewatch.adapter.bundle.BundleFiles.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes are, a bundle is read or refused; nothing else ever comes out. */
class MutatedBundlesTest {

  private static final int ROUNDS = 600;

  private final Path temp;

  MutatedBundlesTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void mutatedBundlesAreReadOrRefused() throws IOException {
    long seed = Long.getLong("bridgewatch.seed", 20_260_302L);
    var random = new Random(seed);
    List<Path> containers =
        List.of(
            sample().asZip(temp.resolve("a.zip"), "b/"),
            sample().asTarGz(temp.resolve("a.tar.gz"), "b/"));
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path mutant =
          round % 2 == 0
              ? folder(random, round)
              : archive(containers.get(random.nextInt(containers.size())), random);
      try {
        Bundle bundle = IncidentBundles.read(mutant);
        assertThat(bundle.window().to()).isAfterOrEqualTo(bundle.window().from());
        read++;
      } catch (BundleException e) {
        assertThat(e.getMessage()).isNotBlank();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", round " + round + ", " + mutant, e);
      }
    }
    assertThat(read).as("bundles read, seed %d", seed).isBetween(ROUNDS / 10, ROUNDS);
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left.filter(path -> !path.getFileName().toString().startsWith("m"))).hasSize(2);
    }
  }

  private Path folder(Random random, int round) throws IOException {
    Path folder = temp.resolve("m" + round);
    BundleFiles files = sample();
    var names = List.copyOf(files.files().keySet());
    String victim = names.get(random.nextInt(names.size()));
    files.with(victim, mutated(Objects.requireNonNull(files.files().get(victim)), random));
    return files.asFolder(folder);
  }

  private Path archive(Path whole, Random random) throws IOException {
    Path mutant = temp.resolve("m-" + whole.getFileName());
    return Files.write(mutant, mutated(Files.readAllBytes(whole), random));
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutant = bytes.clone();
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits && mutant.length > 1; i++) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] = (byte) random.nextInt();
        case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutant = Arrays.copyOf(mutant, at);
        case 3 -> mutant = without(mutant, at, random.nextInt(40));
        default -> mutant[at] = (byte) "{}[]\",:0-\n9eN".charAt(random.nextInt(13));
      }
    }
    return mutant;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] shorter = new byte[bytes.length - (end - at)];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, end, shorter, at, bytes.length - end);
    return shorter;
  }

  private static BundleFiles sample() {
    return BundleFiles.withManifest()
        .with(
            "metrics.jsonl",
            gauge(NOON, "0.5")
                + gauge(NOON + 60, "0.75")
                + metric("h", "s", HistogramsTest.histogram(NOON, 1, 2, 3))
                + metric("e", "s", HistogramsTest.exponential(NOON)))
        .withGzip("traces.jsonl.gz", span("ab01", "02", "", NOON) + span("ab01", "03", "02", NOON))
        .with("logs.jsonl", log(NOON, "out of stock"))
        .with(
            "kubernetes/objects.json",
            "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"cart-1\"}}]}")
        .with(
            "kubernetes/watch.ndjson",
            "{\"time\":\"2023-01-29T08:31:00Z\",\"type\":\"DELETED\",\"object\":{\"kind\":\"Pod\","
                + "\"metadata\":{\"name\":\"cart-1\"}}}\n")
        .with("changes.jsonl", "{\"time\":\"2023-01-29T06:00:00Z\",\"kind\":\"deploy\"}\n")
        .with("calls.jsonl", "{\"caller\":{\"a\":\"b\"},\"callee\":{\"service.name\":\"cart\"}}\n");
  }
}
