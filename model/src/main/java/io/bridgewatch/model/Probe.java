package io.bridgewatch.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A synthetic check from end to end: what to ask, how often, and what answer is right.
 *
 * <p>Every constructor throws {@link IllegalArgumentException}, naming the field, where a value
 * makes no sense.
 */
public sealed interface Probe {

  /** What a port may be. */
  String PORTS = "wanted a port from 1 to 65535";

  Schedule schedule();

  /** What is asked: a host's name or address. */
  String host();

  /** The port that is asked. */
  int port();

  default String name() {
    return schedule().name();
  }

  /**
   * @param name unique among all probes
   * @param interval from one run to the next, one second or more
   * @param timeout of one run with all its phases, at most the interval
   */
  record Schedule(String name, Duration interval, Duration timeout) {
    public Schedule {
      check(!name.isBlank(), "name", "blank", "give it a name");
      check(
          interval.compareTo(Duration.ofSeconds(1)) >= 0,
          "interval",
          interval,
          "one second is the least");
      check(
          timeout.isPositive() && timeout.compareTo(interval) <= 0,
          "timeout",
          timeout,
          "it must be positive and at most the interval of " + interval);
    }
  }

  /**
   * One request over HTTP/1.1; redirects are answers like any other.
   *
   * @param url such as {@code https://bank.example:8443/health?deep=1}; without user or fragment
   * @param method such as {@code GET}
   * @param statuses that are right; empty for 200 to 399
   * @param body what must be found in the first megabyte of the body, read as UTF-8; empty for
   *     anything
   */
  record Http(
      Schedule schedule,
      String url,
      String method,
      Map<String, String> headers,
      Set<Integer> statuses,
      Optional<Pattern> body)
      implements Probe {

    private static final Pattern URL =
        Pattern.compile(
            "https?://(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:(?<port>[0-9]{1,5}))?"
                + "(?<target>[/?][!-~&&[^#]]*)?");

    public Http {
      headers = Map.copyOf(headers);
      statuses = Set.copyOf(statuses);
      Matcher parts = URL.matcher(url);
      check(parts.matches(), "url", url, "wanted http(s)://host[:port][/path][?query]");
      String named = parts.group("port");
      check(named == null || isPort(Integer.parseInt(named)), "url", url, PORTS);
      check(method.matches("[A-Z]+"), "method", method, "wanted a word such as GET");
      headers.forEach(
          (header, value) ->
              check(
                  header.matches("[A-Za-z0-9-]+") && value.chars().noneMatch(c -> c < ' '),
                  "headers",
                  header,
                  "wanted a name of letters and a value of one line"));
      for (int status : statuses) {
        check(status >= 100 && status <= 599, "statuses", status, "wanted 100 to 599");
      }
    }

    public boolean isEncrypted() {
      return url.startsWith("https:");
    }

    @Override
    public String host() {
      String host = part("host");
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public int port() {
      String port = part("port");
      return port.isEmpty() ? (isEncrypted() ? 443 : 80) : Integer.parseInt(port);
    }

    /** Path and query, as the request names them. */
    public String target() {
      String target = part("target");
      return target.startsWith("/") ? target : "/" + target;
    }

    /** Host and port as the URL spells them. */
    public String authority() {
      String port = part("port");
      return part("host") + (port.isEmpty() ? "" : ":" + port);
    }

    private String part(String group) {
      Matcher parts = URL.matcher(url);
      String part = parts.matches() ? parts.group(group) : null;
      return part == null ? "" : part;
    }

    public boolean isRight(int status) {
      return statuses.isEmpty() ? status >= 200 && status < 400 : statuses.contains(status);
    }
  }

  /** A connection that is opened and closed. */
  record Tcp(Schedule schedule, String host, int port) implements Probe {
    public Tcp {
      checkAddress(host, port);
    }
  }

  /** A handshake, for its certificates. */
  record Tls(Schedule schedule, String host, int port) implements Probe {
    public Tls {
      checkAddress(host, port);
    }
  }

  /**
   * One question over UDP.
   *
   * @param host the name server
   * @param question the name to look up
   * @param addresses that must all be in the answer; empty for any address
   */
  record Dns(
      Schedule schedule,
      String host,
      int port,
      String question,
      DnsType type,
      Set<String> addresses)
      implements Probe {
    public Dns {
      checkAddress(host, port);
      addresses = Set.copyOf(addresses);
      check(
          question.length() <= 253 && question.matches("([A-Za-z0-9_-]{1,63}\\.?)+"),
          "question",
          question,
          "wanted a domain name");
    }
  }

  /** What kind of address is asked for. */
  enum DnsType {
    A,
    AAAA
  }

  private static void checkAddress(String host, int port) {
    check(!host.isBlank(), "host", "blank", "wanted a name or an address");
    check(isPort(port), "port", port, PORTS);
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= 65_535;
  }

  private static void check(boolean holds, String field, Object seen, String help) {
    if (!holds) {
      throw new IllegalArgumentException(
          "cannot use " + seen + " as " + field + " of a probe: " + help);
    }
  }
}
