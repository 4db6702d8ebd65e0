package io.bridgewatch.adapter.report;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.model.Symptom;
import io.bridgewatch.model.TimelineEntry;
import io.bridgewatch.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A made-up bank's bad quarter of an hour, with every sort of fact in it. */
final class Examples {

  static final Instant ONSET = Instant.parse("2026-03-02T02:14:05.250Z");
  static final EntityRef FRONT = EntityRef.service("front");
  static final EntityRef LEDGER = EntityRef.service("ledger");
  static final EntityRef PAYMENT = EntityRef.service("payment");
  static final EntityRef PAYMENT_POD = pod("bank", "payment-7f9");
  static final EntityRef LEDGER_POD = pod("bank", "ledger-0");
  static final EntityRef NODE = EntityRef.node("node-3");

  private Examples() {}

  static EntityRef pod(String namespace, String name) {
    return new EntityRef(
        EntityType.POD, Attributes.of("k8s.namespace.name", namespace, "k8s.pod.name", name));
  }

  static SeriesKey series(EntityRef entity, String metric, String unit) {
    return new SeriesKey(entity.identity(), metric, unit, MetricKind.GAUGE, Attributes.none());
  }

  static SeriesKey series(EntityRef entity, String metric, String unit, Attributes point) {
    return new SeriesKey(entity.identity(), metric, unit, MetricKind.GAUGE, point);
  }

  static final Fact FRONT_SLOW =
      new Fact.LevelShift(
          Signal.LATENCY,
          series(FRONT, "http.server.request.duration", "s", Attributes.of("quantile", "0.99")),
          0.12,
          0.843,
          9.13);
  static final Fact CPU =
      new Fact.LevelShift(
          Signal.CPU, series(PAYMENT_POD, "container.cpu.usage", "{cpu}"), 0.12, 0.96, 14);
  static final Fact EDGE = new Fact.EdgeGapGrew(FRONT, PAYMENT, 0.0012, 0.22, 90, 13.2);
  static final Fact OWN_TIME = new Fact.OwnTimeGrew("POST /pay", 0.012, 0.48, 214, 9.1);
  static final Fact FAILURES = new Fact.FailureShareRose("POST /pay", 0.001, 0.34, 214, 11);
  static final Fact NEW_CALL =
      new Fact.StepChanged(
          Fact.StepChanged.Step.CALL, "POST /pay", "fraud GET /score", 0, 0.98, 45, 40);
  static final Fact LOST_STEP =
      new Fact.StepChanged(Fact.StepChanged.Step.SPAN, "POST /pay", "reserve", 1, 0, 45, 40);
  static final Fact RARER_LOG =
      new Fact.StepChanged(
          Fact.StepChanged.Step.LOG, "POST /pay", "order <*> booked", 0.99, 0.42, 45, 7);
  static final Fact LOG =
      new Fact.LogPatternChanged(
          Severity.ERROR,
          "timeout after <*> ms calling ledger",
          0,
          31.4,
          "timeout after 2000 ms calling ledger",
          55);
  static final Fact STATE =
      new Fact.ObjectState(
          "Pod",
          "ledger-0",
          "ImagePullBackOff",
          "Back-off pulling image \"registry.bank/ledger:2.1\"",
          ONSET.minusSeconds(20));
  static final Fact CHANGE =
      new Fact.ChangedBefore(
          new Change(
              ONSET.minusSeconds(245),
              Change.Kind.DEPLOY,
              Attributes.of("k8s.deployment.name", "payment"),
              "li.wei",
              "payment 2.1.0: retry ledger calls",
              "",
              List.of()),
          Duration.ofSeconds(245));
  static final Fact SILENT =
      new Fact.FellSilent(
          "http.server.request.rate", Duration.ofSeconds(10), Duration.ofMinutes(5));

  /** One fact of each sort. */
  static final List<Fact> FACTS =
      List.of(
          CPU, OWN_TIME, EDGE, FAILURES, NEW_CALL, LOST_STEP, RARER_LOG, LOG, STATE, CHANGE,
          SILENT);

  static SituationReport report() {
    return new SituationReport(
        "bank-0302",
        new Window(Instant.parse("2026-03-02T02:00:00Z"), Instant.parse("2026-03-02T02:30:00Z")),
        List.of(payment(), unclear()),
        "bridgewatch-window/1",
        Optional.empty());
  }

  static SituationReport calm() {
    return new SituationReport(
        "bank-0303", report().window(), List.of(), "bridgewatch-window/1", Optional.empty());
  }

  static Incident payment() {
    var network =
        new Cause(
            1,
            PAYMENT,
            Attributes.of("service.name", "payment", "k8s.namespace.name", "bank"),
            CauseKind.NETWORK_LATENCY,
            0.83,
            List.of(
                new Evidence(PAYMENT, ONSET, EDGE, 0.6),
                new Evidence(PAYMENT, ONSET.plusSeconds(15), FAILURES, 0.25),
                new Evidence(PAYMENT, ONSET.plusSeconds(20), LOG, 0.15)),
            List.of(PAYMENT, FRONT));
    var cpu =
        new Cause(
            2,
            PAYMENT_POD,
            PAYMENT_POD.identity().with("k8s.node.name", "node-3"),
            CauseKind.CPU_SATURATION,
            0.11,
            List.of(
                new Evidence(PAYMENT_POD, ONSET.plusSeconds(30), CPU, 0.5),
                new Evidence(PAYMENT, ONSET.plusSeconds(30), OWN_TIME, 0.2),
                new Evidence(PAYMENT, ONSET.plusSeconds(30), NEW_CALL, 0.1),
                new Evidence(PAYMENT, ONSET.plusSeconds(30), LOST_STEP, 0.1),
                new Evidence(PAYMENT, ONSET.plusSeconds(30), RARER_LOG, 0.1)),
            List.of(PAYMENT_POD, PAYMENT, FRONT));
    var image =
        new Cause(
            3,
            LEDGER_POD,
            LEDGER_POD.identity(),
            CauseKind.IMAGE_PULL,
            0.04,
            List.of(
                new Evidence(LEDGER_POD, ONSET.minusSeconds(20), STATE, 0.7),
                new Evidence(LEDGER, ONSET, SILENT, 0.3)),
            List.of());
    return new Incident(
        "inc-5f0c2a91",
        ONSET,
        List.of(new Symptom(FRONT, new Finding(FRONT, ONSET.plusSeconds(5), 12.3, FRONT_SLOW))),
        List.of(network, cpu, image),
        List.of(
            new RuledOut(FRONT, RuledOut.Reason.EXPLAINED_BY_DEPENDENCY, FRONT_SLOW),
            new RuledOut(PAYMENT, RuledOut.Reason.CHANGE_WITHOUT_EFFECT, CHANGE)),
        Optional.empty(),
        List.of(
            new TimelineEntry(ONSET.minusSeconds(245), PAYMENT, CHANGE),
            new TimelineEntry(ONSET.minusSeconds(20), LEDGER_POD, STATE),
            new TimelineEntry(ONSET, PAYMENT, EDGE),
            new TimelineEntry(ONSET.plusSeconds(5), FRONT, FRONT_SLOW)),
        new CallMap(
            List.of(
                new CallMap.Node(PAYMENT, CallMap.Role.CAUSE, 13.2),
                new CallMap.Node(FRONT, CallMap.Role.SYMPTOM, 12.3),
                new CallMap.Node(pod("bank", "cart-1"), CallMap.Role.AFFECTED, 4.25),
                new CallMap.Node(pod("shop", "cart-1"), CallMap.Role.NEIGHBOUR, 0)),
            List.of(
                new Relation(FRONT, RelationType.CALLS, PAYMENT),
                new Relation(pod("bank", "cart-1"), RelationType.RUNS_ON, NODE))));
  }

  static Incident unclear() {
    return new Incident(
        "inc-77aa01bc",
        ONSET.plusSeconds(600),
        List.of(
            new Symptom(
                LEDGER,
                new Finding(
                    LEDGER,
                    ONSET.plusSeconds(600),
                    3.5,
                    new Fact.LevelShift(
                        Signal.ERRORS,
                        series(LEDGER, "http.server.request.success_ratio", "1"),
                        0.9998,
                        0.94,
                        2345.6))),
            new Symptom(
                NODE,
                new Finding(
                    NODE,
                    ONSET.plusSeconds(600),
                    3.1,
                    new Fact.LevelShift(
                        Signal.NETWORK,
                        series(
                            NODE,
                            "k8s.node.network.io",
                            "By/s",
                            Attributes.of(
                                Map.of("network.io.direction", "receive", "device", "eth0"))),
                        1.2e6,
                        4.4e7,
                        6.04)))),
        List.of(),
        List.of(),
        Optional.of(
            new InsufficientEvidence(
                List.of(
                    InsufficientEvidence.Missing.TRACES,
                    InsufficientEvidence.Missing.DISTINCT_CAUSE))),
        List.of(),
        new CallMap(List.of(), List.of()));
  }
}
