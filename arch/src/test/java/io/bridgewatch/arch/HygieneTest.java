package io.bridgewatch.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the repository must and must not hold, whatever the code does. */
class HygieneTest {
  private static final Checkout CHECKOUT = Checkout.current();

  /** Written in pieces, so that this file does not hold what it forbids. */
  private static final Pattern DEVELOPER_PATH =
      Pattern.compile(
          "(?<![\\w.$}*-])/(?:"
              + "wo"
              + "rk|fa"
              + "rm|ro"
              + "ot|Us"
              + "ers|ho"
              + "me/(?!linuxbrew))/?[A-Za-z][\\w-]*/");

  private static final Pattern REGISTRY_HOST =
      Pattern.compile(
          Stream.of(
                  "repo1?[.]maven" + "[.](?:apache[.])?org",
                  "registry[.](?:npmjs|yarnpkg|npmmirror)" + "[.](?:org|com)",
                  "(?:deb|security|snapshot)[.]debian" + "[.]org",
                  "maven[.]aliyun" + "[.]com",
                  "central[.]sonatype" + "[.]com",
                  "npm[.]pkg[.]github" + "[.]com")
              .reduce((a, b) -> a + "|" + b)
              .orElseThrow());

  /**
   * Systems whose recorded faults public benchmarks score; a product that knows their names cheats.
   */
  private static final Pattern BENCHMARK_SYSTEM =
      Pattern.compile(
          Stream.of(
                  "ts-[a-z-]+-" + "service",
                  "(?:ad|cart|checkout|currency|email|payment|productcatalog|recommendation|shipping)"
                      + "service",
                  "pet" + "site",
                  "sock-?" + "shop",
                  "train-?" + "ticket",
                  "online-?" + "boutique",
                  "hipster-?" + "shop",
                  "rca" + "eval")
              .reduce((a, b) -> a + "|" + b)
              .orElseThrow(),
          Pattern.CASE_INSENSITIVE);

  private static final List<String> PURE_OR_BELOW =
      List.of(
          "model", "numerics", "ports", "topology", "detect", "diagnose", "scale", "act", "engine");

  private static final String[] TEXT = {
    ".java",
    ".xml",
    ".md",
    ".sh",
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".css",
    ".html",
    ".yaml",
    ".yml",
    ".properties",
    ".config",
    ".txt",
    ".json",
    "bw",
    "mvnw",
    ".ci/run"
  };

  @Test
  void noFileHoldsAPathOfADevelopersMachine() {
    var files =
        CHECKOUT.files(TEXT).stream().filter(file -> !file.toString().endsWith(".json")).toList();
    assertThat(found(DEVELOPER_PATH, files)).isEmpty();
  }

  @Test
  void noFileNamesAPackageRegistry() {
    assertThat(found(REGISTRY_HOST, CHECKOUT.files(TEXT))).isEmpty();
  }

  @Test
  void productCodeNamesNoBenchmarkSystem() {
    var product =
        CHECKOUT.files().stream()
            .filter(
                file -> {
                  var name = relative(file);
                  return name.contains("src/main/") || name.startsWith("web/src/");
                })
            .filter(file -> Stream.of(TEXT).anyMatch(file.toString()::endsWith))
            .toList();
    assertThat(product).isNotEmpty();
    assertThat(found(BENCHMARK_SYSTEM, product)).isEmpty();
  }

  @Test
  void thePatternsFindWhatTheyLookFor() {
    assertThat(DEVELOPER_PATH.matcher("see /ho" + "me/alice/project").find()).isTrue();
    assertThat(DEVELOPER_PATH.matcher("\"/wo" + "rk/main/pom.xml\"").find()).isTrue();
    assertThat(DEVELOPER_PATH.matcher("${HOME}/lib/").find()).isFalse();
    assertThat(REGISTRY_HOST.matcher("https://registry.npmjs" + ".org/x").find()).isTrue();
    assertThat(REGISTRY_HOST.matcher("https://repo.maven.apache" + ".org/maven2").find()).isTrue();
    assertThat(BENCHMARK_SYSTEM.matcher("ts-order" + "-service").find()).isTrue();
    assertThat(BENCHMARK_SYSTEM.matcher("checkout").find()).isFalse();
  }

  @Test
  void everyPackageIsNullMarked() {
    var marked = new TreeSet<String>();
    var packages = new TreeSet<String>();
    for (var file : CHECKOUT.files(".java")) {
      var name = relative(file);
      var start = name.indexOf("/java/");
      if (start < 0) {
        continue;
      }
      var module = name.substring(0, name.indexOf("src/"));
      var folder = module + name.substring(start + 6, name.lastIndexOf('/'));
      packages.add(folder);
      if (name.endsWith("/package-info.java") && Checkout.read(file).contains("@NullMarked")) {
        marked.add(folder);
      }
    }
    packages.removeAll(marked);
    assertThat(packages).as("packages without a package-info.java that says @NullMarked").isEmpty();
  }

  @Test
  void theChangelogHasAnUnreleasedSection() {
    assertThat(Checkout.read(CHECKOUT.root().resolve("CHANGELOG.md")))
        .contains("\n## [Unreleased]");
  }

  @Test
  void versionsStandInTheRootPomOnly() {
    var version =
        Pattern.compile(
            "<version>(?!\\$\\{|0\\.1\\.0-SNAPSHOT)[^<]*</version>|<[a-z-]+\\.version>[^<]*<");
    var poms =
        CHECKOUT.modules().stream()
            .map(module -> CHECKOUT.root().resolve(module).resolve("pom.xml"))
            .toList();
    assertThat(found(version, poms)).isEmpty();
  }

  @Test
  void everyModuleDeclaresItsRingToTheEnforcer() {
    var undeclared = new ArrayList<String>();
    for (var module : CHECKOUT.modules()) {
      var pom = Checkout.read(CHECKOUT.root().resolve(module).resolve("pom.xml"));
      if (PURE_OR_BELOW.contains(module) && !pom.contains("<ring.pure.skip>false<")) {
        undeclared.add(module + ": ring.pure.skip is not false");
      }
      if (module.startsWith("adapters/") && !pom.contains("<ring.adapter.skip>false<")) {
        undeclared.add(module + ": ring.adapter.skip is not false");
      }
    }
    assertThat(undeclared).isEmpty();
  }

  @Test
  void everyLibraryStandsInTheArchitecturePageWithItsVersion() {
    var page = Checkout.read(CHECKOUT.root().resolve("ARCHITECTURE.md"));
    var missing = new TreeSet<String>();
    libraries()
        .forEach(
            (name, version) -> {
              if (!page.contains("| " + name + " | " + version + " |")) {
                missing.add(name + " " + version);
              }
            });
    assertThat(missing).as("libraries that ARCHITECTURE.md does not list").isEmpty();
  }

  @Test
  void noDependencyHasARangeOrAMovingVersion() {
    var moving = Pattern.compile("<version>(?:[\\[(][^<]*|LATEST|RELEASE)</version>");
    var pom = CHECKOUT.root().resolve("pom.xml");
    var tools = Pattern.compile("(?s)<require(Java|Maven)Version>.*?</require\\1Version>");
    var dependencies = tools.matcher(Checkout.read(pom)).replaceAll("");
    assertThat(moving.matcher(dependencies).results().map(r -> r.group()).toList()).isEmpty();
  }

  @Test
  void everyModuleFolderIsListedInTheRootPom() throws Exception {
    var listed = CHECKOUT.modules();
    var unlisted = new ArrayList<String>();
    for (var pom : CHECKOUT.files("pom.xml")) {
      var folder = relative(pom).replaceFirst("/?pom\\.xml$", "");
      if (!folder.isEmpty()
          && !listed.contains(folder)
          && Files.isDirectory(pom.resolveSibling("src"))) {
        unlisted.add(folder);
      }
    }
    assertThat(unlisted).isEmpty();
  }

  /** Versions that the root pom and the web's package.json name. */
  private static Map<String, String> libraries() {
    var named = new TreeMap<String, String>();
    Pattern.compile("<([a-z-]+)\\.version>([^<]+)<")
        .matcher(Checkout.read(CHECKOUT.root().resolve("pom.xml")))
        .results()
        .forEach(result -> named.put(result.group(1), result.group(2)));
    var web = CHECKOUT.root().resolve("web/package.json");
    if (Files.exists(web)) {
      var sections =
          Pattern.compile("(?s)\"(?:devD|d)ependencies\": \\{(.*?)}").matcher(Checkout.read(web));
      var entry = Pattern.compile("\"([^\"]+)\": \"([^\"]+)\"");
      sections
          .results()
          .forEach(
              section ->
                  entry
                      .matcher(section.group(1))
                      .results()
                      .forEach(result -> named.put(result.group(1), result.group(2))));
    }
    return named;
  }

  private static List<String> found(Pattern forbidden, List<Path> files) {
    var found = new ArrayList<String>();
    for (var file : files) {
      var line = 0;
      for (var text : Checkout.read(file).split("\n", -1)) {
        line++;
        if (forbidden.matcher(text).find()) {
          found.add(relative(file) + ":" + line + ": " + text.strip());
        }
      }
    }
    return found;
  }

  private static String relative(Path file) {
    return CHECKOUT.root().relativize(file).toString().replace('\\', '/');
  }
}
