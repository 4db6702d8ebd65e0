package io.bridgewatch.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules themselves. Each allows to hold no class yet: a ring may be empty. */
final class Rules {
  private static final String ADAPTERS = "io.bridgewatch.adapter..";
  private static final String ADAPTER_PREFIX = "io.bridgewatch.adapter.";
  private static final String[] APPS = {
    "io.bridgewatch.hub..",
    "io.bridgewatch.cli..",
    "io.bridgewatch.agent..",
    "io.bridgewatch.drillrun.."
  };
  private static final String[] FRAMEWORKS = {
    "org.springframework..", "jakarta.servlet..", "jakarta.inject..", "io.quarkus.."
  };

  private Rules() {}

  /** Rules for product code. */
  static Stream<ArchRule> forMain() {
    return Stream.of(
            Ring.closed().stream().map(Rules::knowsOnly),
            Stream.of(
                packagesHaveNoCycles(),
                adaptersKnowNoNeighbour(),
                adaptersHideTheirDriver(),
                onlyAppsKnowAFramework(),
                nothingKnowsArchOrBench(),
                onlyAppsAndBenchKnowTheDrill(),
                onlyPlansChangeACluster(),
                pureRingsTouchNoWorld(),
                pureRingsReadNoClock()),
            forAll())
        .flatMap(rules -> rules);
  }

  /** Rules for product code and tests alike. */
  static Stream<ArchRule> forAll() {
    return Stream.of(nobodySleeps(), namesSayWhatAClassDoes());
  }

  static ArchRule knowsOnly(Ring ring) {
    return classes()
        .that()
        .resideInAPackage(ring.home())
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(ring.allowed()).or(arrayOfPrimitive()))
        .as(ring.name() + " knows only the JDK, JSpecify and " + ring.known())
        .allowEmptyShould(true);
  }

  static ArchRule packagesHaveNoCycles() {
    return slices()
        .matching("io.bridgewatch.(**)")
        .should()
        .beFreeOfCycles()
        .as("packages have no cycles")
        .allowEmptyShould(true);
  }

  static ArchRule adaptersKnowNoNeighbour() {
    return classes()
        .that()
        .resideInAPackage(ADAPTERS)
        .should(knowOfBridgewatchOnlyWhatAdaptersMay())
        .as(
            "adapters know model, ports, telemetry and their driver, never another adapter or a"
                + " stage")
        .allowEmptyShould(true);
  }

  static ArchRule adaptersHideTheirDriver() {
    return classes()
        .that()
        .resideInAPackage(ADAPTERS)
        .and(arePublicFromOutside())
        .should(showOnlyTypesOfOursAndTheJdk())
        .as("public signatures of adapters show no type of their driver")
        .allowEmptyShould(true);
  }

  static ArchRule onlyAppsKnowAFramework() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(APPS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FRAMEWORKS)
        .as("only apps know a web or injection framework")
        .allowEmptyShould(true);
  }

  static ArchRule nothingKnowsArchOrBench() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("io.bridgewatch.arch..", "io.bridgewatch.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.bridgewatch.arch..", "io.bridgewatch.bench..")
        .as("nothing knows arch or bench")
        .allowEmptyShould(true);
  }

  static ArchRule onlyAppsAndBenchKnowTheDrill() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.of(APPS, new String[] {"io.bridgewatch.drill..", "io.bridgewatch.bench.."})
                .flatMap(Stream::of)
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.bridgewatch.drill..")
        .as("only apps and bench know the drill, so that no answer can leak into the watch")
        .allowEmptyShould(true);
  }

  /** There is one port that writes to clusters, and one class that asks it to. */
  static ArchRule onlyPlansChangeACluster() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("io.bridgewatch.adapter..", "io.bridgewatch.testkit..")
        .and()
        .doNotHaveFullyQualifiedName("io.bridgewatch.hub.ScalingPlans")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "AutoscalerWriter.apply",
                (JavaCall<?> call) ->
                    call.getTargetOwner().getName().equals("io.bridgewatch.ports.AutoscalerWriter")
                        && call.getTarget().getName().equals("apply")))
        .as("only plans that a person confirmed change a cluster")
        .allowEmptyShould(true);
  }

  static ArchRule pureRingsTouchNoWorld() {
    return noClasses()
        .that()
        .resideInAnyPackage(Ring.pure())
        .should()
        .dependOnClassesThat(belongToTheWorld())
        .as("model, numerics, telemetry and stages do no I/O and start no thread")
        .allowEmptyShould(true);
  }

  static ArchRule pureRingsReadNoClock() {
    return noClasses()
        .that()
        .resideInAnyPackage(Ring.pure())
        .should()
        .callMethodWhere(readsClockChanceOrSettings())
        .orShould()
        .callConstructorWhere(readsClockChanceOrSettings())
        .as(
            "time, randomness and settings reach model, numerics, telemetry and stages as"
                + " arguments")
        .allowEmptyShould(true);
  }

  static ArchRule nobodySleeps() {
    return noClasses()
        .should()
        .callMethodWhere(calls(Thread.class, Set.of("sleep")))
        .as("nobody sleeps: main code waits on a condition with a timeout, tests simulate time")
        .allowEmptyShould(true);
  }

  static ArchRule namesSayWhatAClassDoes() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl)")
        .as("class names say what a class does, not Manager, Util, Helper or Impl")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> arrayOfPrimitive() {
    return DescribedPredicate.describe(
        "primitives", type -> type.getBaseComponentType().isPrimitive());
  }

  private static DescribedPredicate<JavaClass> belongToTheWorld() {
    var packages =
        resideInAnyPackage(
            "java.nio.file..",
            "java.nio.channels..",
            "java.net..",
            "java.sql..",
            "java.util.logging..",
            "javax..");
    var types =
        Set.of(
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.util.Timer",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.Executor",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.StructuredTaskScope",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.security.SecureRandom");
    return DescribedPredicate.describe(
        "belong to the world outside (files, sockets, streams, threads)",
        type ->
            packages.test(type)
                || types.contains(type.getName())
                || (type.getPackageName().equals("java.io")
                    && !type.getName().equals("java.io.Serializable")));
  }

  private static DescribedPredicate<JavaCall<?>> readsClockChanceOrSettings() {
    return DescribedPredicate.describe(
        "clock, chance or settings", call -> isClock(call) || isChance(call) || isSetting(call));
  }

  private static boolean isClock(JavaCall<?> call) {
    var owner = call.getTargetOwner().getName();
    var name = call.getTarget().getName();
    return (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.equals("java.time.Clock")
            && (name.startsWith("system") || name.startsWith("tick")))
        || (owner.equals("java.lang.System")
            && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
        || (owner.equals("java.util.Date") && takesNothing(call));
  }

  private static boolean isChance(JavaCall<?> call) {
    var owner = call.getTargetOwner().getName();
    var name = call.getTarget().getName();
    return ((owner.equals("java.util.Random") || owner.equals("java.util.SplittableRandom"))
            && name.equals("<init>")
            && takesNothing(call))
        || (owner.endsWith("Math") && name.equals("random"))
        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
        || owner.equals("java.util.concurrent.ThreadLocalRandom")
        || (owner.equals("java.util.random.RandomGenerator") && takesNothing(call))
        || (owner.equals("java.util.Collections")
            && name.equals("shuffle")
            && call.getTarget().getRawParameterTypes().size() == 1)
        || name.equals("parallelStream")
        || name.equals("identityHashCode");
  }

  private static boolean isSetting(JavaCall<?> call) {
    return (call.getTargetOwner().getName().equals("java.lang.System")
            && Set.of("getenv", "getProperty", "getProperties")
                .contains(call.getTarget().getName()))
        || call.getTarget().getName().equals("printStackTrace");
  }

  private static boolean takesNothing(JavaCall<?> call) {
    AccessTarget.CodeUnitCallTarget target = call.getTarget();
    return target.getRawParameterTypes().isEmpty();
  }

  private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, Set<String> names) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + names,
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && names.contains(call.getTarget().getName()));
  }

  private static DescribedPredicate<JavaClass> arePublicFromOutside() {
    return DescribedPredicate.describe(
        "are public from outside",
        type ->
            type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass()
                    .map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC))
                    .orElse(true));
  }

  private static ArchCondition<JavaClass> knowOfBridgewatchOnlyWhatAdaptersMay() {
    return new ArchCondition<>("know of Bridgewatch only model, ports, telemetry and themselves") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var own = adapterOf(type.getPackageName());
        for (var dependency : type.getDirectDependenciesFromSelf()) {
          var other = dependency.getTargetClass().getBaseComponentType().getPackageName();
          if (other.startsWith("io.bridgewatch.")
              && Stream.of(
                      "io.bridgewatch.model",
                      "io.bridgewatch.ports",
                      "io.bridgewatch.telemetry",
                      own)
                  .noneMatch(known -> (other + ".").startsWith(known + "."))) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** {@code io.bridgewatch.adapter.x} of any package below it. */
  private static String adapterOf(String packageName) {
    var end = packageName.indexOf('.', ADAPTER_PREFIX.length());
    return end < 0 ? packageName : packageName.substring(0, end);
  }

  private static ArchCondition<JavaClass> showOnlyTypesOfOursAndTheJdk() {
    return new ArchCondition<>("show only types of ours and the JDK") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getRawSuperclass().ifPresent(parent -> report(type, parent, events));
        type.getRawInterfaces().forEach(parent -> report(type, parent, events));
        for (JavaMember member : type.getMembers()) {
          if (isVisible(member)) {
            shownBy(member)
                .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
                .forEach(shown -> report(member, shown, events));
          }
        }
      }
    };
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaType> shownBy(JavaMember member) {
    return switch (member) {
      case JavaField field -> Stream.of(field.getType());
      case JavaCodeUnit unit ->
          Stream.of(
                  List.<JavaType>of(unit.getReturnType()),
                  unit.getParameterTypes(),
                  List.<JavaType>copyOf(unit.getExceptionTypes()))
              .flatMap(List::stream);
      default ->
          throw new IllegalStateException("a member that is neither field nor code: " + member);
    };
  }

  private static void report(Object where, JavaClass shown, ConditionEvents events) {
    var type = shown.getBaseComponentType();
    if (type.isPrimitive()
        || resideInAnyPackage("java..", "io.bridgewatch..", "org.jspecify..").test(type)) {
      return;
    }
    events.add(SimpleConditionEvent.violated(where, where + " shows " + type.getName()));
  }
}
