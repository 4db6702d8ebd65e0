package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents about business transactions. */
final class TransactionApi {
  private TransactionApi() {}

  @Schema(description = "what is kept of a transaction, by its serial number")
  record Transaction(
      @Schema(description = "as it is kept: the number, or a digest where it could be a card's")
          String serial,
      @Schema(description = "newest first, at most 20") List<TransactionTrace> traces,
      @Schema(description = "traces that are not among these") int tracesMore,
      @Schema(description = "traces that log lines name and of which no span is kept")
          List<String> tracesNotKept,
      @Schema(description = "lines with the number, oldest first, at most 200")
          List<SignalApi.LogLine> logs,
      SignalApi.Counted logsTotal,
      Instant from,
      Instant to) {}

  record TransactionTrace(
      String traceId,
      @Schema(description = "the transaction's name; empty if no rule named it") String name,
      @Schema(description = "of the trace's first span") String service,
      String operation,
      Instant start,
      double durationMillis,
      int spans,
      @Schema(description = "spans that failed") int failed,
      @Schema(description = "null where all traces were kept at that time")
          SignalApi.@Nullable Sampled sampled) {}

  @Schema(description = "how transactions are named, and where their serial numbers stand")
  record TransactionRules(
      @Schema(description = "the first that fits counts, at most 100")
          List<TransactionRuleForm> rules,
      @Schema(
              description = "whether these are the usual ones, which nobody changed",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Boolean usual) {}

  record TransactionRuleForm(
      @Schema(allowableValues = {"name", "serial"}) String kind,
      @Schema(
              description =
                  "of kind name: the transaction's name, with $1 to $9 for the pattern's groups",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String name,
      @Schema(
              description = "body only of kind serial",
              allowableValues = {"route", "header", "attribute", "body"})
          String source,
      @Schema(
              description = "the name of the header or the attribute; not given otherwise",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String field,
      @Schema(
              description =
                  "regular expression to be found; of kind serial its first group is the number")
          String pattern) {}
}
