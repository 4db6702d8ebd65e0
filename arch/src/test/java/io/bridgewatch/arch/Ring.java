package io.bridgewatch.arch;

import java.util.List;
import java.util.stream.Stream;

/**
 * One ring of the house: its package and the packages it may know besides its own and the JDK's.
 *
 * @param name what a violation is reported under
 * @param home package of the ring, with its sub-packages
 * @param known packages it may depend on
 */
record Ring(String name, String home, List<String> known) {
  /** What any ring may know: the JDK without its own windows and servers, and annotations. */
  private static final List<String> EVERYWHERE =
      List.of("java..", "javax.crypto..", "org.jspecify..");

  Ring {
    known = List.copyOf(known);
  }

  /** The rings whose neighbours can all be named; adapters and apps have rules of their own. */
  static List<Ring> closed() {
    return List.of(
        ring("model"),
        ring("numerics", "org.apache.datasketches..", "org.ejml.."),
        ring("ports", "io.bridgewatch.model.."),
        ring("telemetry", "io.bridgewatch.model..", "tools.jackson.."),
        stage("topology"),
        stage("detect"),
        stage("diagnose"),
        stage("scale"),
        stage("act"),
        ring(
            "engine",
            "io.bridgewatch.model..",
            "io.bridgewatch.numerics..",
            "io.bridgewatch.ports..",
            "io.bridgewatch.topology..",
            "io.bridgewatch.detect..",
            "io.bridgewatch.diagnose..",
            "io.bridgewatch.scale..",
            "io.bridgewatch.act..",
            "org.slf4j.."),
        ring(
            "testkit",
            "io.bridgewatch.model..",
            "io.bridgewatch.ports..",
            "org.junit..",
            "org.assertj..",
            "org.opentest4j..",
            "tools.jackson..")); // it writes the recordings that adapters read
  }

  /** The rings that decide: pure functions of their arguments. */
  static String[] pure() {
    return Stream.of(
            "model", "numerics", "telemetry", "topology", "detect", "diagnose", "scale", "act")
        .map(name -> "io.bridgewatch." + name + "..")
        .toArray(String[]::new);
  }

  String[] allowed() {
    return Stream.of(EVERYWHERE, List.of(home), known).flatMap(List::stream).toArray(String[]::new);
  }

  private static Ring stage(String name) {
    return ring(name, "io.bridgewatch.model..", "io.bridgewatch.numerics..");
  }

  private static Ring ring(String name, String... known) {
    return new Ring(name, "io.bridgewatch." + name + "..", List.of(known));
  }
}
