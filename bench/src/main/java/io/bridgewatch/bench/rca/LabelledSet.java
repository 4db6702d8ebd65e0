package io.bridgewatch.bench.rca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of bundles, each with its {@code <bundle>.truth.json} beside it.
 *
 * @param cases in the order of their names
 */
record LabelledSet(String name, List<Case> cases) {

  /** A bundle (folder, zip or tar.gz) and the right answer. */
  record Case(String name, Path bundle, Truth truth) {}

  private static final String TRUTH = ".truth.json";
  private static final List<String> CONTAINERS = List.of("", ".zip", ".tar.gz", ".tgz");

  LabelledSet {
    cases = List.copyOf(cases);
  }

  /** The sets in a folder of sets, or the one set that the folder is; empty where it is neither. */
  static List<Path> foldersIn(Path data) throws IOException {
    if (isSet(data)) {
      return List.of(data);
    }
    return children(data).stream().filter(Files::isDirectory).toList();
  }

  static boolean isSet(Path folder) throws IOException {
    return children(folder).stream().anyMatch(LabelledSet::isTruth);
  }

  private static boolean isTruth(Path file) {
    return fileName(file).endsWith(TRUTH);
  }

  /**
   * @throws IOException if a truth cannot be read or has no bundle beside it
   */
  static LabelledSet read(Path folder) throws IOException {
    var cases = new ArrayList<Case>();
    for (Path file : children(folder)) {
      if (isTruth(file)) {
        String fileName = fileName(file);
        String name = fileName.substring(0, fileName.length() - TRUTH.length());
        cases.add(new Case(name, bundleBeside(folder, name), Truth.read(file)));
      }
    }
    return new LabelledSet(fileName(folder.toAbsolutePath().normalize()), cases);
  }

  private static Path bundleBeside(Path folder, String name) throws IOException {
    Optional<Path> found =
        CONTAINERS.stream()
            .map(end -> folder.resolve(name + end))
            .filter(Files::exists)
            .findFirst();
    return found.orElseThrow(
        () ->
            new IOException(
                "cannot score " + folder.resolve(name) + TRUTH + ": no bundle beside it"));
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static String fileName(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : last.toString();
  }
}
