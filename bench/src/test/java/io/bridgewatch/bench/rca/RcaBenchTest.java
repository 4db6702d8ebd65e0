package io.bridgewatch.bench.rca;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.testkit.BundleFolder;
import io.bridgewatch.testkit.SyntheticIncident;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RcaBenchTest {

  private static final int SERVICES = 6;

  private final Path temp;
  private final Map<String, SyntheticIncident> incidents = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  RcaBenchTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void perfectEngineScoresOneOnBothTracks() throws Exception {
    writeSet("made-up");

    for (SetResult result : results(this::perfect)) {
      assertThat(result.faulty()).isEqualTo(4);
      assertThat(result.clean()).isEqualTo(2);
      assertThat(result.score().accuracyAt1().value()).isEqualTo(1);
      assertThat(result.score().meanReciprocalRank()).isEqualTo(1);
      assertThat(result.score().specificity().value()).isEqualTo(1);
      assertThat(result.score().wrongAndConfident().value()).isZero();
      assertThat(result.score().abstained().value()).isZero();
      assertThat(result.score().onsetErrorSeconds()).isZero();
      assertThat(result.score().calibrationError()).isCloseTo(0.1, within());
    }
  }

  @Test
  void silentEngineScoresZeroAndAbstainsAndStaysSilentOnCleanBundles() throws Exception {
    writeSet("made-up");

    for (SetResult result : results(Reports::silent)) {
      assertThat(result.score().accuracyAt5().value()).isZero();
      assertThat(result.score().meanReciprocalRank()).isZero();
      assertThat(result.score().abstained().value()).isEqualTo(1);
      assertThat(result.score().specificity().value()).isEqualTo(1);
    }
  }

  @Test
  void engineThatBlamesInnocentsIsWrongAndConfidentEvenOnCleanBundles() throws Exception {
    writeSet("made-up");

    for (SetResult result : results(RcaBenchTest::blamesNobodyWeKnow)) {
      assertThat(result.score().accuracyAt1().value()).isZero();
      assertThat(result.score().wrongAndConfident().value()).isEqualTo(1);
      assertThat(result.score().specificity().value()).isZero();
    }
  }

  @Test
  void engineThatThrowsCostsItsCasesOnly() throws Exception {
    writeSet("made-up");

    int code =
        bench(
                bundle -> {
                  if (bundle.name().endsWith("1")) {
                    throw new IllegalStateException("made up");
                  }
                  return perfect(bundle);
                })
            .run("--data", temp.toString(), "--out", temp.resolve("out").toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("synthetic-1 failed", "made up");
    assertThat(Files.readString(temp.resolve("out/rca-given.md"))).contains("| 0.75 [");
  }

  @Test
  void onlyTheGivenTrackTellsTheOnset() throws Exception {
    writeSet("made-up");
    var hinted = new HashMap<String, Integer>();
    results(
        bundle -> {
          hinted.merge(bundle.name(), bundle.reportedAt().isPresent() ? 1 : 0, Integer::sum);
          return Reports.silent(bundle);
        });

    assertThat(hinted).containsEntry("synthetic-1", 1).containsEntry("synthetic-clean-9", 0);
  }

  @Test
  void nSigmaBeatsBlindChoiceAtTheOnset() throws Exception {
    writeSet("made-up");

    List<Baseline> baselines = results(Reports::silent).getFirst().baselines();

    assertThat(baselines.getLast().accuracyAt3()).isGreaterThan(baselines.getFirst().accuracyAt3());
  }

  @Test
  void randomFloorIsComputedFromServicesAndNodes() throws Exception {
    writeSet("made-up");

    Baseline random = results(Reports::silent).getFirst().baselines().getFirst();

    assertThat(random.accuracyAt1()).isCloseTo(1.0 / (SERVICES + 3), within());
    assertThat(random.accuracyAt5()).isCloseTo(5.0 / (SERVICES + 3), within());
  }

  @Test
  void resultFilesAreWrittenForEachTrackAndEachCase() throws Exception {
    writeSet("made-up");
    Path cases = temp.resolve("cases.csv");

    int code =
        bench(this::perfect)
            .run(
                "--data",
                temp.resolve("made-up").toString(), // a set itself
                "--out",
                temp.resolve("out").toString(),
                "--cases",
                cases.toString(),
                "--threads",
                "2");

    assertThat(code).isZero();
    assertThat(Files.readString(temp.resolve("out/rca-given.json"))).contains("\"ac1\"");
    assertThat(Files.readString(temp.resolve("out/rca-not-given.md"))).contains("| made-up | 4 |");
    assertThat(Files.readAllLines(cases)).hasSize(1 + 2 * 6);
  }

  @Test
  void brokenFloorFailsAndHeldFloorDoesNot() throws Exception {
    writeSet("made-up");
    Path floors = temp.resolve("floors.json");
    Files.writeString(floors, "{\"given\":{\"made-up\":{\"ac1\":0.9},\"gone\":{\"ac1\":0.9}}}");
    String[] arguments = {
      "--data",
      temp.toString(),
      "--out",
      temp.resolve("o").toString(),
      "--floors",
      floors.toString()
    };

    assertThat(bench(this::perfect).run(arguments)).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("floor of gone (given) not looked at");
    assertThat(bench(Reports::silent).run(arguments)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("ac1 of made-up (given) is 0.000, wanted at least 0.900");
  }

  @Test
  void missingFolderAndMissingSetsAreTold() throws Exception {
    writeSet("made-up");
    Files.createDirectories(temp.resolve("alerts"));

    assertThat(bench(Reports::silent).run("--data", temp.resolve("nowhere").toString()))
        .isEqualTo(2);
    assertThat(bench(Reports::silent).run()).isEqualTo(2);
    assertThat(
            bench(Reports::silent)
                .run("--data", temp.toString(), "--set", "gone", "--set", "alerts"))
        .isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("there is no folder", "needs --data", "skipping gone", "skipping alerts");
  }

  private void writeSet(String name) throws IOException {
    for (long seed = 1; seed <= 4; seed++) {
      add(name, SyntheticIncident.faulty(seed, SERVICES));
    }
    add(name, SyntheticIncident.clean(8, SERVICES));
    add(name, SyntheticIncident.clean(9, SERVICES));
  }

  private void add(String set, SyntheticIncident incident) throws IOException {
    incidents.put(incident.bundle().name(), incident);
    BundleFolder.write(incident, temp.resolve(set).resolve(incident.bundle().name()));
  }

  private List<SetResult> results(Bench.Engine engine) throws Exception {
    return new Bench(engine, 1).run(LabelledSet.read(temp.resolve("made-up")));
  }

  private RcaBench bench(Bench.Engine engine) {
    return new RcaBench(
        engine,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private SituationReport perfect(Bundle bundle) {
    SyntheticIncident incident = incidents.get(bundle.name());
    if (incident == null || incident.guilty().isEmpty()) {
      return Reports.silent(bundle);
    }
    var pod = EntityRef.from(EntityType.POD, incident.guilty().get()).orElseThrow();
    var cause = Reports.cause(1, pod, 0.9);
    return Reports.of(
        bundle, List.of(Reports.incident(incident.onset().orElseThrow(), List.of(cause))));
  }

  private static SituationReport blamesNobodyWeKnow(Bundle bundle) {
    var stranger = new EntityRef(EntityType.SERVICE, Attributes.of("service.name", "stranger"));
    return Reports.of(
        bundle,
        List.of(
            Reports.incident(bundle.window().from(), List.of(Reports.cause(1, stranger, 0.95)))));
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }
}
