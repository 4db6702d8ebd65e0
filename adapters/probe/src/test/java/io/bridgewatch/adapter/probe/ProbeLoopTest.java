package io.bridgewatch.adapter.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult;
import io.bridgewatch.model.ProbeResult.Failure;
import io.bridgewatch.model.ProbeResult.Phase;
import io.bridgewatch.model.ProbeResult.Reason;
import io.bridgewatch.model.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeLoopTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void eachProbeRunsOnceAnIntervalFromAMomentOfItsOwn() {
    List<Probe> probes = probes(20);
    var runs = Collections.synchronizedMap(new HashMap<String, List<Instant>>());
    var threads = Executors.newFixedThreadPool(1);
    var loop =
        new ProbeLoop(
            probes, ProbeLoopTest::right, threads, 1_000, START, 7, result -> add(runs, result));
    Instant end = START.plus(Duration.ofMinutes(10));
    for (Instant now = START; now.isBefore(end); ) {
      now = loop.runDue(now);
    }
    finish(threads);

    assertThat(runs).hasSize(20);
    assertThat(runs.values())
        .allSatisfy(
            times -> {
              assertThat(times).hasSize(10);
              for (int i = 1; i < times.size(); i++) {
                assertThat(Duration.between(times.get(i - 1), times.get(i)))
                    .isEqualTo(Duration.ofMinutes(1));
              }
            });
    assertThat(runs.values().stream().map(List::getFirst).distinct()).hasSizeGreaterThan(15);
    assertThat(loop.leftOut()).isZero();
  }

  @Test
  void turnsThatWereMissedAreNotMadeUpFor() {
    var runs = Collections.synchronizedMap(new HashMap<String, List<Instant>>());
    var threads = Executors.newFixedThreadPool(1);
    var loop =
        new ProbeLoop(
            probes(1), ProbeLoopTest::right, threads, 1, START, 7, result -> add(runs, result));
    Instant late = START.plus(Duration.ofHours(3));
    Instant next = loop.runDue(late);
    finish(threads);

    assertThat(runs.values()).containsExactly(List.of(late));
    assertThat(next).isBetween(late.plusNanos(1), late.plus(Duration.ofMinutes(1)));
  }

  @Test
  void aTurnWithoutAPlaceIsLeftOutAndCounted() throws InterruptedException {
    var running = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var threads = Executors.newCachedThreadPool();
    var loop =
        new ProbeLoop(
            probes(3),
            (probe, at) -> {
              running.countDown();
              await(goOn);
              return right(probe, at);
            },
            threads,
            1,
            START,
            7,
            result -> {});
    loop.runDue(START.plus(Duration.ofMinutes(1)));
    await(running);
    goOn.countDown();
    finish(threads);

    assertThat(loop.leftOut()).isEqualTo(2);
  }

  @Test
  void aResultBecomesSamplesByPhaseAndReason() {
    Probe probe = probes(1).getFirst();
    SampleBatch samples =
        ProbeSamples.of(
            new ProbeResult(
                probe,
                START,
                Map.of(Phase.RESOLVE, Duration.ofMillis(2), Phase.CONNECT, Duration.ofMillis(3)),
                Optional.of(new Failure(Reason.STATUS_UNEXPECTED, "saw 500")),
                Optional.of(500),
                Optional.empty()));
    var seen = new HashMap<String, Double>();
    for (int i = 0; i < samples.size(); i++) {
      seen.put(samples.key(i).metric() + samples.key(i).point(), samples.value(i));
      assertThat(samples.key(i).resource().getOr("bridgewatch.probe.name", "")).isEqualTo("p0");
    }

    assertThat(seen)
        .isEqualTo(
            Map.of(
                "bridgewatch.probe.success{}", 0.0,
                "bridgewatch.probe.duration{phase=resolve}", 0.002,
                "bridgewatch.probe.duration{phase=connect}", 0.003,
                "bridgewatch.probe.duration{phase=total}", 0.005,
                "bridgewatch.probe.failure{reason=StatusUnexpected}", 1.0,
                "bridgewatch.probe.http.status_code{}", 500.0));
  }

  @Test
  void aProbeThatMakesNoSenseNamesItsField() {
    var schedule = new Probe.Schedule("a", Duration.ofMinutes(1), Duration.ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Probe.Schedule("a", Duration.ofSeconds(1), Duration.ofSeconds(2)))
        .withMessageContaining("timeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Probe.Tcp(schedule, "a", 70_000))
        .withMessageContaining("port");
    for (String url : List.of("ftp://a/", "http://", "http://a:99999/", "http://a/x\r\ny")) {
      assertThatIllegalArgumentException()
          .as(url)
          .isThrownBy(
              () -> new Probe.Http(schedule, url, "GET", Map.of(), Set.of(), Optional.empty()))
          .withMessageContaining("url");
    }
    var http =
        new Probe.Http(schedule, "https://[::1]?a=1", "GET", Map.of(), Set.of(), Optional.empty());
    assertThat(http.host()).isEqualTo("::1");
    assertThat(http.port()).isEqualTo(443);
    assertThat(http.target()).isEqualTo("/?a=1");
  }

  private static void add(Map<String, List<Instant>> runs, ProbeResult result) {
    runs.computeIfAbsent(result.probe().name(), name -> new ArrayList<>()).add(result.at());
  }

  private static ProbeResult right(Probe probe, Instant at) {
    return new ProbeResult(
        probe, at, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static List<Probe> probes(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                (Probe)
                    new Probe.Tcp(
                        new Probe.Schedule("p" + i, Duration.ofMinutes(1), Duration.ofSeconds(1)),
                        "127.0.0.1",
                        80))
        .toList();
  }

  private static void finish(ExecutorService threads) {
    threads.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
