package io.bridgewatch.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout that is tested: its modules, their class files, its tracked files. */
record Checkout(Path root) {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final List<String> UNTRACKED =
      List.of(".git", ".bw", ".idea", "target", "node_modules", "dist", "data");

  static Checkout current() {
    var root = System.getProperty("bridgewatch.root");
    if (root == null) {
      throw new IllegalStateException(
          "cannot find the checkout: the property bridgewatch.root is not set; run with Maven or"
              + " set it to the folder of the root pom.xml");
    }
    return new Checkout(Path.of(root));
  }

  /** Folders of all modules named by the root pom, relative to the root. */
  List<String> modules() {
    return MODULE.matcher(read(root.resolve("pom.xml"))).results().map(r -> r.group(1)).toList();
  }

  /**
   * Classes of all modules that have Java sources.
   *
   * @param kind {@code main} or {@code test}
   * @throws IllegalStateException if a module with sources was not compiled
   */
  JavaClasses classes(String kind) {
    var folders = new ArrayList<Path>();
    for (var module : modules()) {
      var folder = root.resolve(module);
      if (module.equals("arch") || !holdsClasses(folder.resolve("src/" + kind + "/java"))) {
        continue;
      }
      var compiled = folder.resolve(kind.equals("main") ? "target/classes" : "target/test-classes");
      if (!Files.isDirectory(compiled)) {
        throw new IllegalStateException(
            "cannot check module %s: %s is missing; run ./bw check, or mvn -pl arch -am"
                .formatted(module, root.relativize(compiled)));
      }
      folders.add(compiled);
    }
    return new ClassFileImporter().importPaths(folders);
  }

  /**
   * Regular files that belong to the project: what git tracks or, without git, what is no build
   * output.
   */
  List<Path> files() {
    return trackedByGit().orElseGet(this::walked);
  }

  /** Files of the project whose path ends in one of the given ways. */
  List<Path> files(String... endings) {
    return files().stream()
        .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private static boolean holdsClasses(Path sources) {
    if (!Files.isDirectory(sources)) {
      return false;
    }
    try (var files = Files.walk(sources)) {
      return files.anyMatch(
          file ->
              file.toString().endsWith(".java") && !file.endsWith(Path.of("package-info.java")));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + sources, failure);
    }
  }

  private Optional<List<Path>> trackedByGit() {
    try {
      var git =
          new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (git.waitFor() != 0) {
        return Optional.empty();
      }
      return Optional.of(
          Pattern.compile("[^\0]+")
              .matcher(names)
              .results()
              .map(MatchResult::group)
              .map(root::resolve)
              .filter(Files::isRegularFile)
              .toList());
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private List<Path> walked() {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return UNTRACKED.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + root, failure);
    }
    return List.copyOf(found);
  }
}
