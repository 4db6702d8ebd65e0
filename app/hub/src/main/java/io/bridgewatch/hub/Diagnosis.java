package io.bridgewatch.hub;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.SituationReport;

/** What tells why a recorded incident happened. */
interface Diagnosis {

  /** The same recording gives the same report. Called by one thread at a time. */
  SituationReport diagnose(Bundle bundle);
}
