package io.bridgewatch.hub;

import io.bridgewatch.adapter.otlp.TokenChecker;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The token by which senders push telemetry; only its hash is kept. It opens nothing else. */
@Component
final class IngestTokens implements TokenChecker {

  private final SecretFile file;
  private volatile Optional<String> hash;

  IngestTokens(HubOptions options) {
    file = new SecretFile(options.dataDir().resolve("ingest-token.hash"));
    hash = file.read().map(String::strip).filter(text -> !text.isEmpty());
  }

  /** Makes a token; an earlier one ends. */
  synchronized String open() {
    var token = SessionTokens.create();
    var next = SessionTokens.hash(token);
    file.write(next);
    hash = Optional.of(next);
    return token;
  }

  boolean isOpen() {
    return hash.isPresent();
  }

  /** Ends the token; whether there was one. */
  synchronized boolean close() {
    boolean was = hash.isPresent();
    file.write("");
    hash = Optional.empty();
    return was;
  }

  @Override
  public boolean accepts(String token) {
    var known = hash;
    return known.isPresent()
        && !token.isEmpty()
        && SessionTokens.same(known.get(), SessionTokens.hash(token));
  }
}
