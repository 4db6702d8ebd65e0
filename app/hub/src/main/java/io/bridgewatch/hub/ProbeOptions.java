package io.bridgewatch.hub;

import io.bridgewatch.hub.HubOptions.InvalidOptionException;
import io.bridgewatch.model.Probe;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads checks from addresses, each every 30 seconds. */
final class ProbeOptions {

  static final String WANTED =
      "wanted http(s)://host[:port][/path], tcp://host:port, tls://host[:port] or"
          + " dns://server[:port]/name";

  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int HTTPS_PORT = 443;
  private static final int DNS_PORT = 53;

  private ProbeOptions() {}

  /**
   * @throws InvalidOptionException if one is no address of a kind that is known, or stands twice
   */
  static List<Probe> parse(List<String> addresses) {
    var probes = new ArrayList<Probe>();
    var names = new HashSet<String>();
    for (String address : addresses) {
      if (!names.add(address)) {
        throw new InvalidOptionException("--probe=" + address + " stands twice");
      }
      probes.add(probe(address));
    }
    return List.copyOf(probes);
  }

  private static Probe probe(String address) {
    try {
      var schedule = new Probe.Schedule(address, EVERY, TIMEOUT);
      var uri = new URI(address);
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
      return switch (scheme) {
        case "http", "https" ->
            new Probe.Http(schedule, address, "GET", Map.of(), Set.of(), Optional.empty());
        case "tcp" -> new Probe.Tcp(schedule, host(uri), uri.getPort());
        case "tls" -> new Probe.Tls(schedule, host(uri), port(uri, HTTPS_PORT));
        case "dns" ->
            new Probe.Dns(
                schedule,
                host(uri),
                port(uri, DNS_PORT),
                Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/", ""),
                Probe.DnsType.A,
                Set.of());
        default -> throw new IllegalArgumentException(WANTED);
      };
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw new InvalidOptionException("--probe is '" + address + "': " + e.getMessage());
    }
  }

  private static String host(URI uri) {
    return Optional.ofNullable(uri.getHost())
        .map(host -> host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
        .orElseThrow(() -> new IllegalArgumentException(WANTED));
  }

  private static int port(URI uri, int usual) {
    return uri.getPort() < 0 ? usual : uri.getPort();
  }
}
