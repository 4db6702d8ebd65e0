package io.bridgewatch.adapter.opensearch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** By what the cluster knows who asks. None of them shows its secret as text. */
public sealed interface Credentials {

  /** The value of the header {@code Authorization}; empty for none. */
  Optional<String> header();

  /** Whoever reaches the cluster may write. */
  record None() implements Credentials {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }
  }

  /** A user of the cluster. */
  record Basic(String user, String password) implements Credentials {
    @Override
    public Optional<String> header() {
      var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
      return "Basic[user=%s, password=***]".formatted(user);
    }
  }

  /** A token, such as a JSON web token. */
  record Bearer(String token) implements Credentials {
    @Override
    public Optional<String> header() {
      return Optional.of("Bearer " + token);
    }

    @Override
    public String toString() {
      return "Bearer[token=***]";
    }
  }
}
