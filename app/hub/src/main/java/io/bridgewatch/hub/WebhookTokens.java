package io.bridgewatch.hub;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.springframework.stereotype.Component;

/**
 * The tokens by which API servers deliver audit events, one a cluster; only their hashes are kept.
 */
@Component
final class WebhookTokens {

  private final SecretFile file;
  private final Properties hashes = new Properties();

  WebhookTokens(HubOptions options) {
    file = new SecretFile(options.dataDir().resolve("audit-webhooks.properties"));
    file.read()
        .ifPresent(
            text -> {
              try {
                hashes.load(new StringReader(text));
              } catch (IOException e) {
                throw new IllegalStateException("a string can be read", e);
              }
            });
  }

  /** Makes a token for a cluster; an earlier one ends. */
  synchronized String open(String cluster) {
    var token = SessionTokens.create();
    hashes.setProperty(cluster, SessionTokens.hash(token));
    keep();
    return token;
  }

  /** Whether a cluster has a token. */
  synchronized boolean isOpen(String cluster) {
    return hashes.containsKey(cluster);
  }

  /** Ends the token of a cluster; whether there was one. */
  synchronized boolean close(String cluster) {
    boolean was = hashes.remove(cluster) != null;
    if (was) {
      keep();
    }
    return was;
  }

  /** Compares in a time that does not depend on where they differ. */
  synchronized boolean matches(String cluster, String token) {
    return SessionTokens.same(hashes.getProperty(cluster, ""), SessionTokens.hash(token));
  }

  private void keep() {
    var text = new StringBuilder();
    hashes.stringPropertyNames().stream()
        .sorted()
        .forEach(
            cluster ->
                text.append(cluster).append('=').append(hashes.getProperty(cluster)).append('\n'));
    file.write(text.toString());
  }
}
