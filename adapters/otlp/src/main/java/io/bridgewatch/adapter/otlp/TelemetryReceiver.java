package io.bridgewatch.adapter.otlp;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.ports.TelemetryIntake;
import io.bridgewatch.telemetry.ForeignTraceReader;
import io.bridgewatch.telemetry.HistogramMemory;
import io.bridgewatch.telemetry.OtlpReader;
import io.bridgewatch.telemetry.OtlpSignal;
import io.bridgewatch.telemetry.Pool;
import io.bridgewatch.telemetry.TelemetryMessage;
import io.bridgewatch.telemetry.TimeRange;
import io.bridgewatch.telemetry.UnreadableMessageException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads messages of telemetry and hands their records to the intake. Safe for use by several
 * threads; holds nothing back: a message that the intake refuses is refused to its sender.
 */
public final class TelemetryReceiver {

  private final TelemetryIntake intake;
  private final ReceiverSettings settings;
  private final InstantSource clock;
  private final OtlpReader otlp;
  private final ForeignTraceReader foreign;
  private final HistogramMemory histograms;
  private final ReceiverCounters counters = new ReceiverCounters();

  public TelemetryReceiver(TelemetryIntake intake, ReceiverSettings settings, InstantSource clock) {
    this.intake = intake;
    this.settings = settings;
    this.clock = clock;
    this.otlp = new OtlpReader(settings.limits());
    this.foreign = new ForeignTraceReader(settings.limits());
    this.histograms = new HistogramMemory(settings.maxHistograms());
  }

  /** What came in so far. */
  public ReceiverStatus status() {
    long forgotten;
    synchronized (histograms) {
      forgotten = histograms.forgotten();
    }
    return counters.status(forgotten);
  }

  ReceiverSettings settings() {
    return settings;
  }

  /** Answers a post of telemetry; throws on no input. */
  public HttpAnswer answer(TelemetryRoute route, HttpMessage message) {
    return new HttpReceiver(this).answer(route, message);
  }

  Outcome otlpProtobuf(OtlpSignal signal, byte[] message) {
    return outcome(signal, () -> otlp.protobuf(signal, message));
  }

  Outcome otlpJson(OtlpSignal signal, byte[] message) {
    return outcome(signal, () -> otlp.json(signal, message));
  }

  Outcome zipkin(byte[] message) {
    return outcome(OtlpSignal.TRACES, () -> foreign.zipkin(message));
  }

  Outcome jaegerThrift(byte[] message) {
    return outcome(OtlpSignal.TRACES, () -> foreign.jaegerThrift(message));
  }

  Outcome jaegerProtobuf(byte[] message) {
    return outcome(OtlpSignal.TRACES, () -> foreign.jaegerProtobuf(message));
  }

  /** Counts a message that could not even be unpacked. */
  Outcome unreadable(UnreadableMessageException e) {
    counters.unreadable(e.reason().id());
    return new Outcome.Unreadable(e.reason(), String.valueOf(e.getMessage()));
  }

  private interface Reading {
    TelemetryMessage read() throws UnreadableMessageException;
  }

  private Outcome outcome(OtlpSignal signal, Reading reading) {
    TelemetryMessage message;
    try {
      message = reading.read();
    } catch (UnreadableMessageException e) {
      return unreadable(e);
    }
    Instant now = clock.instant();
    var times = new TimeRange(now.minus(settings.maxAge()), now.plus(settings.maxAhead()));
    var collected = new Collector(histograms);
    message.deliver(times, new Pool(), collected);
    return switch (signal) {
      case METRICS -> {
        SampleBatch samples = collected.samples();
        yield outcome(
            signal,
            samples.size(),
            collected.rejected(),
            samples.size() == 0 && collected.exemplars().isEmpty()
                ? TelemetryIntake.Taken.whole()
                : intake.samples(samples, collected.exemplars()));
      }
      case TRACES ->
          outcome(
              signal,
              collected.spans().size(),
              collected.rejected(),
              collected.spans().isEmpty()
                  ? TelemetryIntake.Taken.whole()
                  : intake.spans(collected.spans()));
      case LOGS ->
          outcome(
              signal,
              collected.logs().size(),
              collected.rejected(),
              collected.logs().isEmpty()
                  ? TelemetryIntake.Taken.whole()
                  : intake.logs(collected.logs()));
    };
  }

  private Outcome outcome(
      OtlpSignal signal, int handedOver, Map<String, Long> unused, TelemetryIntake.Answer answer) {
    return switch (answer) {
      case TelemetryIntake.Taken taken -> {
        intake.unusable(kind(signal), unused);
        var rejected = new HashMap<>(unused);
        long notKept = 0;
        for (var entry : taken.rejected().entrySet()) {
          rejected.merge(entry.getKey(), entry.getValue(), Long::sum);
          notKept += entry.getValue();
        }
        counters.taken(signal, handedOver - notKept, rejected);
        yield new Outcome.Taken(rejected);
      }
      case TelemetryIntake.Busy busy -> {
        counters.refused();
        yield new Outcome.Busy(busy.comeAgainIn());
      }
      case TelemetryIntake.Closed closed -> {
        counters.refused();
        yield new Outcome.Closed(closed.why());
      }
    };
  }

  private static TelemetryIntake.Kind kind(OtlpSignal signal) {
    return switch (signal) {
      case METRICS -> TelemetryIntake.Kind.SAMPLES;
      case TRACES -> TelemetryIntake.Kind.SPANS;
      case LOGS -> TelemetryIntake.Kind.LOGS;
    };
  }
}
