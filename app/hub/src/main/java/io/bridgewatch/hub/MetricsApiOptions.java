package io.bridgewatch.hub;

import io.bridgewatch.adapter.otlp.TlsFiles;
import io.bridgewatch.hub.HubOptions.InvalidOptionException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How custom and external metrics are served to a cluster's API server.
 *
 * @param port 0 for any free one
 * @param tls what the server shows that it is itself
 * @param cluster whose metrics; empty for the only one that is watched
 * @param clientCa PEM certificates that vouch for the API server's proxy; empty to ask the cluster
 * @param clientNames common names that the proxy may have; empty for any, or what the cluster says
 */
public record MetricsApiOptions(
    int port,
    TlsFiles tls,
    Optional<String> cluster,
    Optional<Path> clientCa,
    Set<String> clientNames) {

  private static final String PORT = "--metrics-api-port";
  private static final String CERTIFICATES = "--metrics-api-certificates";
  private static final String KEY = "--metrics-api-key";
  private static final String CLUSTER = "--metrics-api-cluster";
  private static final String CLIENT_CA = "--metrics-api-client-ca";
  private static final String CLIENT_NAMES = "--metrics-api-client-names";

  static final List<String> NAMES =
      List.of(PORT, CERTIFICATES, KEY, CLUSTER, CLIENT_CA, CLIENT_NAMES);

  public MetricsApiOptions {
    clientNames = Set.copyOf(clientNames);
  }

  /**
   * @return empty if it is not to be served
   * @throws InvalidOptionException if something is missing or wrong
   */
  static Optional<MetricsApiOptions> parse(Map<String, String> values, OptionalInt port) {
    if (port.isEmpty()) {
      NAMES.stream()
          .filter(values::containsKey)
          .findFirst()
          .ifPresent(
              option -> {
                throw new InvalidOptionException(option + " is for " + PORT + ", which is missing");
              });
      return Optional.empty();
    }
    var certificates = values.get(CERTIFICATES);
    var key = values.get(KEY);
    if (certificates == null || key == null) {
      throw new InvalidOptionException(
          PORT + " needs " + CERTIFICATES + " and " + KEY + ": the API server speaks TLS only");
    }
    return Optional.of(
        new MetricsApiOptions(
            port.getAsInt(),
            TlsFiles.of(HubOptions.path(CERTIFICATES, certificates), HubOptions.path(KEY, key)),
            Optional.ofNullable(values.get(CLUSTER)).filter(name -> !name.isBlank()),
            Optional.ofNullable(values.get(CLIENT_CA))
                .map(text -> HubOptions.path(CLIENT_CA, text)),
            Arrays.stream(values.getOrDefault(CLIENT_NAMES, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet())));
  }
}
