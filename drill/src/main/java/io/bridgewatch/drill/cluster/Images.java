package io.bridgewatch.drill.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The registry that nodes pull images from, and which node has which. Trouble is put in by image or
 * for all.
 */
public final class Images {
  /** Of each image: nothing is computed from its name. */
  static final long BYTES = 180L << 20;

  private final Map<String, String> failures = new HashMap<>();
  private final Map<String, Set<String>> present = new HashMap<>();
  private Optional<String> outage = Optional.empty();
  private double bytesPerSecond = 40 << 20;

  Images() {}

  /** Lets pulls of an image fail, in the words of the runtime. */
  public void fail(String image, String message) {
    failures.put(image, message);
  }

  public void heal(String image) {
    failures.remove(image);
  }

  /** Lets all pulls fail, in the words of the runtime; empty for none. */
  public void outage(Optional<String> message) {
    outage = message;
  }

  /**
   * @throws IllegalArgumentException if it is not above zero
   */
  public void bandwidth(double pulledBytesPerSecond) {
    if (!(pulledBytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "images cannot be pulled at %s bytes a second; it must be above zero"
              .formatted(pulledBytesPerSecond));
    }
    bytesPerSecond = pulledBytesPerSecond;
  }

  /** Takes an image from a node, as the kubelet's own cleaning does. */
  public void forget(String node, String image) {
    present.getOrDefault(node, new HashSet<>()).remove(image);
  }

  boolean isPresent(String node, String image) {
    return present.getOrDefault(node, Set.of()).contains(image);
  }

  void keep(String node, String image) {
    present.computeIfAbsent(node, name -> new HashSet<>()).add(image);
  }

  Optional<String> failure(String image) {
    return outage.or(() -> Optional.ofNullable(failures.get(image)));
  }

  Duration pullTime(RandomGenerator random) {
    var seconds = BYTES / bytesPerSecond * (0.8 + 0.4 * random.nextDouble()) + 0.3;
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
