package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.score.ScorecardJson;
import io.bridgewatch.drill.world.Drill;
import io.bridgewatch.drill.world.DrillLibrary;
import io.bridgewatch.drill.world.DrillWorld;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DrillApplicationTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-29T12:00:00Z"));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  /** The small one, but that no world can be made of the second drill. */
  private static final class HalfBroken implements DrillLibrary {
    private final SmallLibrary small = new SmallLibrary();

    @Override
    public List<Drill> drills() {
      return List.of(SmallLibrary.CLEAN, Drill.harmless("broken"));
    }

    @Override
    public DrillWorld world(long seed, Instant start) {
      if (seed == 2) {
        throw new IllegalStateException("there is no world of seed 2");
      }
      return small.world(seed, start);
    }
  }

  private int run(DrillLibrary library, String... arguments) throws Exception {
    var all =
        Stream.concat(
                Stream.of(arguments), Stream.of("--out=" + folder, "--minutes=1", "--warm-up=1"))
            .toList();
    return DrillApplication.run(
        all,
        Optional.of(library),
        "v1",
        CLOCK,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void whatWasScoredIsKeptThoughAnotherDrillCannotBeRun() throws Exception {
    int code = run(new HalfBroken(), "--suite=clean", "--seed=1", "--seed=2");
    assertThat(code).isEqualTo(1);
    var card = ScorecardJson.read(folder.resolve("drill-clean.json"));
    assertThat(card.seeds()).containsExactly(1L);
    assertThat(card.version()).isEqualTo("v1");
    assertThat(card.totals().falsePerDay().orElseThrow().value()).isZero();
    assertThat(Files.readString(folder.resolve("drill-clean.md"))).contains("| clean | 1 |");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("clean#1: nothing wrong, 0 false")
        .contains("clean#2 could not be run")
        .contains("no world of seed 2");
  }

  @Test
  void severalDrillsAreChosenInTheOrderInWhichTheyAreNamed() throws Exception {
    var options = DrillOptions.parse(List.of("--suite=clean,container", "--out=o"));
    assertThat(options.chosen(new SmallLibrary().drills()))
        .containsExactly(SmallLibrary.CLEAN, SmallLibrary.CRASH);
    assertThat(SuiteRun.json(options)).isEqualTo(Path.of("o", "drill-some.json"));
  }

  @Test
  void whatCannotBeMeantIsRefusedWithWhatCan() throws Exception {
    assertThat(run(new SmallLibrary(), "--suite=flood")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("no suite and no drill named flood; drills are crash-loop, clean")
        .contains("usage:");
    assertThat(run(new SmallLibrary(), "--suite=clean,flood")).isEqualTo(2);
    assertThat(run(new SmallLibrary(), "--seed=x")).isEqualTo(2);
    assertThat(run(new SmallLibrary(), "--speed=9")).isEqualTo(2);
    assertThat(run(new SmallLibrary(), "--compare=" + folder.resolve("none.json"))).isEqualTo(2);
    assertThat(Files.list(folder)).isEmpty();
  }
}
