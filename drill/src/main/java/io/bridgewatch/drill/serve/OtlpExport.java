package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.bank.Telemetry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What applications hand to their exporters, kept until it is taken as OTLP's export requests.
 *
 * <p>It keeps {@value #ROOM} spans and as many records; the oldest go when there are more, and are
 * counted, as an exporter's queue does when nobody takes what it has.
 */
public final class OtlpExport implements Telemetry {

  static final int ROOM = 200_000;

  private final double traceShare;
  private final boolean withLogs;
  private final ArrayDeque<FinishedSpan> spans = new ArrayDeque<>();
  private final ArrayDeque<WrittenLog> logs = new ArrayDeque<>();
  private long dropped;

  /**
   * @param traceShare of the traces that are told, between 0 and 1
   * @param withLogs whether log records are exported, too; they stand in the pods' logs anyway
   */
  public OtlpExport(double traceShare, boolean withLogs) {
    this.traceShare = traceShare;
    this.withLogs = withLogs;
  }

  /** A body to POST: of spans to {@code /v1/traces}, of log records to {@code /v1/logs}. */
  public record Request(String path, int items, byte[] body) {}

  @Override
  public double traceShare() {
    return traceShare;
  }

  @Override
  public synchronized void span(FinishedSpan span) {
    if (spans.size() == ROOM) {
      spans.removeFirst();
      dropped++;
    }
    spans.addLast(span);
  }

  @Override
  public synchronized void log(WrittenLog log) {
    if (!withLogs) {
      return;
    }
    if (logs.size() == ROOM) {
      logs.removeFirst();
      dropped++;
    }
    logs.addLast(log);
  }

  /** Items that nobody took in time. */
  public synchronized long dropped() {
    return dropped;
  }

  /**
   * Takes what is there.
   *
   * @param most items in one request
   */
  public synchronized List<Request> take(int most) {
    var requests = new ArrayList<Request>();
    while (!spans.isEmpty()) {
      List<FinishedSpan> batch = first(spans, most);
      requests.add(new Request("/v1/traces", batch.size(), OtlpMessages.traces(batch)));
    }
    while (!logs.isEmpty()) {
      List<WrittenLog> batch = first(logs, most);
      requests.add(new Request("/v1/logs", batch.size(), OtlpMessages.logs(batch)));
    }
    return requests;
  }

  private static <T> List<T> first(ArrayDeque<T> queue, int most) {
    var batch = new ArrayList<T>(Math.min(most, queue.size()));
    while (batch.size() < most && !queue.isEmpty()) {
      batch.add(queue.removeFirst());
    }
    return batch;
  }
}
