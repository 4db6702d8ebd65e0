package io.bridgewatch.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A rule that cannot fail guards nothing: each is broken here on purpose by a small source. */
class RulesCanFailTest {
  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|record|@interface) (\\w+)");

  private static final String DRIVER = "package some.driver; public class Connection {}";
  private static final String FRAMEWORK =
      "package org.springframework.stereotype; public @interface Component {}";
  private static final String VERDICT = "package io.bridgewatch.diagnose; public class Verdict {}";

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Shared, since opening the JDK's own classes takes longer than compiling a line. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachClosedRingReportsAStranger() {
    return Ring.closed().stream()
        .map(
            ring ->
                broken(
                    Rules.knowsOnly(ring),
                    DRIVER,
                    "package io.bridgewatch.%s; class Curious { some.driver.Connection connection; }"
                        .formatted(ring.name())));
  }

  @TestFactory
  Stream<DynamicTest> stagesReportEachOther() {
    return Ring.closed().stream()
        .filter(ring -> List.of("model", "numerics", "ports", "detect").contains(ring.name()))
        .map(
            ring ->
                broken(
                    Rules.knowsOnly(ring),
                    VERDICT,
                    "package io.bridgewatch.%s; class Curious { io.bridgewatch.diagnose.Verdict verdict; }"
                        .formatted(ring.name())));
  }

  @TestFactory
  Stream<DynamicTest> eachRuleAboutNeighboursReportsABreach() {
    return Stream.of(
        broken(
            Rules.packagesHaveNoCycles(),
            "package io.bridgewatch.engine.left; public class Left { io.bridgewatch.engine.right.Right right; }",
            "package io.bridgewatch.engine.right; public class Right { io.bridgewatch.engine.left.Left left; }"),
        broken(
            Rules.adaptersKnowNoNeighbour(),
            "package io.bridgewatch.adapter.one; public class One {}",
            "package io.bridgewatch.adapter.two; class Two { io.bridgewatch.adapter.one.One one; }"),
        broken(
            Rules.adaptersKnowNoNeighbour(),
            VERDICT,
            "package io.bridgewatch.adapter.two; class Two { io.bridgewatch.diagnose.Verdict verdict; }"),
        broken(
            Rules.onlyAppsKnowAFramework(),
            FRAMEWORK,
            "package io.bridgewatch.engine; @org.springframework.stereotype.Component class Loop {}"),
        broken(
            Rules.nothingKnowsArchOrBench(),
            "package io.bridgewatch.bench.rca; public class Score {}",
            "package io.bridgewatch.hub; class Page { io.bridgewatch.bench.rca.Score score; }"),
        broken(
            Rules.onlyAppsAndBenchKnowTheDrill(),
            "package io.bridgewatch.drill; public class Fault {}",
            "package io.bridgewatch.diagnose; class Cheat { io.bridgewatch.drill.Fault answer; }"),
        broken(
            Rules.onlyPlansChangeACluster(),
            "package io.bridgewatch.ports; public class AutoscalerWriter { public void apply() {} }",
            "package io.bridgewatch.hub; class Shortcut { void f(io.bridgewatch.ports.AutoscalerWriter w) { w.apply(); } }"));
  }

  @TestFactory
  Stream<DynamicTest> adaptersReportEachWayToShowADriver() {
    return Stream.of(
            "public class Shown { public some.driver.Connection field; }",
            "public class Shown { protected void accept(some.driver.Connection it) {} }",
            "public class Shown { public java.util.List<some.driver.Connection> all() { return null; } }",
            "public class Shown { public Shown(some.driver.Connection[] them) {} }",
            "public class Shown extends some.driver.Connection {}",
            "public record Shown(some.driver.Connection it) {}")
        .map(
            source ->
                broken(
                    Rules.adaptersHideTheirDriver(),
                    DRIVER,
                    "package io.bridgewatch.adapter.one; " + source));
  }

  @TestFactory
  Stream<DynamicTest> pureRingsReportEachWayIntoTheWorld() {
    return Stream.of(
            "void f() { System.out.println(); }",
            "void f() throws Exception { java.nio.file.Files.size(java.nio.file.Path.of(\"x\")); }",
            "void f() throws Exception { new java.io.FileInputStream(\"x\"); }",
            "void f() throws Exception { new java.net.Socket(); }",
            "void f() { Thread.startVirtualThread(() -> {}); }",
            "void f() { java.util.concurrent.Executors.newCachedThreadPool(); }",
            "void f() { new java.security.SecureRandom(); }",
            "void f() { java.util.concurrent.ThreadLocalRandom.current(); }")
        .map(body -> broken(Rules.pureRingsTouchNoWorld(), inDetect(body)));
  }

  @TestFactory
  Stream<DynamicTest> pureRingsReportEachClockAndDie() {
    return Stream.of(
            "java.time.Instant.now()",
            "java.time.LocalDate.now()",
            "java.time.Clock.systemUTC()",
            "System.currentTimeMillis()",
            "System.nanoTime()",
            "new java.util.Date()",
            "Math.random()",
            "new java.util.Random()",
            "new java.util.SplittableRandom()",
            "java.util.UUID.randomUUID()",
            "java.util.random.RandomGenerator.getDefault()",
            "System.getenv(\"x\")",
            "System.getProperty(\"x\")",
            "java.util.List.of(1).parallelStream()")
        .map(
            call ->
                broken(
                    Rules.pureRingsReadNoClock(), inDetect("Object f() { return " + call + "; }")));
  }

  @Test
  void aSeededGeneratorIsNoBreach() {
    var violations =
        violations(
            Rules.pureRingsReadNoClock(),
            inDetect("Object f() { return new java.util.Random(42); }"));
    assertThat(violations).isEmpty();
  }

  @Test
  void anAdapterMayUseItsDriverInside() {
    var inside =
        "package io.bridgewatch.adapter.one; public class Inside { private some.driver.Connection it; }";
    assertThat(violations(Rules.adaptersHideTheirDriver(), DRIVER, inside)).isEmpty();
    assertThat(violations(Rules.adaptersKnowNoNeighbour(), DRIVER, inside)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> sleepersAndEmptyNamesAreReported() {
    return Stream.of(
        broken(
            Rules.nobodySleeps(),
            "package io.bridgewatch.hub; class Tired { void f() throws Exception { Thread.sleep(1); } }"),
        broken(
            Rules.nobodySleeps(),
            "package io.bridgewatch.hub; class Tired { void f() throws Exception { Thread.sleep(java.time.Duration.ZERO); } }"),
        broken(
            Rules.namesSayWhatAClassDoes(), "package io.bridgewatch.hub; class SessionManager {}"),
        broken(Rules.namesSayWhatAClassDoes(), "package io.bridgewatch.hub; class StringUtils {}"));
  }

  private static String inDetect(String body) {
    return "package io.bridgewatch.detect; class Broken { " + body + " }";
  }

  private DynamicTest broken(ArchRule rule, String... sources) {
    return DynamicTest.dynamicTest(
        rule.getDescription() + ": " + sources[sources.length - 1],
        () -> assertThat(violations(rule, sources)).isNotEmpty());
  }

  private List<String> violations(ArchRule rule, String... sources) {
    var classes = new ClassFileImporter().importPath(compile(Stream.of(sources)));
    return rule.evaluate(classes).getFailureReport().getDetails();
  }

  /** Compiles the sources into a folder of their own. */
  private Path compile(Stream<String> sources) {
    try {
      var output = Files.createTempDirectory(folder, "broken");
      Map<Path, String> files = new LinkedHashMap<>();
      sources.forEach(source -> files.put(output.resolve(fileName(source)), source));
      for (var file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
      var messages = new StringWriter();
      var options = List.of("-d", output.toString(), "-proc:none", "-cp", output.toString());
      var units = FILES.getJavaFileObjects(files.keySet().toArray(Path[]::new));
      var task = COMPILER.getTask(messages, FILES, null, options, null, units);
      assertThat(task.call()).as("%s", messages).isTrue();
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot compile a broken source", failure);
    }
  }

  private static Path fileName(String source) {
    return Path.of(group(PACKAGE, source).replace('.', '/'), group(TYPE, source) + ".java");
  }

  private static String group(Pattern pattern, String source) {
    var matcher = pattern.matcher(source);
    assertThat(matcher.find()).as("%s in %s", pattern, source).isTrue();
    return matcher.group(1);
  }
}
