package io.bridgewatch.bench.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.bench.engines.Floors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsBenchTest {

  @Test
  void labelledLinesAreReadWithTheirQuotes(@TempDir Path folder) throws IOException {
    var set = Files.createDirectories(folder.resolve("made-up"));
    Files.writeString(
        set.resolve("x_structured_corrected.csv"),
        """
        LineId,Content,EventTemplate
        1,"a, ""b"" 1","a, ""b"" <*>"
        2,c,c
        """);
    assertThat(LabelledLines.in(folder))
        .containsExactly(
            new LabelledLines("made-up", List.of("a, \"b\" 1", "c"), List.of("a, \"b\" <*>", "c")));
  }

  @Test
  void onlyGroupsThatAreRightAsAWholeCount() {
    var lines =
        new LabelledLines(
            "made-up",
            List.of("order 1 paid", "order 2 paid", "cart x", "cart y"),
            List.of("order <*> paid", "order <*> paid", "cart <*>", "cart <*>"));
    assertThat(Grouping.of(lines, 0.7, 100)).isEqualTo(new Grouping("made-up", 0.5, 2, 3));
  }

  @Test
  void aMeasureBeyondItsFloorIsToldAndOneThatIsNoNumberToo() {
    var floors = new Floors(Map.of("rate", 10.0), Map.of("millis", 5.0));
    assertThat(floors.broken(Map.of("rate", 10.0, "millis", 5.0, "other", 1.0))).isEmpty();
    assertThat(floors.broken(Map.of("rate", 9.0, "millis", Double.NaN)))
        .containsExactly(
            "millis is NaN, wanted at most 5.000", "rate is 9.000, wanted at least 10.000");
  }

  @Test
  void aSmallRunMeasuresEverything(@TempDir Path folder) {
    var measures = new StoreRun(folder, 2_000, 2_000, 1).run();
    assertThat(LogsBench.byName(List.of(), measures).values()).allMatch(value -> value > 0);
  }
}
