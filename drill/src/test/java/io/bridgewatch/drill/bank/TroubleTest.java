package io.bridgewatch.drill.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each cause makes the symptom that it would make in a real bank, through what is computed. */
class TroubleTest {

  private final Town town = new Town(StandardBank.plan(), 17, Telemetry.NONE).open();
  private final Bank bank = town.bank;

  @BeforeEach
  void aBankThatRuns() {
    bank.load().begin();
    town.simulation.run(Duration.ofMinutes(2));
  }

  private void run(int minutes) {
    town.simulation.run(Duration.ofMinutes(minutes));
  }

  private Load.Stream transfers() {
    return bank.load().streams().get(2);
  }

  private double meanMillis(int minutes) {
    DurationHistogram durations = transfers().durations();
    double sum = durations.sumSeconds();
    long count = durations.count();
    run(minutes);
    return 1e3 * (durations.sumSeconds() - sum) / (durations.count() - count);
  }

  /** Share of transfers that failed from now on. */
  private double failedShare(int minutes) {
    long begun = transfers().begun();
    long failed = transfers().failed();
    run(minutes);
    return (double) (transfers().failed() - failed) / (transfers().begun() - begun);
  }

  private double sum(String service, ToDoubleFunction<Replica> of) {
    return bank.replicas(service).stream().mapToDouble(of).sum();
  }

  private static double count(RequestStats stats, String route) {
    double[] count = new double[1];
    stats.forEach(
        entry -> count[0] += entry.key().route().equals(route) ? entry.durations().count() : 0);
    return count[0];
  }

  @Test
  void withoutTroubleNothingFailsAndNobodyDies() {
    assertThat(failedShare(20)).isLessThan(0.003);
    assertThat(town.exits).isEmpty();
    assertThat(bank.topics()).allSatisfy(topic -> assertThat(topic.lag()).allMatch(lag -> lag < 5));
  }

  @Test
  void aSlowDiskUnderTheLedgerSlowsTransfers() {
    double before = meanMillis(3);
    bank.replicas("ledger-db").getFirst().disk().serviceTimeFactor().set(60);
    assertThat(meanMillis(3)).isGreaterThan(before + 80);
    bank.replicas("ledger-db").getFirst().disk().serviceTimeFactor().reset();
    run(1);
    assertThat(meanMillis(3)).isLessThan(before * 1.3);
  }

  @Test
  void aReleaseThatThrowsFailsItsShareAndLogsStacks() {
    bank.behaviours().ofImage("registry/transfer:1.0").set(Trait.ERROR_SHARE, 0.3);
    assertThat(failedShare(5)).isBetween(0.22, 0.38);
    ContainerProcess transfer = bank.replicas("transfer").getFirst();
    assertThat(transfer.log(Instant.EPOCH, 10_000))
        .anyMatch(line -> line.isError() && line.text().contains("\tat "));
    town.bank.behaviours().ofImage("registry/transfer:1.0").reset();
    assertThat(failedShare(5)).isLessThan(0.01);
  }

  @Test
  void aLeakFillsTheHeapCollectsWithoutEndAndKillsTheProgram() {
    bank.behaviours().ofService("customer").set(Trait.LEAKED_HEAP_BYTES, 150_000);
    run(5);
    Heap heap = bank.replicas("customer").getFirst().heap().orElseThrow();
    assertThat(heap.fullCollections() + heap.concurrentCollections()).isPositive();
    run(8);
    assertThat(town.exits).extracting(Exit::code).contains(3);
    assertThat(town.exits).extracting(Exit::message).anyMatch(text -> text.contains("OutOfMemory"));
  }

  @Test
  void memoryOutsideTheHeapEndsInTheKernelsHands() {
    bank.behaviours().ofService("session").set(Trait.LEAKED_NATIVE_BYTES, 500_000);
    run(10);
    assertThat(town.exits).contains(new Exit(137, "OOMKilled", ""));
  }

  @Test
  void aHeldTableStopsWritersUntilTheirPatienceEnds() {
    bank.behaviours().ofService("payment-db").set(Trait.TABLE_LOCKED, 1);
    assertThat(failedShare(3)).isGreaterThan(0.5);
    Replica database = bank.replicas("payment-db").getFirst();
    assertThat(database.lockTimeouts()).isPositive();
    bank.behaviours().ofService("payment-db").reset();
    run(1);
    assertThat(database.waitingForLocks()).isZero();
    assertThat(failedShare(5)).isLessThan(0.05);
  }

  @Test
  void aHotAccountInARushMakesItsWritersWait() {
    bank.load().rateFactor().set(2);
    double calm = meanMillis(3);
    bank.load().hotKeyShare().set(0.9);
    assertThat(meanMillis(3)).isGreaterThan(1.3 * calm);
  }

  @Test
  void connectionsThatNeverComeBackEmptyThePool() {
    bank.behaviours().ofService("limits").set(Trait.LEAKED_CONNECTION_SHARE, 0.05);
    run(10);
    Pool pool = bank.replicas("limits").getFirst().pools().getFirst();
    assertThat(pool.inUse()).isEqualTo(pool.maximum());
    assertThat(pool.timeouts()).isPositive();
  }

  @Test
  void aDeadDependencyOpensCircuits() {
    bank.replicas("risk-rules").forEach(BankProcess::kill);
    assertThat(failedShare(3)).isGreaterThan(0.9);
    assertThat(sum("risk", r -> r.pools().stream().mapToLong(Pool::timesCircuitOpened).sum()))
        .isPositive();
  }

  @Test
  void retriesWithoutPauseMultiplyTheLoadOnWhatIsSick() {
    double before = perMinute("card");
    bank.behaviours().ofService("card").set(Trait.ERROR_SHARE, 0.4);
    double sick = perMinute("card");
    assertThat(sick).isLessThan(before * 1.2);
    bank.behaviours().ofSetting("RETRIES", "many").set(Trait.EXTRA_RETRIES, 6);
    bank.behaviours().ofSetting("RETRIES", "many").set(Trait.RETRY_PAUSE_FACTOR, 0);
    bank.behaviours().ofSetting("RETRIES", "many").set(Trait.BREAKERS_OFF, 1);
    bank.replicas("payment").forEach(BankProcess::kill);
    for (int i = 0; i < 3; i++) {
      town.adopt("payment", Map.of("RETRIES", "many"));
    }
    assertThat(perMinute("card")).isGreaterThan(before * 1.25);
  }

  private double perMinute(String service) {
    double before = sum(service, r -> r.serverStats().count());
    run(4);
    return (sum(service, r -> r.serverStats().count()) - before) / 4;
  }

  @Test
  void anEmptiedCacheSendsItsReadersToTheDatabase() {
    double before = reads(3);
    bank.behaviours().ofService("customer-cache").set(Trait.CACHE_HIT_FACTOR, 0);
    assertThat(reads(3)).isGreaterThan(before * 5);
  }

  private double reads(int minutes) {
    Replica database = bank.replicas("customer-db").getFirst();
    double before = count(database.serverStats(), "SELECT customer");
    run(minutes);
    return count(database.serverStats(), "SELECT customer") - before;
  }

  @Test
  void aPoisonedMessageBlocksItsPartitionUntilItCanBeDigested() {
    bank.behaviours().ofRoute("notification", "customer-messages").set(Trait.POISON_SHARE, 0.01);
    run(5);
    Topic topic =
        bank.topics().stream()
            .filter(one -> one.name().equals("customer-messages"))
            .findFirst()
            .orElseThrow();
    assertThat(topic.lag().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(100);
    bank.behaviours().ofRoute("notification", "customer-messages").reset();
    run(5);
    assertThat(topic.lag().stream().mapToInt(Integer::intValue).sum()).isLessThan(10);
  }

  @Test
  void aDeadlockTakesAllThreadsAndFailsProbes() {
    Replica one = bank.replicas("limits").getFirst();
    bank.behaviours().ofPod(one.start().pod()).set(Trait.DEADLOCK_SHARE, 0.01);
    run(10);
    assertThat(one.busyThreads()).isEqualTo(one.threads());
    ContainerProcess.ProbeAnswer answer = one.probe("/health", 8080);
    assertThat(answer.took()).isGreaterThan(Duration.ofSeconds(10));
  }

  @Test
  void anExpiredCertificateAndNamesWithoutAnswersStopNewConnections() {
    bank.behaviours().ofService("ledger").set(Trait.CERTIFICATE_DAYS_LOST, 91);
    run(1);
    assertThat(failedShare(2)).isGreaterThan(0.9);
    bank.behaviours().ofService("ledger").reset();
    run(1);
    assertThat(failedShare(2)).isLessThan(0.1);
    town.network.dnsFailureShare().set(1);
    run(1);
    assertThat(failedShare(2)).isGreaterThan(0.5);
  }

  @Test
  void aFullConnectionTableAtTheEntryTurnsCustomersAway() {
    Replica door = bank.replicas("edge-proxy").getFirst();
    door.machine.conntrack().maximum().set(500);
    assertThat(failedShare(3)).isGreaterThan(0.15);
    assertThat(door.machine.conntrack().drops()).isPositive();
  }

  @Test
  void aHotNodeSlowsWhatRunsOnIt() {
    Replica ledger = bank.replicas("ledger").getFirst();
    double before = ledger.machine.cpu().speed();
    ledger.machine.sensors().coolingFactor().set(0.1);
    run(10);
    assertThat(ledger.machine.sensors().packageCelsius()).isBetween(88.0, 104.0);
    assertThat(ledger.machine.cpu().speed()).isLessThan(0.6 * before);
  }

  @Test
  void aSlowStatementFillsThePoolsOfThoseWhoAsk() {
    bank.behaviours().ofRoute("ledger-db", "UPDATE balance").set(Trait.CPU_FACTOR, 100);
    run(3);
    assertThat(sum("ledger", r -> r.pools().getFirst().inUse())).isGreaterThan(4);
    assertThat(failedShare(3)).isGreaterThan(0.3);
    assertThat(bank.replicas("ledger-db").getFirst().log(Instant.EPOCH, 10_000))
        .anyMatch(line -> line.text().contains("duration: "));
  }

  @Test
  void aFullVolumeStopsWrites() {
    bank.replicas("payment-db").getFirst().disk().foreignBytes().set(1e13);
    assertThat(failedShare(2)).isGreaterThan(0.9);
    assertThat(bank.replicas("payment-db").getFirst().log(Instant.EPOCH, 10_000))
        .anyMatch(line -> line.text().contains("No space left on device"));
  }

  @Test
  void aSkewedClockIsRefused() {
    bank.behaviours().ofService("transfer").set(Trait.CLOCK_SKEW_SECONDS, 900);
    assertThat(failedShare(2)).isGreaterThan(0.9);
  }

  @Test
  void aZoneCutOffMakesCallsIntoItRunIntoTimeouts() {
    town.network.between("zone-a", "zone-b").cut().set(1);
    town.network.between("zone-b", "zone-a").cut().set(1);
    assertThat(failedShare(3)).isGreaterThan(0.2);
  }

  @Test
  void aLostNodeTakesItsReplicasAndOthersGoOn() {
    int before = bank.processes().size();
    town.machines.get(5).fail();
    assertThat(bank.processes().size()).isLessThan(before - 5);
    assertThat(town.exits).isEmpty();
    run(1);
    assertThat(bank.processes()).noneMatch(one -> one.machine == town.machines.get(5));
  }

  @Test
  void aNodeOutOfMemoryStallsAndKills() {
    town.machines.get(0).memory().foreignBytes().set(28e9);
    run(1);
    assertThat(town.machines.get(0).memory().stallShare()).isPositive();
    town.machines.get(0).memory().foreignBytes().set(34e9);
    run(1);
    assertThat(town.machines.get(0).memory().kills()).isPositive();
    assertThat(town.exits).extracting(Exit::reason).contains("OOMKilled");
  }

  @Test
  void businessMayFailInsideAnAnswerThatSucceeds() {
    long declined = transfers().declined();
    bank.behaviours().ofService("limits").set(Trait.BUSINESS_FAILURE_SHARE, 0.5);
    assertThat(failedShare(3)).isLessThan(0.01);
    assertThat(transfers().declined() - declined).isGreaterThan(100);
  }

  @Test
  void aRollingRestartHurtsNobody() {
    long failed = transfers().failed();
    for (Replica old : List.copyOf(bank.replicas("transfer"))) {
      town.start("transfer", Map.of());
      run(2);
      old.terminate();
      run(1);
      assertThat(old.isGone()).isTrue();
    }
    assertThat(bank.replicas("transfer")).hasSize(3).allMatch(Replica::isServing);
    assertThat(transfers().failed() - failed).isLessThan(5);
  }

  @Test
  void aBatchJobAsksForAllItHasToAndCompletes() {
    town.adopt("reconciliation", Map.of());
    run(5);
    assertThat(town.exits).containsExactly(new Exit(0, "Completed", ""));
    assertThat(count(bank.replicas("payment").getFirst().serverStats(), "/payments/reconcile"))
        .isGreaterThan(60);
  }

  @Test
  void aFlashSaleIsAPeakOfItsOwn() {
    Town friday =
        new Town(StandardBank.plan(), 3, Telemetry.NONE, Instant.parse("2026-12-04T01:55:00Z"))
            .open();
    Load.Stream orders = friday.bank.load().streams().get(6);
    double before = orders.perSecond();
    friday.simulation.run(Duration.ofMinutes(6));
    assertThat(orders.perSecond()).isGreaterThan(4 * before);
    friday.simulation.run(Duration.ofMinutes(15));
    assertThat(orders.perSecond()).isLessThan(1.2 * before);
  }
}
