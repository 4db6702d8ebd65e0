package io.bridgewatch.adapter.prometheus;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a target lets one in.
 *
 * @param token sent as bearer token
 * @param tokenFile of which the first line is sent, read anew each time because tokens are renewed
 * @param authorities file with the certificates (PEM) that are trusted; the JDK's if absent
 * @param verified whether the target's certificate has to be trusted and name its host; kubelets
 *     sign their own
 */
public record ScrapeAccess(
    Optional<String> token,
    Optional<Path> tokenFile,
    Optional<Path> authorities,
    boolean verified) {

  /** No token, certificates verified by the JDK's authorities. */
  public static final ScrapeAccess OPEN =
      new ScrapeAccess(Optional.empty(), Optional.empty(), Optional.empty(), true);

  /** Does not show the token. */
  @Override
  public String toString() {
    return "ScrapeAccess[token=%s, tokenFile=%s, authorities=%s, verified=%s]"
        .formatted(token.map(hidden -> "***"), tokenFile, authorities, verified);
  }
}
