package io.bridgewatch.bench.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubProcessTest {

  @Test
  void heapBeforeAndAfterIsReadFromTheLogOfCollections() {
    var line =
        "[12.345s][info][gc] GC(7) Pause Young (Normal) (G1 Evacuation) 512M->96M(4096M) 9ms";
    assertThat(HubProcess.sizes(line)).hasValue(new double[] {512, 96});
    assertThat(HubProcess.sizes("[0.012s][info][gc] Using G1")).isEmpty();
  }

  @Test
  void aHubThatDoesNotStartIsToldWithWhatItSaid(@TempDir Path folder) {
    assertThatThrownBy(
            () -> HubProcess.start(new HubProcess.Settings("no-such.jar", "64m", folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the hub did not start")
        .hasMessageContaining("HubApplication");
  }
}
