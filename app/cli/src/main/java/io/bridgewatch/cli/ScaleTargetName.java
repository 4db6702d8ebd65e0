package io.bridgewatch.cli;

import java.util.Optional;

/** A name within a namespace, as people write it: {@code cart -n shop} or {@code shop/cart}. */
record ScaleTargetName(String namespace, String name) {

  /**
   * @throws IllegalArgumentException if the namespace is missing or given twice
   */
  static ScaleTargetName of(String given, Optional<String> namespace) {
    int slash = given.indexOf('/');
    if (slash < 0) {
      return new ScaleTargetName(
          namespace.orElseThrow(
              () -> new IllegalArgumentException("%s needs --namespace".formatted(given))),
          given);
    }
    if (namespace.isPresent() && !namespace.get().equals(given.substring(0, slash))) {
      throw new IllegalArgumentException(
          "%s and --namespace %s differ".formatted(given, namespace.get()));
    }
    return new ScaleTargetName(given.substring(0, slash), given.substring(slash + 1));
  }
}
