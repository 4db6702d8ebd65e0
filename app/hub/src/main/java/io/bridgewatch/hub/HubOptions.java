package io.bridgewatch.hub;

import io.bridgewatch.adapter.opensearch.OpenSearchEndpoint;
import io.bridgewatch.adapter.otlp.TlsFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How the hub was asked to start. Options win over the environment.
 *
 * @param httpPort 0 for any free one
 * @param bind address to listen on
 * @param demo whether the UI should open on the sample incident
 * @param sample what to import at start
 * @param retention for how long things are kept
 * @param collect which telemetry comes, and how
 * @param openSearch the cluster that keeps log lines and spans; empty for the embedded store
 * @param metricsApi how metrics are served to a cluster's autoscalers; empty for not at all
 */
public record HubOptions(
    int httpPort,
    String bind,
    Path dataDir,
    boolean demo,
    Sample sample,
    ClusterOptions clusters,
    RetentionOptions retention,
    CollectOptions collect,
    Optional<OpenSearchEndpoint> openSearch,
    Optional<MetricsApiOptions> metricsApi) {

  private static final Pattern LABEL =
      Pattern.compile(
          "([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private static final int MOST_PODS = 1_000_000;

  static final String USAGE =
      """
      usage: hub [options]
        --http-port=N      port of the UI and the API; 8080 unless given; 0 for any free (BW_HTTP_PORT)
        --bind=ADDRESS     address to listen on; 127.0.0.1 unless given (BW_BIND)
        --data-dir=FOLDER  where data is kept (BW_DATA_DIR)
        --demo             import the sample recording and open the UI on its incident
        --sample[=PATH]    import the sample recording, or the one at PATH: folder, .zip, .tar.gz

      clusters to watch (more can be registered in the UI)
        --kubeconfig=FILE  a kubeconfig; its current context unless told otherwise (BW_KUBECONFIG)
        --context=NAME     a context of it, may stand several times
        --all-contexts     every context of it
        --in-cluster       the cluster that this hub runs in, by its service account
        --audit-log=FILE   the API server's audit log (JSON lines), which tells who changed what
        --team-label=LABEL, --application-label=LABEL, --pool-label=LABEL
                           labels that name the team, the application and the pool

      telemetry
        --no-scrape        do not scrape what is found in the clusters
        --scrape-text      ask for text, not for protobuf, which has native histograms
        --scrape-pods-by-api-server
                           ask pods by way of the API server: for a hub outside of their network
        --drop-noise-above-pods=N
                           in clusters with more running pods, leave out series that tell little
        --no-pod-logs      do not follow the logs of their containers
        --otlp-grpc-port=N listen for OTLP over gRPC, usually 4317; not at all unless given
        --trace-budget=N   spans a second that are kept, 1000 unless given, 0 for all: where more
                           come, traces are chosen, those that failed or were slow first
        --otlp-grpc-certificates=FILE, --otlp-grpc-key=FILE
                           TLS for that port (PEM, PKCS #8); read again when they change
        --probe=ADDRESS    check it every 30 s, may stand several times: http(s)://host/path,
                           tcp://host:port, tls://host:port, dns://server/name

      metrics for autoscalers, served to a cluster's API server; not at all unless given
        --metrics-api-port=N          listen there for the API server's proxy, TLS only
        --metrics-api-certificates=FILE, --metrics-api-key=FILE
                                      what is shown to it (PEM, PKCS #8); read again when they change
        --metrics-api-cluster=NAME    whose metrics; the only cluster's unless given
        --metrics-api-client-ca=FILE  PEM certificates that vouch for the proxy; what the cluster's
                                      extension-apiserver-authentication says unless given
        --metrics-api-client-names=NAME,NAME  with it: common names that the proxy may have

      where log lines and spans are kept, on the hub's disk unless given
        --opensearch=URL   a cluster of OpenSearch (BW_OPENSEARCH)
        --opensearch-user=NAME, --opensearch-password-file=FILE (BW_OPENSEARCH_PASSWORD)
        --opensearch-token-file=FILE  a bearer token instead (BW_OPENSEARCH_TOKEN)
        --opensearch-ca=FILE          PEM certificates that vouch for the cluster
        --opensearch-prefix=NAME      of its indices; bridgewatch unless given
        --opensearch-shards=N         of each day's index; 1 unless given

      for how long things are kept
        --clusters-retention-days=N   what existed and happened; 30 unless given
        --telemetry-retention-days=N  metrics, logs and spans; 7 unless given
        --disk-budget-gib=N           the oldest goes first where all takes more; unless given, it
                                      does when less than 1 GiB is left on the disk""";

  /** Which recording to import at start. */
  public sealed interface Sample {
    record None() implements Sample {}

    /** The one that comes with the hub. */
    record BuiltIn() implements Sample {}

    record At(Path path) implements Sample {}
  }

  /** An option that cannot be followed; the message is one line for the console. */
  public static final class InvalidOptionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidOptionException(String message) {
      super(message);
    }
  }

  /**
   * Reads options as {@code --name=value} or {@code --name value}.
   *
   * @throws InvalidOptionException if one is unknown, lacks its value or has a wrong one
   */
  public static HubOptions parse(List<String> args, Map<String, String> environment) {
    var values = new HashMap<String, String>();
    boolean demo = false;
    boolean allContexts = false;
    boolean inCluster = false;
    boolean scrape = true;
    boolean protobuf = true;
    boolean podsByApiServer = false;
    boolean podLogs = true;
    var contexts = new ArrayList<String>();
    var probes = new ArrayList<String>();
    Sample sample = new Sample.None();
    var rest = new ArrayDeque<>(args);
    while (!rest.isEmpty()) {
      var option = rest.remove();
      int equals = option.indexOf('=');
      var name = equals < 0 ? option : option.substring(0, equals);
      var inline =
          equals < 0 ? Optional.<String>empty() : Optional.of(option.substring(equals + 1));
      switch (name) {
        case "--http-port",
            "--bind",
            "--data-dir",
            "--kubeconfig",
            "--audit-log",
            "--clusters-retention-days",
            "--telemetry-retention-days",
            "--disk-budget-gib",
            "--otlp-grpc-port",
            "--trace-budget",
            "--otlp-grpc-certificates",
            "--otlp-grpc-key",
            "--drop-noise-above-pods",
            "--team-label",
            "--application-label",
            "--pool-label" ->
            values.put(name, inline.orElseGet(() -> following(name, rest)));
        case "--probe" -> probes.add(inline.orElseGet(() -> following(name, rest)));
        case "--context" -> contexts.add(inline.orElseGet(() -> following(name, rest)));
        case "--all-contexts" -> allContexts = true;
        case "--in-cluster" -> inCluster = true;
        case "--no-scrape" -> scrape = false;
        case "--scrape-text" -> protobuf = false;
        case "--scrape-pods-by-api-server" -> podsByApiServer = true;
        case "--no-pod-logs" -> podLogs = false;
        case "--demo" -> demo = true;
        case "--sample" -> {
          if (inline.isEmpty() && !rest.isEmpty() && !rest.element().startsWith("--")) {
            inline = Optional.of(rest.remove());
          }
          sample =
              inline.<Sample>map(p -> new Sample.At(path(name, p))).orElseGet(Sample.BuiltIn::new);
        }
        default -> {
          if (!OpenSearchOptions.NAMES.contains(name) && !MetricsApiOptions.NAMES.contains(name)) {
            throw new InvalidOptionException(
                "unknown option '" + option + "'; --help lists the known ones");
          }
          values.put(name, inline.orElseGet(() -> following(name, rest)));
        }
      }
    }
    if (demo && sample instanceof Sample.None) {
      sample = new Sample.BuiltIn();
    }
    var grpcPort =
        values.containsKey("--otlp-grpc-port")
            ? OptionalInt.of(port("--otlp-grpc-port", values.get("--otlp-grpc-port")))
            : OptionalInt.empty();
    return new HubOptions(
        port(
            "--http-port",
            value(values, environment, "--http-port", "BW_HTTP_PORT").orElse("8080")),
        bind(value(values, environment, "--bind", "BW_BIND").orElse("127.0.0.1")),
        value(values, environment, "--data-dir", "BW_DATA_DIR")
            .map(text -> path("--data-dir", text))
            .orElseGet(() -> defaultDataDir(environment)),
        demo,
        sample,
        clusters(values, environment, contexts, allContexts, inCluster),
        retention(values),
        new CollectOptions(
            scrape
                ? Optional.of(
                    new CollectOptions.Scraping(protobuf, podsByApiServer, noiseAbovePods(values)))
                : Optional.empty(),
            podLogs,
            grpcPort,
            grpcTls(values, grpcPort),
            ProbeOptions.parse(probes),
            number(
                values,
                "--trace-budget",
                CollectOptions.USUAL_TRACE_BUDGET,
                0,
                CollectOptions.MOST_TRACE_BUDGET)),
        OpenSearchOptions.parse(values, environment),
        MetricsApiOptions.parse(
            values,
            values.containsKey("--metrics-api-port")
                ? OptionalInt.of(port("--metrics-api-port", values.get("--metrics-api-port")))
                : OptionalInt.empty()));
  }

  private static OptionalInt noiseAbovePods(Map<String, String> values) {
    return values.containsKey("--drop-noise-above-pods")
        ? OptionalInt.of(number(values, "--drop-noise-above-pods", 0, 0, MOST_PODS))
        : OptionalInt.empty();
  }

  private static Optional<TlsFiles> grpcTls(Map<String, String> values, OptionalInt port) {
    var certificates = values.get("--otlp-grpc-certificates");
    var key = values.get("--otlp-grpc-key");
    if (certificates == null && key == null) {
      return Optional.empty();
    }
    if (certificates == null || key == null) {
      throw new InvalidOptionException(
          "--otlp-grpc-certificates and --otlp-grpc-key belong together; give both");
    }
    if (port.isEmpty()) {
      throw new InvalidOptionException(
          "--otlp-grpc-certificates is for --otlp-grpc-port, which is missing");
    }
    return Optional.of(
        TlsFiles.of(path("--otlp-grpc-certificates", certificates), path("--otlp-grpc-key", key)));
  }

  private static RetentionOptions retention(Map<String, String> values) {
    var budget =
        values.containsKey("--disk-budget-gib")
            ? OptionalInt.of(number(values, "--disk-budget-gib", 1, 1, RetentionOptions.MOST_GIB))
            : OptionalInt.empty();
    return new RetentionOptions(
        number(
            values,
            "--clusters-retention-days",
            RetentionOptions.USUAL_CLUSTER_DAYS,
            1,
            RetentionOptions.MOST_DAYS),
        number(
            values,
            "--telemetry-retention-days",
            RetentionOptions.USUAL_TELEMETRY_DAYS,
            1,
            RetentionOptions.MOST_DAYS),
        budget);
  }

  static int number(Map<String, String> values, String option, int usual, int least, int most) {
    var text = values.get(option);
    if (text == null) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidOptionException(
        option + " is '" + text + "', wanted a number from " + least + " to " + most);
  }

  private static ClusterOptions clusters(
      Map<String, String> values,
      Map<String, String> environment,
      List<String> contexts,
      boolean allContexts,
      boolean inCluster) {
    var kubeconfig =
        value(values, environment, "--kubeconfig", "BW_KUBECONFIG")
            .map(text -> path("--kubeconfig", text));
    if (kubeconfig.isEmpty() && (allContexts || !contexts.isEmpty())) {
      throw new InvalidOptionException(
          (allContexts ? "--all-contexts" : "--context")
              + " names contexts of a kubeconfig; give --kubeconfig=FILE too");
    }
    if (allContexts && !contexts.isEmpty()) {
      throw new InvalidOptionException("--all-contexts and --context exclude each other");
    }
    return new ClusterOptions(
        kubeconfig,
        contexts.stream().distinct().toList(),
        allContexts,
        inCluster,
        Optional.ofNullable(values.get("--audit-log")).map(text -> path("--audit-log", text)),
        label(values, "--team-label"),
        label(values, "--application-label"),
        label(values, "--pool-label"));
  }

  private static Optional<String> label(Map<String, String> values, String option) {
    var given = Optional.ofNullable(values.get(option)).map(String::strip);
    if (given.isPresent() && !LABEL.matcher(given.get()).matches()) {
      throw new InvalidOptionException(
          option + " is '" + given.get() + "', wanted a label's key such as example.com/team");
    }
    return given;
  }

  private static String following(String name, ArrayDeque<String> rest) {
    if (rest.isEmpty() || rest.element().startsWith("--")) {
      throw new InvalidOptionException(name + " needs a value, as in " + name + "=VALUE");
    }
    return rest.remove();
  }

  static Optional<String> value(
      Map<String, String> options, Map<String, String> environment, String name, String variable) {
    var given = options.get(name);
    return given != null
        ? Optional.of(given)
        : Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  private static int port(String option, String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidOptionException(
        option + " is '" + text + "', wanted a number from 0 (any free one) to 65535");
  }

  private static String bind(String text) {
    if (text.isBlank()) {
      throw new InvalidOptionException("--bind is empty, wanted an address such as 127.0.0.1");
    }
    return text.strip();
  }

  static Path path(String option, String text) {
    if (text.isBlank()) {
      throw new InvalidOptionException(option + " is empty, wanted a path");
    }
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new InvalidOptionException(option + " is '" + text + "', which is no path here");
    }
  }

  /** As the XDG base directory specification says. */
  private static Path defaultDataDir(Map<String, String> environment) {
    var data = environment.get("XDG_DATA_HOME");
    var base =
        data != null && !data.isBlank()
            ? Path.of(data)
            : Path.of(System.getProperty("user.home", "."), ".local", "share");
    return base.resolve("bridgewatch").toAbsolutePath();
  }
}
