package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.score.Telling;
import io.bridgewatch.hub.AttachedDrill.Outcome;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubOptions;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.ports.SteppedTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a visitor puts into the bank soon after the start, on simulated time. */
@Timeout(300)
class EarlyTroubleTest {

  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofMinutes(5);
  private static final Duration PROMISED = Duration.ofSeconds(60);
  private static final List<String> OPTIONS = List.of("--http-port=0", "--no-pod-logs");

  private final SteppedTime time = new SteppedTime(START);

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 30"})
  void aSlowDiskIsNamedWithinAMinuteHoweverEarlyItIsPutIn(
      long seed, int afterSeconds, @TempDir Path folder) throws Exception {
    var read = List.of("--scrape-pods-by-api-server");
    var how = HubOptions.parse(read, Map.of()).collect().scraping();
    var console = new ByteArrayOutputStream();
    try (var bank = DemoBank.open(StandardBank.plan(), time, WARM_UP, Duration.ZERO, seed, how);
        var hub = hub(bank, folder, console)) {
      var password = console.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
      bank.keepUp();
      bank.sendTo(URI.create(hub.address()), hub.lendIngest());
      bank.keepWarmUp(hub.past(bank.cluster()));
      bank.keepUp();
      while (!hub.hears(bank.cluster())) {
        LockSupport.parkNanos(500_000);
      }
      pass(Duration.ofSeconds(afterSeconds), bank, hub);
      assertThat(bank.inject("disk-slow")).isInstanceOf(Outcome.Done.class);
      try (var reader =
          new HubReader(
              URI.create(hub.address()),
              bank.cluster(),
              "admin",
              password.replaceFirst(".*[:：] ?", ""))) {
        var told = new ArrayList<Telling>();
        var end = time.instant().plus(PROMISED);
        while (time.instant().isBefore(end) && told.stream().noneMatch(one -> namesADisk(one))) {
          pass(STEP, bank, hub);
          told.addAll(reader.news());
        }
        assertThat(told)
            .as("seed %d", seed)
            .filteredOn(EarlyTroubleTest::namesADisk)
            .singleElement()
            .satisfies(
                telling ->
                    assertThat(telling.symptoms())
                        .as("whom it hurts")
                        .anyMatch(hurt -> hurt.type() != EntityType.DEVICE));
      }
    }
  }

  private static boolean namesADisk(Telling telling) {
    return telling.causes().stream()
        .anyMatch(cause -> cause.rank() == 1 && cause.kind() == CauseKind.NODE_DISK);
  }

  private void pass(Duration much, DemoBank bank, Hub hub) throws InterruptedException {
    var end = time.instant().plus(much);
    while (time.instant().isBefore(end)) {
      time.advance(time.instant().plus(STEP), () -> settle(hub));
      bank.keepUp();
    }
  }

  private static void settle(Hub hub) {
    while (!hub.settled()) {
      LockSupport.parkNanos(500_000);
    }
  }

  private Hub hub(DemoBank bank, Path folder, ByteArrayOutputStream console) throws Exception {
    var kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(bank.cluster(), bank.apiServer()));
    var options = new ArrayList<>(OPTIONS);
    options.add("--scrape-pods-by-api-server");
    options.add("--data-dir=" + folder.resolve("data"));
    options.add("--kubeconfig=" + kubeconfig);
    return Hub.start(
        HubOptions.parse(options, Map.of()),
        time,
        new PrintStream(console, true, StandardCharsets.UTF_8),
        Optional.of(bank));
  }
}
