package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.PodLogs;
import io.bridgewatch.adapter.opensearch.OpenSearchStores;
import io.bridgewatch.adapter.otlp.TelemetryReceiver;
import io.bridgewatch.adapter.prometheus.TargetStatus;
import io.bridgewatch.engine.CallMetrics;
import io.bridgewatch.engine.Intake;
import io.bridgewatch.engine.TraceKeeping;
import io.bridgewatch.engine.TransactionMarks;
import io.bridgewatch.model.ProbeResult;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.topology.TraceSampling;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How telemetry comes in: rates, fill, what is not kept and why, and by what it is opened. */
@RestController
@RequestMapping("/api/v1/pipeline")
@Tag(name = "pipeline")
final class PipelineController {

  private final Intake intake;
  private final TelemetryReceiver receiver;
  private final Collecting collecting;
  private final GrpcIngest grpc;
  private final Probing probing;
  private final SignalStores stores;
  private final IngestTokens tokens;
  private final Audit audit;
  private final TraceKeeping traces;
  private final CallMetrics calls;
  private final TransactionMarks transactions;

  PipelineController(
      Intake intake,
      TelemetryReceiver receiver,
      Collecting collecting,
      GrpcIngest grpc,
      Probing probing,
      SignalStores stores,
      IngestTokens tokens,
      Audit audit,
      TraceKeeping traces,
      CallMetrics calls,
      TransactionMarks transactions) {
    this.intake = intake;
    this.receiver = receiver;
    this.collecting = collecting;
    this.grpc = grpc;
    this.probing = probing;
    this.stores = stores;
    this.tokens = tokens;
    this.audit = audit;
    this.traces = traces;
    this.calls = calls;
    this.transactions = transactions;
  }

  @GetMapping
  @Operation(operationId = "pipeline", summary = "How telemetry comes in, and what is not kept")
  PipelineApi.TelemetryPipeline pipeline() {
    var status = intake.status();
    return new PipelineApi.TelemetryPipeline(
        status.flows().stream()
            .map(
                flow ->
                    new PipelineApi.Flow(
                        flow.way().source(),
                        flow.way().signal(),
                        flow.taken(),
                        counts(flow.rejected()),
                        flow.last().orElse(null)))
            .toList(),
        status.underWay(),
        status.mostUnderWay(),
        counts(receiver.status().unreadable()),
        collecting.statuses().stream().map(PipelineController::shown).toList(),
        probing.statuses().stream().map(PipelineController::shown).toList(),
        stores.external().map(PipelineController::shown).orElse(null),
        tokens.isOpen(),
        grpc.port().isPresent() ? grpc.port().getAsInt() : null,
        shown(traces.status()),
        shown(calls.status()),
        shown(transactions.status()));
  }

  private static PipelineApi.TransactionMetrics shown(TransactionMarks.Status transactions) {
    return new PipelineApi.TransactionMetrics(
        transactions.kept(),
        transactions.waiting(),
        transactions.lost(),
        transactions.overflowed());
  }

  private static PipelineApi.TraceSampling shown(TraceKeeping.Status traces) {
    var decided = new ArrayList<PipelineApi.SampledCount>();
    for (TraceSampling.Reason reason : TraceSampling.Reason.values()) {
      var count = traces.decided().get(reason);
      if (count != null) {
        decided.add(new PipelineApi.SampledCount(reason.word(), count.traces(), count.spans()));
      }
    }
    return new PipelineApi.TraceSampling(
        traces.spansPerSecond(),
        traces.gathering(),
        traces.flow(),
        traces.gathering() ? traces.now().ordinary() : 1,
        traces.gathering() ? traces.now().remarkable() : 1,
        traces.undecided(),
        decided,
        traces.waiting(),
        traces.early(),
        traces.late());
  }

  private static PipelineApi.OwnMetrics shown(CallMetrics.Status calls) {
    return new PipelineApi.OwnMetrics(
        calls.kept(), calls.waiting(), calls.lost(), calls.settledEarly());
  }

  private static PipelineApi.ClusterCollection shown(Collecting.Status status) {
    var failures = new TreeMap<String, Long>();
    long samples = 0;
    int failing = 0;
    for (TargetStatus target : status.targets()) {
      samples += target.samples();
      if (target.failure().isPresent()) {
        failing++;
        failures.merge(target.failure().get().reason().id(), 1L, Long::sum);
      }
    }
    var issues = new TreeMap<String, Long>();
    status.issues().forEach((issue, count) -> issues.put(issue.id(), (long) count));
    return new PipelineApi.ClusterCollection(
        status.cluster(),
        status.targets().size(),
        failing,
        samples,
        counts(failures),
        counts(issues),
        status.logs().map(PipelineController::shown).orElse(null));
  }

  private static PipelineApi.PodLogs shown(PodLogs.Status logs) {
    return new PipelineApi.PodLogs(
        logs.followed(), logs.waiting(), logs.lines(), counts(logs.failures()));
  }

  private static PipelineApi.ProbeState shown(Probing.Status status) {
    var last = status.last();
    var phases = new ArrayList<PipelineApi.PhaseTime>();
    for (ProbeResult.Phase phase : ProbeResult.Phase.values()) {
      last.map(result -> result.phases().get(phase))
          .ifPresent(
              took -> phases.add(new PipelineApi.PhaseTime(phase.id(), took.toNanos() / 1e9)));
    }
    return new PipelineApi.ProbeState(
        status.probe().name(),
        last.map(ProbeResult::at).orElse(null),
        last.flatMap(ProbeResult::failure).map(f -> f.reason().id()).orElse(null),
        last.flatMap(ProbeResult::failure).map(ProbeResult.Failure::message).orElse(null),
        phases,
        last.flatMap(ProbeResult::certificate).map(ProbeResult.Certificate::notAfter).orElse(null));
  }

  private static PipelineApi.ExternalStore shown(OpenSearchStores.Status status) {
    return new PipelineApi.ExternalStore(
        status.address().toString(),
        status.version(),
        status.health(),
        status.asOf(),
        status.trouble().orElse(null),
        counts(status.rejected()),
        status.retried());
  }

  /** Most first. */
  private static List<PipelineApi.ReasonCount> counts(Map<String, Long> byReason) {
    return byReason.entrySet().stream()
        .map(entry -> new PipelineApi.ReasonCount(entry.getKey(), entry.getValue()))
        .sorted(
            (a, b) ->
                a.count() != b.count()
                    ? Long.compare(b.count(), a.count())
                    : a.reason().compareTo(b.reason()))
        .toList();
  }

  @GetMapping("/targets")
  @Operation(operationId = "scrapeTargets", summary = "What is scraped, and how each target does")
  PipelineApi.TargetPage targets(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @Parameter(description = "true for those whose last scrape failed, false for the others")
          @RequestParam(required = false)
          @Nullable Boolean failing,
      @Parameter(description = "occurs in the id or the address") @RequestParam(required = false)
          @Nullable String q,
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var wanted = Parameters.given(cluster);
    var text = Parameters.given(q).orElse("");
    var found = new ArrayList<PipelineApi.Target>();
    for (Collecting.Status status : collecting.statuses()) {
      if (wanted.isPresent() && !wanted.get().equals(status.cluster())) {
        continue;
      }
      for (TargetStatus target : status.targets()) {
        boolean fails = target.failure().isPresent();
        if ((failing == null || failing == fails)
            && (target.target().id().contains(text)
                || target.target().address().toString().contains(text))) {
          found.add(shown(status.cluster(), target));
        }
      }
    }
    int from = cursor(Parameters.given(cursor), found.size());
    int to = Math.min(found.size(), from + Parameters.limit(limit));
    return new PipelineApi.TargetPage(
        found.subList(from, to), to < found.size() ? Integer.toString(to) : null, found.size());
  }

  private static int cursor(Optional<String> text, int size) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      int from = Integer.parseInt(text.get());
      if (from >= 0) {
        return Math.min(from, size);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new InvalidCursorException(text.get());
  }

  private static PipelineApi.Target shown(String cluster, TargetStatus target) {
    var rejected = new TreeMap<String, Long>(target.dropped());
    target.rejected().forEach((reason, count) -> rejected.merge(reason.id(), count, Long::sum));
    return new PipelineApi.Target(
        cluster,
        target.target().id(),
        target.target().address().toString(),
        target.lastScrape().orElse(null),
        target.failure().map(failure -> failure.reason().id()).orElse(null),
        target.failure().map(TargetStatus.Failure::message).orElse(null),
        target.samples(),
        target.took().toMillis() / 1000.0,
        target.target().interval().toMillis() / 1000.0,
        counts(rejected));
  }

  @PutMapping("/ingest-token")
  @Operation(
      operationId = "openIngest",
      summary = "Make a token by which senders push telemetry; ends the last one")
  PipelineApi.IngestToken open(HttpServletRequest request) {
    var token = tokens.open();
    audit.note(Caller.current().name(), Action.INGEST_OPENED, request.getRemoteAddr(), "");
    return new PipelineApi.IngestToken(token);
  }

  @DeleteMapping("/ingest-token")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "closeIngest", summary = "End the token by which senders push telemetry")
  void close(HttpServletRequest request) {
    if (!tokens.close()) {
      throw HubProblem.notFound("there is no ingest token");
    }
    audit.note(Caller.current().name(), Action.INGEST_CLOSED, request.getRemoteAddr(), "");
  }
}
