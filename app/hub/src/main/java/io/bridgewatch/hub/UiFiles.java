package io.bridgewatch.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The UI's files on the class path, below {@code static/}. */
@Component
final class UiFiles {

  /** Pages of the single-page application; each is served by index.html. */
  static final List<String> PAGES =
      List.of(
          "/",
          "/login",
          "/incidents",
          "/incidents/{id}",
          "/clusters",
          "/inventory",
          "/inventory/{type}",
          "/entity",
          "/map",
          "/timeline",
          "/pools",
          "/pipeline",
          "/scaling",
          "/scaling/calendar",
          "/scaling/report",
          "/explore",
          "/logs",
          "/log-patterns",
          "/traces",
          "/traces/{id}",
          "/transactions",
          "/bundles",
          "/drill",
          "/troubles",
          "/audit",
          "/account");

  private final Resource index = new ClassPathResource("static/index.html");
  private final List<String> rootFiles = findRootFiles();

  private static List<String> findRootFiles() {
    try {
      var found = new ArrayList<String>();
      for (Resource file :
          new PathMatchingResourcePatternResolver().getResources("classpath*:/static/*.*")) {
        if (file.isReadable()) {
          found.add("/" + Objects.requireNonNull(file.getFilename()));
        }
      }
      return found.stream().distinct().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the UI's files", e);
    }
  }

  /** The page that every UI route is served by; absent where the UI was not built. */
  Resource index() {
    return index;
  }

  /** Files beside index.html, such as {@code /favicon.svg}. */
  List<String> rootFiles() {
    return rootFiles;
  }

  /** Everything a browser may fetch before login. */
  List<String> openPaths() {
    var open = new ArrayList<>(PAGES);
    open.add("/assets/**");
    open.addAll(rootFiles);
    return open.stream().distinct().toList();
  }
}
