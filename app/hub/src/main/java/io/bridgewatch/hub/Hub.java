package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.FeedSettings;
import io.bridgewatch.adapter.kubernetes.KubernetesClusters;
import io.bridgewatch.adapter.otlp.ReceiverSettings;
import io.bridgewatch.adapter.otlp.TelemetryReceiver;
import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.detect.LogPatterns;
import io.bridgewatch.engine.BundleDiagnosis;
import io.bridgewatch.engine.CallMetrics;
import io.bridgewatch.engine.Discoveries;
import io.bridgewatch.engine.DiscoverySettings;
import io.bridgewatch.engine.DiscoveryStores;
import io.bridgewatch.engine.Housekeeping;
import io.bridgewatch.engine.Intake;
import io.bridgewatch.engine.IntakeSettings;
import io.bridgewatch.engine.LiveDiagnosis;
import io.bridgewatch.engine.LiveSettings;
import io.bridgewatch.engine.LogMining;
import io.bridgewatch.engine.SerialNumbers;
import io.bridgewatch.engine.SpanParts;
import io.bridgewatch.engine.TelemetryStores;
import io.bridgewatch.engine.TraceKeeping;
import io.bridgewatch.engine.TraceKeepingSettings;
import io.bridgewatch.engine.TransactionMarks;
import io.bridgewatch.engine.masking.Masking;
import io.bridgewatch.engine.masking.MaskingSettings;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.Storage;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.topology.Ownership;
import io.bridgewatch.topology.Transactions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

/** A running hub. */
public final class Hub implements AutoCloseable {

  private final ServletWebServerApplicationContext context;
  private final String host;

  private Hub(ServletWebServerApplicationContext context, String host) {
    this.context = context;
    this.host = host;
  }

  /**
   * Opens the store, starts serving, and says so on {@code out}.
   *
   * @throws io.bridgewatch.ports.StoreException if the data directory cannot be used
   */
  public static Hub start(HubOptions options, InstantSource clock, PrintStream out) {
    return start(options, Timekeeper.by(clock), out, LiveSettings.usual());
  }

  /** The same on a time of its own: all that it does of itself waits by that and nothing else. */
  public static Hub start(HubOptions options, Timekeeper clock, PrintStream out) {
    return start(options, clock, out, LiveSettings.usual());
  }

  /**
   * The same with a simulated cluster beside it, into which people may put trouble.
   *
   * @param drill is not closed by the hub; the options name its cluster like any other
   */
  public static Hub start(
      HubOptions options, Timekeeper clock, PrintStream out, Optional<AttachedDrill> drill) {
    return start(
        options,
        clock,
        out,
        new BundleDiagnosis()::diagnose,
        store -> watched(options, clock, store),
        LiveSettings.usual(),
        drill);
  }

  /** The same with another pace of the live diagnosis. */
  static Hub start(HubOptions options, Timekeeper clock, PrintStream out, LiveSettings live) {
    return start(
        options,
        clock,
        out,
        new BundleDiagnosis()::diagnose,
        store -> watched(options, clock, store),
        live);
  }

  /** What a hub knows clusters by, given where to keep it. */
  interface Watching {
    ClusterParts over(EmbeddedStore store);
  }

  private static ClusterParts watched(HubOptions hub, Timekeeper clock, EmbeddedStore store) {
    var options = hub.clusters();
    var feeds = FeedSettings.defaults().withMaskingKey(maskingKey(hub.dataDir()));
    var links = new KubernetesLinks(new KubernetesClusters(feeds, clock), clock);
    var given = links.given(options);
    var ownership =
        Ownership.usual()
            .preferring(
                options.teamLabel().stream().toList(),
                options.applicationLabel().stream().toList(),
                options.poolLabel().stream().toList());
    var settings = DiscoverySettings.usual().with(ownership);
    var stores = new DiscoveryStores(store.chronicle(), store.topologyHistory(), store.objects());
    var discoveries = new Discoveries(stores, settings, clock);
    var watch = new WatchedClusters(discoveries, links);
    watch.start(given, store.clusters());
    return new ClusterParts(
        watch,
        discoveries,
        store.chronicle(),
        store.topologyHistory(),
        store.objects(),
        store.clusters());
  }

  /** Mixed into what stands for masked values, so it must be the same after a restart. */
  private static String maskingKey(Path dataDir) {
    var file = new SecretFile(dataDir.resolve("masking.key"));
    return file.read()
        .orElseGet(
            () -> {
              var key = SessionTokens.create();
              file.write(key);
              return key;
            });
  }

  /** Starts a hub that diagnoses and watches in other ways. */
  static Hub start(
      HubOptions options,
      Timekeeper clock,
      PrintStream out,
      Diagnosis diagnosis,
      Watching watching,
      LiveSettings live) {
    return start(options, clock, out, diagnosis, watching, live, Optional.empty());
  }

  private static Hub start(
      HubOptions options,
      Timekeeper clock,
      PrintStream out,
      Diagnosis diagnosis,
      Watching watching,
      LiveSettings live,
      Optional<AttachedDrill> drill) {
    var store = EmbeddedStore.open(options.dataDir(), clock);
    Optional<ClusterParts> parts = Optional.empty();
    Optional<SignalStores> opened = Optional.empty();
    try {
      var signals = SignalStores.open(store, options.openSearch(), clock);
      opened = Optional.of(signals);
      var clusters = watching.over(store);
      parts = Optional.of(clusters);
      var context =
          (ServletWebServerApplicationContext)
              new SpringApplicationBuilder(HubConfiguration.class)
                  .bannerMode(Banner.Mode.OFF)
                  .logStartupInfo(false)
                  .properties(properties(options))
                  .initializers(
                      beans(options, clock, store, signals, diagnosis, clusters, live),
                      attached(drill))
                  .run();
      var hub = new Hub(context, options.bind());
      context
          .getBean(FirstUser.class)
          .create()
          .ifPresent(password -> out.println(FirstUser.announcement(password)));
      context.getBean(ImportQueue.class).start();
      context.getBean(ScalingLoop.class).start();
      context.getBean(LiveDiagnosis.class).start(); // after what was left behind is cleared
      out.println("Bridgewatch is ready at " + hub.address());
      context.getBean(SampleImport.class).start();
      return hub;
    } catch (RuntimeException e) {
      parts.ifPresent(ClusterParts::close);
      opened.ifPresent(SignalStores::close);
      store.close(); // once more does no harm where the context has closed it
      throw e;
    }
  }

  private static ApplicationContextInitializer<GenericApplicationContext> attached(
      Optional<AttachedDrill> drill) {
    return context -> drill.ifPresent(one -> part(context, AttachedDrill.class, () -> one));
  }

  private static Map<String, Object> properties(HubOptions options) {
    var properties = new HashMap<String, Object>();
    properties.put("server.port", options.httpPort());
    properties.put("server.address", options.bind());
    properties.put("logging.file.name", options.dataDir().resolve("logs/hub.log").toString());
    properties.put("spring.servlet.multipart.location", uploads(options).toString());
    return properties;
  }

  /** Where uploads arrive; on the file system of the archive, so that keeping one is a move. */
  private static Path uploads(HubOptions options) {
    var uploads = options.dataDir().resolve("uploads");
    try {
      Files.createDirectories(uploads);
      try (var left = Files.list(uploads)) { // by a process that was killed
        for (Path file : left.toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + uploads, e);
    }
    return uploads;
  }

  private static ApplicationContextInitializer<GenericApplicationContext> beans(
      HubOptions options,
      Timekeeper clock,
      EmbeddedStore store,
      SignalStores signals,
      Diagnosis diagnosis,
      ClusterParts clusters,
      LiveSettings live) {
    var kept = signals.telemetry();
    return context -> {
      var mining =
          new LogMining(
              store.logPatterns(),
              store.metrics(),
              clusters.discoveries(),
              LogPatterns.Settings.DEFAULTS,
              options.retention().settings().keep(Retained.Kind.LOGS),
              clock);
      mining.start();
      context.registerBean(
          LogMining.class,
          () -> mining,
          definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME));
      context.registerBean(HubOptions.class, () -> options);
      context.registerBean(InstantSource.class, () -> clock);
      context.registerBean(Diagnosis.class, () -> diagnosis);
      context.registerBean(
          "embeddedStore",
          EmbeddedStore.class,
          () -> store,
          definition -> definition.setDestroyMethodName("close"));
      context.registerBean(
          SignalStores.NAME,
          SignalStores.class,
          () -> signals,
          definition -> definition.setDestroyMethodName("close"));
      part(context, MetricStore.class, kept::metrics);
      part(context, ExemplarStore.class, kept::exemplars);
      part(context, LogStore.class, kept::logs);
      part(context, SpanStore.class, kept::spans);
      context.registerBean(
          Housekeeping.class,
          () ->
              housekeeping(
                  options, clock, signals.storage(), context.getBean(LiveRecordings.class)),
          definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME));
      context.registerBean(
          "clusterParts",
          ClusterParts.class,
          () -> clusters,
          definition -> {
            definition.setDependsOn("embeddedStore"); // so it is closed first
            definition.setDestroyMethodName("close");
          });
      context.registerBean(
          LiveDiagnosis.class,
          () -> liveDiagnosis(clusters, kept, mining, live, context.getBean(LiveBook.class), clock),
          definition ->
              definition.setDependsOn(
                  "embeddedStore", SignalStores.NAME, "clusterParts", LiveBook.NAME));
      telemetry(context, options, clock, store, kept, clusters, mining);
      context.registerBean(
          ScalingLoop.class,
          () ->
              new ScalingLoop(
                  context.getBean(ScalingNeeds.class),
                  context.getBean(ScalingShadows.class),
                  context.getBean(ScalingVerdicts.class),
                  context.getBean(ScalingDays.class),
                  context.getBean(ScalingRetention.class),
                  clock),
          definition ->
              definition.setDependsOn("embeddedStore", SignalStores.NAME, "clusterParts"));
    };
  }

  /** What takes telemetry in, and what fetches it; closed before what keeps it. */
  private static void telemetry(
      GenericApplicationContext context,
      HubOptions options,
      Timekeeper clock,
      EmbeddedStore store,
      TelemetryStores kept,
      ClusterParts clusters,
      LogMining mining) {
    var traces =
        new TraceKeeping(
            kept.spans(),
            store.pendingSpans(),
            TraceKeepingSettings.within(options.collect().traceBudget()),
            clock);
    traces.start();
    var calls = new CallMetrics(kept.metrics(), clock, traces::calls);
    calls.start();
    var masking = new Masking(MaskingSettings.DEFAULTS);
    var transactions =
        new TransactionMarks(
            Transactions.usual(),
            new SerialNumbers(masking, maskingKey(options.dataDir())),
            kept.metrics(),
            clock);
    transactions.start();
    var intake =
        new Intake(
            kept,
            clusters.discoveries(),
            new SpanParts(transactions, traces, calls),
            mining,
            masking,
            IntakeSettings.usual(),
            clock);
    context.registerBean(
        TransactionMarks.class,
        () -> transactions,
        definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME));
    context.registerBean(
        TraceKeeping.class,
        () -> traces,
        definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME));
    context.registerBean(
        CallMetrics.class,
        () -> calls,
        definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME));
    context.registerBean(Intake.class, () -> intake);
    context.registerBean(
        TelemetryReceiver.class,
        () -> new TelemetryReceiver(intake.pushed("otlp"), ReceiverSettings.DEFAULT, clock));
    context.registerBean(
        Collecting.class,
        () -> {
          var collecting =
              new Collecting(
                  clusters.discoveries(),
                  clusters.watch(),
                  clusters.objects(),
                  intake,
                  options.collect(),
                  clock);
          collecting.start();
          return collecting;
        },
        definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME, "clusterParts"));
    context.registerBean(
        Probing.class,
        () -> {
          var probing = new Probing(options.collect().probes(), intake, clock);
          probing.start();
          return probing;
        },
        definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME));
    context.registerBean(
        GrpcIngest.class,
        () ->
            GrpcIngest.start(
                options,
                context.getBean(TelemetryReceiver.class),
                context.getBean(IngestTokens.class)),
        definition -> definition.setDependsOn("embeddedStore", SignalStores.NAME));
  }

  private static LiveDiagnosis liveDiagnosis(
      ClusterParts clusters,
      TelemetryStores kept,
      LogMining mining,
      LiveSettings settings,
      LiveBook book,
      Timekeeper clock) {
    return new LiveDiagnosis(
        clusters.discoveries(),
        new DiscoveryStores(clusters.chronicle(), clusters.history(), clusters.objects()),
        kept,
        mining,
        settings,
        book,
        clock);
  }

  /** Something of a store, which closes it. */
  private static <T> void part(
      GenericApplicationContext context, Class<T> type, Supplier<T> ofStore) {
    context.registerBean(type, ofStore, definition -> definition.setDestroyMethodName(""));
  }

  private static Housekeeping housekeeping(
      HubOptions options, Timekeeper clock, Storage kept, LiveRecordings recordings) {
    var storage = recordings.beside(kept);
    var housekeeping = new Housekeeping(storage, options.retention().settings(), clock);
    housekeeping.start();
    return housekeeping;
  }

  /** Such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    var shown =
        switch (host) {
          case "0.0.0.0", "::" -> "localhost";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return "http://" + shown + ":" + port() + "/";
  }

  public int port() {
    var server = context.getWebServer();
    return server == null ? -1 : server.getPort();
  }

  /**
   * Whether nothing is under way: all that is due was scraped, all that came is kept and known to
   * the topology. A clock that is advanced from outside may then go on. Costs little.
   */
  public boolean settled() {
    return context.getBean(Collecting.class).settled()
        && context.getBean(Probing.class).settled()
        && context.getBean(Intake.class).settled()
        && context.getBean(ClusterParts.class).discoveries().settled();
  }

  /**
   * A token by which something of this process may send telemetry, beside the one that people make;
   * it ends with the process, or when this is asked for again.
   */
  public String lendIngest() {
    return context.getBean(IngestTokens.class).lend();
  }

  /** Takes in the past of a cluster beside what is watched of it, until this hub is closed. */
  public PastCollecting past(String cluster) {
    var past = new PastCollecting(cluster, context.getBean(MetricStore.class));
    context.addApplicationListener(
        (ApplicationListener<ContextClosedEvent>) closing -> past.close());
    return past;
  }

  /** Whether it is closed, or being closed. */
  public boolean isClosed() {
    return context.isClosed();
  }

  /** Whether a cluster is watched, answers, and was read as a whole. */
  public boolean hears(String cluster) {
    return context
        .getBean(ClusterParts.class)
        .discoveries()
        .snapshot(cluster)
        .filter(snapshot -> snapshot.status().state() == FeedStatus.State.LIVE)
        .isPresent();
  }

  /**
   * How far the streams of a cluster were heard: by resource, such as {@code pods}, the newest
   * version of its watch; by {@code namespace/pod/container} the time of its last log line, in
   * nanoseconds since 1970, or {@link Long#MAX_VALUE} where time must pass before more is heard.
   */
  public Map<String, Long> heard(String cluster) {
    var heard = new TreeMap<>(context.getBean(Collecting.class).logsHeard(cluster));
    context
        .getBean(ClusterParts.class)
        .discoveries()
        .discovery(cluster)
        .ifPresent(discovery -> heard.putAll(discovery.heard()));
    return heard;
  }

  /** Where metrics are served to autoscalers; empty if they are not. */
  OptionalInt metricsApiPort() {
    return context.getBean(ScalingMetricsApi.class).port();
  }

  ServletWebServerApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}
