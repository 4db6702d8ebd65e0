package io.bridgewatch.hub;

import io.bridgewatch.adapter.opensearch.OpenSearchStores;
import io.bridgewatch.engine.Intake;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents about how telemetry comes in. */
final class PipelineApi {
  private PipelineApi() {}

  record TelemetryPipeline(
      List<Flow> flows,
      @Schema(description = "records that are being kept at present") int underWay,
      @Schema(description = "beyond which senders are refused") int mostUnderWay,
      @Schema(description = "messages that could not be read as a whole, by reason")
          List<ReasonCount> unreadable,
      List<ClusterCollection> clusters,
      List<ProbeState> probes,
      @Schema(description = "where log lines and spans are kept; null if on the hub's disk")
          @Nullable ExternalStore store,
      @Schema(description = "whether senders have a token") boolean ingestOpen,
      @Schema(description = "where OTLP over gRPC is listened for; null if it is not")
          @Nullable Integer grpcPort,
      TraceSampling sampling,
      @Schema(description = "metrics that the hub makes of calls") OwnMetrics calls,
      @Schema(description = "metrics that the hub makes of business transactions")
          TransactionMetrics transactions) {}

  record TransactionMetrics(
      @Schema(description = "samples kept since the start") long kept,
      @Schema(description = "samples that the store refused and that are tried again") int waiting,
      @Schema(description = "samples that could not be kept") long lost,
      @Schema(description = "transactions counted without their name: there are too many names")
          long overflowed) {}

  @Schema(description = "which traces are kept")
  record TraceSampling(
      @Schema(description = "spans a second that may be kept; 0 for all") int spansPerSecond,
      @Schema(description = "whether traces are chosen at present, because more come")
          boolean gathering,
      @Schema(description = "spans a second that came of late") double flow,
      @Schema(description = "share of ordinary traces that is kept at present, 0 to 1")
          double ordinaryRate,
      @Schema(description = "share of remarkable traces that is kept at present, 0 to 1")
          double remarkableRate,
      @Schema(description = "spans kept since the start without choosing, because few came")
          long unchosenSpans,
      @Schema(description = "traces that were decided about since the start")
          List<SampledCount> decided,
      @Schema(description = "spans that wait for a decision") int waiting,
      @Schema(description = "traces decided about early, because too many spans waited") long early,
      @Schema(description = "spans that came after their trace was not chosen") long late) {}

  record SampledCount(
      @Schema(allowableValues = {"failed", "slow", "rare", "exemplar", "sampled", "not-sampled"})
          String reason,
      long traces,
      long spans) {}

  record OwnMetrics(
      @Schema(description = "samples kept since the start") long kept,
      @Schema(description = "samples that the store refused and that are tried again") int waiting,
      @Schema(description = "samples that could not be kept") long lost,
      @Schema(description = "spans whose other side was not waited for, because too many waited")
          long settledEarly) {}

  @Schema(description = "a cluster of OpenSearch, as of some seconds ago")
  record ExternalStore(
      String address,
      @Schema(description = "of OpenSearch; empty if it is not known") String version,
      OpenSearchStores.Health health,
      Instant asOf,
      @Schema(description = "why it cannot be asked; null if it can") @Nullable String trouble,
      @Schema(description = "records that it will never take, since the start")
          List<ReasonCount> rejected,
      @Schema(description = "records that were sent to it again, since the start") long retried) {}

  record Flow(
      @Schema(example = "scrape") String source,
      Intake.Signal signal,
      @Schema(description = "records kept since the start") long taken,
      List<ReasonCount> rejected,
      @Nullable Instant last) {}

  record ReasonCount(String reason, long count) {}

  record ClusterCollection(
      String cluster,
      @Schema(description = "pages that are scraped") int targets,
      int failing,
      @Schema(description = "samples of each one's last page, together") long samples,
      @Schema(description = "why targets fail") List<ReasonCount> failures,
      @Schema(description = "what asks to be scraped and is not, or not so")
          List<ReasonCount> issues,
      @Nullable PodLogs podLogs) {}

  record PodLogs(
      int followed,
      @Schema(description = "containers that are not followed for want of room") int waiting,
      long lines,
      List<ReasonCount> failures) {}

  @Schema(description = "a check from end to end, and its last run")
  record ProbeState(
      String name,
      @Schema(description = "null before the first run has ended") @Nullable Instant at,
      @Schema(description = "null if the answer was right") @Nullable String failure,
      @Schema(description = "what was seen; null if the answer was right") @Nullable String detail,
      List<PhaseTime> phases,
      @Schema(description = "when the server's certificate expires; null if it showed none")
          @Nullable Instant certificateExpires) {}

  record PhaseTime(String phase, double seconds) {}

  record TargetPage(List<Target> items, @Nullable String next, long total) {}

  record Target(
      String cluster,
      String id,
      String address,
      @Schema(description = "null before the first scrape has ended") @Nullable Instant lastScrape,
      @Schema(description = "null if the last scrape brought a page") @Nullable String failure,
      @Schema(description = "what happened; null if it brought a page") @Nullable String detail,
      int samples,
      double tookSeconds,
      double intervalSeconds,
      List<ReasonCount> rejected) {}

  record IngestToken(@Schema(description = "bearer token, shown only here") String token) {}
}
