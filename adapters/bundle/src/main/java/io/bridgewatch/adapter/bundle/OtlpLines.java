package io.bridgewatch.adapter.bundle;

import io.bridgewatch.telemetry.OtlpReader;
import io.bridgewatch.telemetry.OtlpSignal;
import io.bridgewatch.telemetry.TelemetryLimits;
import io.bridgewatch.telemetry.TelemetryMessage;
import java.util.Optional;
import tools.jackson.core.JsonParser;

/** Reads lines of OTLP: one export request each. */
final class OtlpLines implements LineParser {

  private final OtlpSignal signal;
  private final OtlpReader reader;
  private final Intake intake;
  private Optional<TelemetryMessage> line = Optional.empty();

  OtlpLines(OtlpSignal signal, Intake intake, ImportLimits limits) {
    this.signal = signal;
    this.reader = new OtlpReader(TelemetryLimits.ofDepth(limits.maxDepth()));
    this.intake = intake;
  }

  @Override
  public void parse(JsonParser parser) {
    line = Optional.of(reader.json(signal, parser));
  }

  @Override
  public void commit(Place place) throws BundleException {
    if (line.isPresent()) {
      line.get().deliver(intake.telemetryTimes(), intake.pool(), new IntakeSink(intake, place));
    }
    discard();
  }

  @Override
  public void discard() {
    line = Optional.empty();
  }
}
