package io.bridgewatch.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules, held against every module of the checkout. */
class ArchitectureTest {
  private static final Checkout CHECKOUT = Checkout.current();

  /** Modules that bring no classes of the product, so that rules need not wait for them. */
  private static final List<String> APART = List.of("arch", "web");

  @TestFactory
  Stream<DynamicTest> mainCodeKeepsTheRules() {
    var classes = CHECKOUT.classes("main");
    return tests(Rules.forMain(), classes);
  }

  @TestFactory
  Stream<DynamicTest> testCodeKeepsTheRules() {
    var classes = CHECKOUT.classes("test");
    return tests(Rules.forAll(), classes);
  }

  @Test
  void everyModuleIsChecked() {
    var pom = Checkout.read(CHECKOUT.root().resolve("arch/pom.xml"));
    var missing = new ArrayList<String>();
    for (var module : CHECKOUT.modules()) {
      var artifact = "bridgewatch-" + module.replace('/', '-');
      if (!APART.contains(module) && !pom.contains("<artifactId>" + artifact + "</artifactId>")) {
        missing.add(artifact);
      }
    }
    assertThat(missing).as("modules that arch/pom.xml does not list as dependencies").isEmpty();
  }

  @Test
  void class25FilesAreRead() {
    var classes = CHECKOUT.classes("main");
    assertThat(classes.contain("io.bridgewatch.model.EntityRef")).isTrue();
    assertThat(classes.get("io.bridgewatch.model.EntityRef").isRecord()).isTrue();
  }

  private static Stream<DynamicTest> tests(Stream<ArchRule> rules, JavaClasses classes) {
    return rules.map(
        rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }
}
