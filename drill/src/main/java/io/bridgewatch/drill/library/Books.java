package io.bridgewatch.drill.library;

import io.bridgewatch.drill.bank.Bank;
import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.plan.ServicePlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What each replica had served at some moment; two of them tell which services answer worse. */
record Books(Map<String, Page> byPod) {

  /** Fewer requests tell nothing. */
  private static final long ENOUGH = 20;

  private static final double MORE_FAILURES = 0.02;
  private static final double SLOWER = 1.25;

  /** Of one replica since its start. */
  record Page(String service, long requests, long failures, double seconds) {

    private Page minus(Page before) {
      return new Page(
          service,
          requests - before.requests,
          failures - before.failures,
          seconds - before.seconds);
    }

    private Page plus(Page other) {
      return new Page(
          service, requests + other.requests, failures + other.failures, seconds + other.seconds);
    }

    private double failureShare() {
      return requests == 0 ? 0 : (double) failures / requests;
    }

    private double meanSeconds() {
      return requests == 0 ? 0 : seconds / requests;
    }
  }

  Books {
    byPod = Map.copyOf(byPod);
  }

  static Books of(Bank bank) {
    var pages = new HashMap<String, Page>();
    for (ServicePlan service : bank.plan().services()) {
      for (Replica replica : bank.replicas(service.name())) {
        long[] counts = new long[2];
        double[] seconds = new double[1];
        replica
            .serverStats()
            .forEach(
                entry -> {
                  counts[0] += entry.durations().count();
                  if (entry.key().status() == 0 || entry.key().status() >= 500) {
                    counts[1] += entry.durations().count();
                  }
                  seconds[0] += entry.durations().sumSeconds();
                });
        pages.put(
            replica.start().podUid() + "/" + replica.start().restart(),
            new Page(service.name(), counts[0], counts[1], seconds[0]));
      }
    }
    return new Books(pages);
  }

  /** Services that failed more or took longer from then on than before; those that fell silent. */
  Set<String> worseThan(Books before) {
    Map<String, Page> earlier = byService(before.byPod);
    var since = new HashMap<String, Page>();
    byPod.forEach(
        (pod, page) -> {
          Page base = before.byPod.get(pod);
          since.merge(page.service(), base == null ? page : page.minus(base), Page::plus);
        });
    var worse = new HashSet<String>();
    earlier.forEach(
        (service, then) -> {
          Page now = since.getOrDefault(service, new Page(service, 0, 0, 0));
          if (then.requests() < ENOUGH) {
            return;
          }
          boolean silent = now.requests() == 0;
          boolean fails = now.failureShare() > then.failureShare() + MORE_FAILURES;
          boolean slow = now.meanSeconds() > SLOWER * then.meanSeconds();
          if (silent || now.requests() >= ENOUGH && (fails || slow)) {
            worse.add(service);
          }
        });
    return worse;
  }

  private static Map<String, Page> byService(Map<String, Page> byPod) {
    var sums = new HashMap<String, Page>();
    byPod.values().forEach(page -> sums.merge(page.service(), page, Page::plus));
    return sums;
  }
}
