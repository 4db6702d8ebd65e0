package io.bridgewatch.drill.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.StandardBank;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A run is a function of the seed, and of nothing else. */
class ReplayTest {

  private static final String MARK = "q7";

  @Test
  void theSameSeedGivesTheSameSpansLogsAndCounters() {
    String once = digest(StandardBank.plan(), 42, UnaryOperator.identity());
    assertThat(digest(StandardBank.plan(), 42, UnaryOperator.identity())).isEqualTo(once);
    assertThat(digest(StandardBank.plan(), 43, UnaryOperator.identity())).isNotEqualTo(once);
  }

  @Test
  void otherNamesChangeNamesOnly() {
    BankPlan renamed = StandardBank.plan().renamed(name -> MARK + name);
    assertThat(digest(renamed, 42, text -> text.replace(MARK, "")))
        .isEqualTo(digest(StandardBank.plan(), 42, UnaryOperator.identity()));
  }

  /** Hash of all that can be seen of four minutes with trouble. */
  private static String digest(BankPlan plan, long seed, UnaryOperator<String> words) {
    MessageDigest digest = sha256();
    long[] seen = new long[2];
    Telemetry telemetry =
        new Telemetry() {
          @Override
          public double traceShare() {
            return 0.5;
          }

          @Override
          public void span(FinishedSpan span) {
            seen[0]++;
            add(digest, words.apply(withoutStart(span).toString()));
          }

          @Override
          public void log(WrittenLog log) {
            seen[1]++;
            add(digest, words.apply(log.epochNanos() + log.logger() + log.text() + log.spanId()));
          }
        };
    Town town = new Town(plan, seed, telemetry).open();
    town.bank.load().begin();
    town.adopt(plan.jobs().getFirst().name(), Map.of());
    town.simulation.run(Duration.ofMinutes(1));
    town.bank.behaviours().ofService(plan.services().get(10).name()).set(Trait.ERROR_SHARE, 0.2);
    town.network.between(plan.nodes().get(0).zone(), plan.nodes().get(8).zone()).loss().set(0.02);
    town.machines.get(3).volumeDisk().serviceTimeFactor().set(40);
    town.machines.get(4).fail();
    town.simulation.run(Duration.ofMinutes(3));
    for (BankProcess process : town.bank.processes()) {
      add(digest, words.apply(process.start().pod()) + process.usage());
      process.log(Instant.EPOCH, 50).forEach(line -> add(digest, words.apply(line.toString())));
      process.clientStats().forEach(entry -> add(digest, words.apply(counted(entry))));
      if (process instanceof Replica replica) {
        replica.serverStats().forEach(entry -> add(digest, words.apply(counted(entry))));
      }
    }
    town.machines.forEach(
        machine ->
            add(
                digest,
                machine.cpu().busyNanos()
                    + " "
                    + machine.sensors().packageJoules()
                    + " "
                    + machine.volumeDisk().waitedNanos()
                    + " "
                    + machine.nic().receivedBytes()));
    assertThat(seen[0]).isGreaterThan(20_000);
    assertThat(seen[1]).isGreaterThan(10_000);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String counted(RequestStats.Entry entry) {
    return entry.key() + " " + entry.durations().count() + " " + entry.durations().sumSeconds();
  }

  private static String withoutStart(Telemetry.FinishedSpan span) {
    return span.service()
        + span.traceHigh()
        + span.traceLow()
        + span.spanId()
        + span.parentId()
        + span.kind()
        + span.name()
        + span.startEpochNanos()
        + span.endEpochNanos()
        + span.statusMessage()
        + span.attributes();
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
