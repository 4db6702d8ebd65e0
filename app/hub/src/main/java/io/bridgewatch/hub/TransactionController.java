package io.bridgewatch.hub;

import io.bridgewatch.engine.TransactionMarks;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.topology.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Business transactions by their serial numbers, and the rules by which they are known. */
@RestController
@RequestMapping("/api/v1/transactions")
@Tag(name = "signals")
final class TransactionController {

  private static final int MOST_TRACES = 20;
  private static final int LONGEST_SERIAL = 128;

  private final SpanStore spans;
  private final LogStore logs;
  private final TransactionMarks marks;
  private final TransactionRules rules;
  private final SignalSubject subject;
  private final QueryLimits limits;
  private final Audit audit;
  private final InstantSource clock;

  TransactionController(
      SpanStore spans,
      LogStore logs,
      TransactionMarks marks,
      TransactionRules rules,
      SignalSubject subject,
      QueryLimits limits,
      Audit audit,
      InstantSource clock) {
    this.spans = spans;
    this.logs = logs;
    this.marks = marks;
    this.rules = rules;
    this.subject = subject;
    this.limits = limits;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      operationId = "transaction",
      summary = "What is kept of a transaction: its traces and its log lines, by serial number")
  TransactionApi.Transaction transaction(
      @ParameterObject SignalParameters parameters,
      @Parameter(description = "as senders give it") @RequestParam String serial,
      HttpServletRequest request) {
    var range = SignalRange.of(parameters, clock);
    if (serial.isBlank() || serial.length() > LONGEST_SERIAL) {
      throw HubProblem.invalid(
          "serial has " + serial.length() + " characters, wanted 1 to " + LONGEST_SERIAL);
    }
    return limits.answer(
        () -> {
          var matches =
              new ArrayList<AttributeMatch>(
                  subject.matches(parameters, SignalController.attributes(request), range));
          var kept = marks.kept(serial);
          matches.add(AttributeMatch.equal(Transactions.SERIAL, kept));
          return found(kept, matches, range);
        });
  }

  private TransactionApi.Transaction found(
      String serial, List<AttributeMatch> matches, SignalRange range) {
    var page = PageRequest.first(PageRequest.LARGEST);
    var lines =
        logs.find(new LogStore.Query(range.from(), range.to(), "", Set.of(), matches, ""), page);
    var marked =
        spans.find(
            new SpanStore.Query(
                range.from(),
                range.to(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                false,
                matches),
            page);
    var ids = new LinkedHashSet<String>();
    marked.items().stream().map(Span::traceId).forEach(ids::add);
    lines.page().items().stream()
        .map(LogRecord::traceId)
        .filter(id -> !id.isEmpty())
        .forEach(ids::add);
    var traces = new ArrayList<TransactionApi.TransactionTrace>();
    var notKept = new ArrayList<String>();
    for (String id : ids.stream().limit(MOST_TRACES).toList()) {
      var trace = spans.trace(id);
      if (trace.isEmpty()) {
        notKept.add(id);
      } else {
        traces.add(trace(id, trace));
      }
    }
    return new TransactionApi.Transaction(
        serial,
        traces,
        Math.max(0, ids.size() - MOST_TRACES),
        notKept,
        lines.page().items().reversed().stream().map(LogController::line).toList(),
        new SignalApi.Counted(lines.page().total(), lines.exact()),
        range.from(),
        range.to());
  }

  private static TransactionApi.TransactionTrace trace(String id, List<Span> trace) {
    var tree = TraceTree.of(trace);
    var first = trace.getFirst();
    return new TransactionApi.TransactionTrace(
        id,
        trace.stream()
            .flatMap(span -> span.attributes().get(AttributeNames.TRANSACTION).stream())
            .findFirst()
            .orElse(""),
        TraceController.service(first),
        first.name(),
        TraceController.time(tree.startNanos()),
        (tree.endNanos() - tree.startNanos()) / 1e6,
        trace.size(),
        (int) trace.stream().filter(Span::failed).count(),
        trace.stream()
            .map(TraceController::sampled)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null));
  }

  @GetMapping("/rules")
  @Operation(
      operationId = "transactionRules",
      summary = "How transactions are named, and where their serial numbers stand")
  TransactionApi.TransactionRules rules() {
    return rules.shown();
  }

  @PutMapping("/rules")
  @Operation(
      operationId = "setTransactionRules",
      summary = "Other rules, for what comes from now on")
  TransactionApi.TransactionRules set(
      @RequestBody TransactionApi.TransactionRules wanted, HttpServletRequest request) {
    rules.set(wanted);
    return noted(request);
  }

  @DeleteMapping("/rules")
  @Operation(operationId = "resetTransactionRules", summary = "Back to the usual rules")
  TransactionApi.TransactionRules reset(HttpServletRequest request) {
    rules.reset();
    return noted(request);
  }

  private TransactionApi.TransactionRules noted(HttpServletRequest request) {
    var now = rules.shown();
    audit.note(
        Caller.current().name(),
        Action.TRANSACTION_RULES_CHANGED,
        request.getRemoteAddr(),
        Boolean.TRUE.equals(now.usual()) ? "the usual rules" : now.rules().size() + " rules");
    return now;
  }
}
