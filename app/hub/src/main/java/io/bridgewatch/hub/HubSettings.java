package io.bridgewatch.hub;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What may be tuned, by {@code bridgewatch.*} properties or {@code BRIDGEWATCH_*} variables; the
 * values of this release stand in {@code application.properties}.
 */
@ConfigurationProperties("bridgewatch")
public record HubSettings(SessionLimits session, ImportLimits imports, QueryLimits queries) {

  /**
   * @param idle a session ends when it was not used for so long
   * @param absolute a session ends so long after login
   */
  public record SessionLimits(Duration idle, Duration absolute) {}

  /**
   * @param queue how many recordings may wait or run at a time; more are refused
   * @param largest size of an upload
   */
  public record ImportLimits(int queue, DataSize largest) {}

  /**
   * Of questions about metrics, log lines and traces.
   *
   * @param longest that one may take; what takes longer is given up
   * @param together how many are answered at a time; others wait as long
   * @param tails how many may follow the log at a time
   */
  public record QueryLimits(Duration longest, int together, int tails) {}
}
