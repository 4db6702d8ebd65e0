package io.bridgewatch.hub;

import io.bridgewatch.adapter.opensearch.Credentials;
import io.bridgewatch.adapter.opensearch.OpenSearchEndpoint;
import io.bridgewatch.hub.HubOptions.InvalidOptionException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which cluster of OpenSearch keeps log lines and spans. */
final class OpenSearchOptions {

  private static final String ADDRESS = "--opensearch";
  private static final String USER = "--opensearch-user";
  private static final String PASSWORD_FILE = "--opensearch-password-file";
  private static final String TOKEN_FILE = "--opensearch-token-file";
  private static final String CA = "--opensearch-ca";
  private static final String PREFIX = "--opensearch-prefix";
  private static final String SHARDS = "--opensearch-shards";

  /** Options that have a value each. */
  static final List<String> NAMES =
      List.of(ADDRESS, USER, PASSWORD_FILE, TOKEN_FILE, CA, PREFIX, SHARDS);

  private final Map<String, String> values;
  private final Map<String, String> environment;

  private OpenSearchOptions(Map<String, String> values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  /**
   * @return empty if none is named
   * @throws InvalidOptionException if one of the options cannot be followed
   */
  static Optional<OpenSearchEndpoint> parse(
      Map<String, String> values, Map<String, String> environment) {
    var options = new OpenSearchOptions(values, environment);
    var address = HubOptions.value(values, environment, ADDRESS, "BW_OPENSEARCH");
    if (address.isEmpty()) {
      NAMES.stream()
          .filter(values::containsKey)
          .findFirst()
          .ifPresent(
              name -> {
                throw new InvalidOptionException(
                    name + " says how to reach a cluster; give " + ADDRESS + "=URL too");
              });
      return Optional.empty();
    }
    return Optional.of(options.endpoint(address.get()));
  }

  private OpenSearchEndpoint endpoint(String address) {
    try {
      var endpoint = OpenSearchEndpoint.of(new URI(address.strip())).with(credentials());
      if (values.containsKey(CA)) {
        endpoint = endpoint.trusting(HubOptions.path(CA, values.get(CA)));
      }
      if (values.containsKey(PREFIX)) {
        endpoint = endpoint.naming(values.get(PREFIX));
      }
      return endpoint.sharded(
          HubOptions.number(values, SHARDS, 1, 1, OpenSearchEndpoint.MOST_SHARDS));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new InvalidOptionException(ADDRESS + ": " + e.getMessage());
    }
  }

  private Credentials credentials() {
    var token = secret(TOKEN_FILE, "BW_OPENSEARCH_TOKEN");
    var password = secret(PASSWORD_FILE, "BW_OPENSEARCH_PASSWORD");
    var user = Optional.ofNullable(values.get(USER)).map(String::strip);
    if (token.isPresent()) {
      if (user.isPresent()) {
        throw new InvalidOptionException("a token and " + USER + " exclude each other");
      }
      return new Credentials.Bearer(token.get());
    }
    if (user.isPresent() != password.isPresent()) {
      throw new InvalidOptionException(
          user.isPresent()
              ? USER + " needs a password: give " + PASSWORD_FILE + "=FILE"
              : "a password for OpenSearch needs " + USER + "=NAME");
    }
    return user.<Credentials>map(name -> new Credentials.Basic(name, password.orElseThrow()))
        .orElseGet(Credentials.None::new);
  }

  /** Of a file without its last line break, or of the environment. */
  private Optional<String> secret(String option, String variable) {
    var text = values.get(option);
    if (text == null) {
      return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }
    Path file = HubOptions.path(option, text);
    try {
      return Optional.of(Files.readString(file).stripTrailing());
    } catch (IOException e) {
      throw new InvalidOptionException(option + ": cannot read " + file + ": " + e.getMessage());
    }
  }
}
