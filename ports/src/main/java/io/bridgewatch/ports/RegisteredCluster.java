package io.bridgewatch.ports;

import java.time.Instant;
import java.util.Optional;

/**
 * A cluster and what opens it.
 *
 * @param name by which it is known here; letters, digits, {@code -._}, at most 63 of them
 * @param apiUrl such as {@code https://10.0.0.1:6443}
 * @param certificateAuthority PEM; empty to trust what the machine trusts
 * @param registeredBy user of this hub
 */
public record RegisteredCluster(
    String name,
    String apiUrl,
    Optional<String> certificateAuthority,
    Credential credential,
    String registeredBy,
    Instant registeredAt) {

  /** What opens the cluster. Its text form never shows it. */
  public sealed interface Credential {

    /** A bearer token. */
    record Token(String token) implements Credential {
      @Override
      public String toString() {
        return "Token[…]";
      }
    }

    /** A client certificate and its key, both PEM. */
    record ClientCertificate(String certificate, String key) implements Credential {
      @Override
      public String toString() {
        return "ClientCertificate[…]";
      }
    }
  }
}
