package io.bridgewatch.cli;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** Finds bundles below a folder. */
final class BundleFolders {

  private static final List<String> ARCHIVES = List.of(".tar.gz", ".tgz", ".zip");

  private BundleFolders() {}

  /**
   * Every folder with a bundle.json and every archive below a folder, that folder included, in the
   * order of their paths. What cannot be looked into is in the list too, so that reading it tells.
   */
  static List<Path> below(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (Files.exists(folder.resolve("bundle.json"))) {
              found.add(folder);
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isArchive(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
              throw e;
            }
            found.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort((a, b) -> label(root, a).compareTo(label(root, b)));
    return found;
  }

  /** The path relative to the folder, with {@code /}; {@code .} for the folder itself. */
  static String label(Path root, Path bundle) {
    String relative = root.relativize(bundle).toString().replace('\\', '/');
    return relative.isEmpty() ? "." : relative;
  }

  /** What a bundle is called that does not say so itself: its file name without archive ending. */
  static String name(Path bundle) {
    Path fileName = bundle.toAbsolutePath().normalize().getFileName();
    String name = fileName == null ? bundle.toString() : fileName.toString();
    for (String ending : ARCHIVES) {
      if (name.toLowerCase(Locale.ROOT).endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  private static boolean isArchive(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ARCHIVES.stream().anyMatch(name::endsWith);
  }
}
