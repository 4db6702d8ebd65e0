package io.bridgewatch.hub;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a registered cluster's API server is. Because the hub itself calls that address, with what
 * opens the cluster, only addresses are taken that an API server can have: never those at which
 * clouds tell machines their secrets, and nothing in plain text but on this machine.
 */
final class ApiAddress {

  /** Of clouds whose metadata service is not at a link-local address. */
  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254");

  private ApiAddress() {}

  /**
   * The address without a slash at its end.
   *
   * @throws HubProblem if it is none that may be called
   */
  static String checked(String text) {
    var address = parsed(text);
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    InetAddress[] targets = targets(address.getHost());
    for (InetAddress target : targets) {
      refusal(target)
          .ifPresent(
              why -> {
                throw refused(text, why);
              });
      if (scheme.equals("http") && !target.isLoopbackAddress()) {
        throw refused(text, "only https is taken, except on this machine");
      }
    }
    return text.strip().replaceFirst("/+$", "");
  }

  private static URI parsed(String text) {
    URI address;
    try {
      address = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw refused(text, "it is no address");
    }
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    if (!Set.of("https", "http").contains(scheme) || address.getHost() == null) {
      throw refused(text, "wanted one such as https://10.0.0.1:6443");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw refused(text, "it may have no user, query or fragment");
    }
    return address;
  }

  /** Empty where the name cannot be resolved now: the cluster may be down, and its DNS with it. */
  private static InetAddress[] targets(String host) {
    try {
      return InetAddress.getAllByName(host.replaceAll("^\\[|]$", ""));
    } catch (UnknownHostException e) {
      return new InetAddress[0];
    }
  }

  private static Optional<String> refusal(InetAddress target) {
    if (target.isLinkLocalAddress() || METADATA.contains(target.getHostAddress())) {
      return Optional.of("no API server is at a link-local or metadata address");
    }
    if (target.isAnyLocalAddress() || target.isMulticastAddress()) {
      return Optional.of("no API server is at a wildcard or multicast address");
    }
    return Optional.empty();
  }

  private static HubProblem refused(String text, String why) {
    return HubProblem.invalid("apiUrl is '" + text + "': " + why);
  }
}
