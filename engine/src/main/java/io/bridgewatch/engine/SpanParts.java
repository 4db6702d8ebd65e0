package io.bridgewatch.engine;

/**
 * What becomes of spans, and of log lines as far as they belong to transactions.
 *
 * @param transactions marks and counts business transactions
 * @param traces keeps spans, or some of them
 * @param calls counts the calls that spans show
 */
public record SpanParts(TransactionMarks transactions, TraceKeeping traces, CallMetrics calls) {}
