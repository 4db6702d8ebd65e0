package io.bridgewatch.hub;

import io.bridgewatch.adapter.otlp.TokenChecker;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The token by which senders push telemetry; only its hash is kept. It opens nothing else. */
@Component
final class IngestTokens implements TokenChecker {

  private final SecretFile file;
  private volatile Optional<String> hash;
  private volatile Optional<String> lentHash = Optional.empty();

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

  /**
   * Makes a token beside that one for a sender of this process, which ends with it and is kept
   * nowhere; an earlier one of the kind ends.
   */
  synchronized String lend() {
    var token = SessionTokens.create();
    lentHash = Optional.of(SessionTokens.hash(token));
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
    if (token.isEmpty()) {
      return false;
    }
    var given = SessionTokens.hash(token);
    return isHash(hash, given) || isHash(lentHash, given);
  }

  private static boolean isHash(Optional<String> known, String given) {
    return known.isPresent() && SessionTokens.same(known.get(), given);
  }
}
