package io.bridgewatch.adapter.bundle;

import java.util.List;

/** The files that a bundle may have; any other is left alone. */
final class KnownFiles {

  private static final List<String> PLAIN =
      List.of(
          "metrics.jsonl",
          "traces.jsonl",
          "logs.jsonl",
          "kubernetes/objects.json",
          "kubernetes/watch.ndjson",
          "changes.jsonl",
          "calls.jsonl");

  private static final List<String> ALL =
      PLAIN.stream().flatMap(name -> List.of(name, name + ".gz").stream()).toList();

  private KnownFiles() {}

  /** In the order in which a folder is read. */
  static List<String> all() {
    return ALL;
  }

  static boolean contains(String name) {
    return ALL.contains(name);
  }

  static boolean isCompressed(String name) {
    return name.endsWith(".gz");
  }

  static String withoutCompression(String name) {
    return isCompressed(name) ? name.substring(0, name.length() - ".gz".length()) : name;
  }
}
