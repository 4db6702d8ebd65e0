package io.bridgewatch.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzRunTest {
  private static final long SEED = 20261129;

  static List<FuzzTarget> targets() {
    return FuzzTargets.all();
  }

  /** Property, printed seed; {@code ./bw bench fuzz} runs millions. */
  @ParameterizedTest
  @MethodSource("targets")
  void noMutatedInputThrowsOrGoesBeyondItsBounds(FuzzTarget target) throws Exception {
    System.out.println("seed " + SEED);
    var outcome = new FuzzRun(target, FuzzBounds.DEFAULT, SEED).run(20_000);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.rejections()).as("mutations that break something").hasSizeGreaterThan(2);
    assertThat(outcome.clean()).as("mutations that break nothing").isPositive();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void someSeedOfEachTargetIsAccepted(FuzzTarget target) {
    var reader = target.readers().get();
    assertThat(target.seeds()).anyMatch(seed -> reader.read(seed).isEmpty());
  }

  @Test
  void whatThrowsIsToldWithTheInputThatMakesItAgain() throws Exception {
    var broken =
        target(
            input -> {
              if (input.length > 3 && input[3] == 'x') {
                throw new IllegalStateException("an x");
              }
              return Map.of();
            });
    var outcome = new FuzzRun(broken, FuzzBounds.DEFAULT, 7).run(20_000);
    assertThat(outcome.failed()).isPositive();
    assertThat(outcome.failures().getFirst())
        .containsPattern("input \\d+ of seed 7 throws java.lang.IllegalStateException: an x");
    assertThat(new FuzzRun(broken, FuzzBounds.DEFAULT, 7).run(20_000).failures())
        .isEqualTo(outcome.failures());
  }

  @Test
  void whatAllocatesTooMuchIsTold() throws Exception {
    var greedy = target(input -> Map.of("Length", (long) new byte[1 << 20].length));
    var outcome = new FuzzRun(greedy, new FuzzBounds(Duration.ofSeconds(2), 1000), 7).run(10);
    assertThat(outcome.failed()).isEqualTo(10);
    assertThat(outcome.rejections()).isEqualTo(Map.of("Length", 10L << 20));
  }

  @Test
  void onlyTheTargetsThatAreNamedAreWanted() throws Exception {
    var some = FuzzOptions.parse("--only", "otlp,zipkin,jaeger");
    assertThat(FuzzTargets.all().stream().map(FuzzTarget::name).filter(some::wants))
        .hasSize(9)
        .contains("otlp-logs-json", "zipkin-json", "jaeger-thrift")
        .noneMatch(name -> name.startsWith("remote-write"));
    var all = FuzzOptions.parse();
    assertThat(FuzzTargets.all()).allMatch(it -> all.wants(it.name()));
  }

  @Test
  void theMutatorReachesManyInputs() {
    var mutator = new Mutator(List.of("abcdefgh".getBytes(UTF_8)), List.of("word"), new Random(1));
    var seen = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      seen.add(new String(mutator.next(), UTF_8));
    }
    assertThat(seen).hasSizeGreaterThan(5000);
  }

  @Test
  void resultsNameEachReason() throws Exception {
    var outcome = new FuzzRun(target(input -> Map.of("Odd", 2L)), FuzzBounds.DEFAULT, 1).run(5);
    var table = FuzzBench.markdown(FuzzOptions.parse("--inputs", "5"), List.of(outcome));
    assertThat(table).contains("| test | 5 | 0 | 0 |").contains("| test | Odd 10 |");
  }

  private static FuzzTarget target(FuzzTarget.Reader reader) {
    return new FuzzTarget("test", List.of("abcd".getBytes(UTF_8)), List.of("x"), () -> reader);
  }
}
