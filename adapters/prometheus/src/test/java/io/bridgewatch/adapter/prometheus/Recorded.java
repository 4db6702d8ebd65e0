package io.bridgewatch.adapter.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Pages that a real cluster of Kubernetes 1.36 with two nodes served, three times; the third time
 * one node was down, and the API server answered 503 in its place.
 *
 * @param name such as {@code t0/etcd.prom}
 */
record Recorded(String name, byte[] body) {

  /** All of them, whose names end like that, in the order of their names. */
  static List<Recorded> pages(String ending) {
    try {
      Path folder = Path.of(Recorded.class.getResource("/kubernetes-1.36").toURI());
      try (var files = Files.walk(folder)) {
        return files
            .filter(file -> file.toString().endsWith(ending + ".gz"))
            .sorted()
            .map(file -> new Recorded(name(folder, file), unzip(file)))
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Recorded page(String name) {
    return pages(name.substring(name.indexOf('/') + 1)).stream()
        .filter(page -> page.name.equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the node was down and this is the API server's 503. */
  boolean isFailure() {
    return name.startsWith("t2/bw-node2.") && !name.contains("kube-proxy");
  }

  private static String name(Path folder, Path file) {
    var name = folder.relativize(file).toString();
    return name.substring(0, name.length() - ".gz".length());
  }

  private static byte[] unzip(Path file) {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
