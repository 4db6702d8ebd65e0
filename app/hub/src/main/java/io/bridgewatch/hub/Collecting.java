package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.adapter.kubernetes.PodLogs;
import io.bridgewatch.adapter.prometheus.Discovered;
import io.bridgewatch.adapter.prometheus.Discovery;
import io.bridgewatch.adapter.prometheus.DiscoveryIssue;
import io.bridgewatch.adapter.prometheus.DiscoverySettings;
import io.bridgewatch.adapter.prometheus.HttpScrapeTransport;
import io.bridgewatch.adapter.prometheus.SampleSink;
import io.bridgewatch.adapter.prometheus.ScrapeAccess;
import io.bridgewatch.adapter.prometheus.ScrapeTarget;
import io.bridgewatch.adapter.prometheus.Scraper;
import io.bridgewatch.adapter.prometheus.ScraperSettings;
import io.bridgewatch.adapter.prometheus.TargetStatus;
import io.bridgewatch.engine.Discoveries;
import io.bridgewatch.engine.Intake;
import io.bridgewatch.engine.Intake.RefusedException;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Topology;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects telemetry of the clusters that are watched, without any setting of theirs: scrapes what
 * is found among their objects, and follows the logs of their containers.
 *
 * <p>What is to be collected is looked for again every while, from the objects that discovery
 * keeps: the API server is not asked once more.
 */
final class Collecting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
  private static final String SCRAPE = "scrape";
  private static final String POD_LOGS = "pod-logs";

  /** Resources among whose objects something to scrape is found. */
  private static final List<String> RESOURCES =
      List.of(
          "nodes",
          "pods",
          "services",
          "servicemonitors.monitoring.coreos.com",
          "podmonitors.monitoring.coreos.com");

  private final Discoveries discoveries;
  private final Watch watch;
  private final ObjectStore objects;
  private final Intake intake;
  private final CollectOptions options;
  private final Timekeeper clock;
  private final HttpScrapeTransport http = new HttpScrapeTransport();
  private final Map<String, Collector> collectors = new ConcurrentSkipListMap<>();
  private volatile Optional<Timekeeper.Turns> turns = Optional.empty();

  Collecting(
      Discoveries discoveries,
      Watch watch,
      ObjectStore objects,
      Intake intake,
      CollectOptions options,
      Timekeeper clock) {
    this.discoveries = discoveries;
    this.watch = watch;
    this.objects = objects;
    this.intake = intake;
    this.options = options;
    this.clock = clock;
  }

  /**
   * What is collected of a cluster.
   *
   * @param issues how often something that asks to be scraped is not scraped as it asks
   */
  record Status(
      String cluster,
      List<TargetStatus> targets,
      Map<DiscoveryIssue, Integer> issues,
      Optional<PodLogs.Status> logs) {}

  void start() {
    turns = Optional.of(clock.every("collecting", Duration.ZERO, LOOK_EVERY, this::turn));
  }

  /** By the clusters' names. */
  List<Status> statuses() {
    return collectors.values().stream().map(Collector::status).toList();
  }

  /** Whether all that is due was scraped, and each log that is followed is open. */
  boolean settled() {
    return collectors.values().stream().allMatch(Collector::settled);
  }

  /** How far the logs of a cluster were heard ({@link PodLogs#heard}). */
  Map<String, Long> logsHeard(String cluster) {
    return Optional.ofNullable(collectors.get(cluster))
        .flatMap(collector -> collector.logs)
        .map(PodLogs::heard)
        .orElse(Map.of());
  }

  /** Looks what is to be collected, once. */
  synchronized void turn() {
    try {
      var watched = discoveries.clusters();
      for (String cluster : List.copyOf(collectors.keySet())) {
        if (!watched.contains(cluster)) {
          end(cluster);
        }
      }
      for (String cluster : watched) {
        var pages = watch.pages(cluster);
        if (pages.isPresent()) {
          look(cluster, pages.get());
        }
      }
    } catch (RuntimeException e) {
      LOG.error("cannot look what is to be collected; it is tried again", e);
    }
  }

  private void look(String cluster, Supplier<ApiPages> pages) {
    Collector known = collectors.get(cluster);
    if (known != null && known.opening != pages) {
      end(cluster); // registered anew, with other credentials
      known = null;
    }
    if (known == null) {
      known = new Collector(cluster, pages);
      collectors.put(cluster, known);
    }
    var snapshot = discoveries.snapshot(cluster);
    if (snapshot.isPresent() && snapshot.get().status().state() == FeedStatus.State.LIVE) {
      try {
        known.look(snapshot.get().topology());
      } catch (StoreException e) {
        LOG.error("cannot look what is to be collected of {}; it is tried again", cluster, e);
      }
    }
  }

  /**
   * What there is to be scraped among the objects of a cluster, and how.
   *
   * @param annotation of a pod or its workload, see {@link NoiseRules#apply}
   */
  static Discovered discovered(
      String cluster,
      List<KubernetesObject> objects,
      CollectOptions.Scraping how,
      Function<KubernetesObject, Optional<String>> annotation) {
    var settings =
        DiscoverySettings.of(Attributes.of(AttributeNames.CLUSTER, cluster), ScrapeAccess.OPEN)
            .withProtobuf(how.protobuf())
            .withPods(
                how.podsByApiServer() ? ScrapeTarget.Route.API_SERVER : ScrapeTarget.Route.DIRECT);
    var found = Discovery.targets(objects, settings);
    return new Discovered(
        NoiseRules.apply(found.targets(), objects, how.noiseAbovePods(), annotation),
        found.issues());
  }

  private void end(String cluster) {
    Collector collector = collectors.remove(cluster);
    if (collector != null) {
      collector.close();
    }
  }

  @Override
  public void close() {
    turns.ifPresent(some -> some.end(LOOK_EVERY));
    synchronized (this) {
      List.copyOf(collectors.keySet()).forEach(this::end);
    }
    http.close();
  }

  /** Collects of one cluster. */
  private final class Collector implements AutoCloseable {
    private final String cluster;
    private final Supplier<ApiPages> opening;
    private final ApiPages pages;
    private final Optional<Scraper> scraper;
    private final Optional<PodLogs> logs;
    private volatile Map<DiscoveryIssue, Integer> issues = Map.of();

    Collector(String cluster, Supplier<ApiPages> opening) {
      this.cluster = cluster;
      this.opening = opening;
      this.pages = opening.get();
      scraper =
          options.scraping().isPresent()
              ? Optional.of(
                  new Scraper(
                      new ClusterTransport(pages, http, System::nanoTime),
                      sink(),
                      ScraperSettings.DEFAULT,
                      clock))
              : Optional.empty();
      logs =
          options.podLogs()
              ? Optional.of(
                  new PodLogs(
                      pages, this::take, PodLogs.Settings.usual(), clock, new SecureRandom()))
              : Optional.empty();
      scraper.ifPresent(Scraper::start);
    }

    private SampleSink sink() {
      return (samples, exemplars) ->
          take(samples, exemplars.stream().flatMap(one -> one.traced().stream()).toList());
    }

    /** Says why not, if not. */
    private Optional<String> take(SampleBatch samples, List<Exemplar> exemplars) {
      try {
        intake.samples(SCRAPE, samples, exemplars);
        return Optional.empty();
      } catch (RefusedException e) {
        return Optional.of(e.reason());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of("Stopping");
      }
    }

    private boolean take(List<LogRecord> records) throws InterruptedException {
      try {
        intake.logs(POD_LOGS, records);
        return true;
      } catch (RefusedException e) {
        return false; // counted by the intake, offered again by the follower
      }
    }

    void look(Topology topology) {
      var found = new ArrayList<KubernetesObject>();
      for (String resource : RESOURCES) {
        objects.forEach(cluster, resource, found::add);
      }
      if (scraper.isPresent()) {
        var discovered =
            discovered(
                cluster,
                found,
                options.scraping().orElseThrow(),
                pod -> EntityProfiles.annotation(objects, cluster, pod, topology));
        scraper.get().setTargets(discovered.targets());
        issues = discovered.issues();
      }
      logs.ifPresent(follower -> follower.follow(writing(found)));
    }

    /** Containers that run or ran. */
    private List<PodLogs.Container> writing(List<KubernetesObject> found) {
      var writing = new ArrayList<PodLogs.Container>();
      for (KubernetesObject pod : found) {
        if (!pod.kind().equals("Pod")) {
          continue;
        }
        for (KubernetesObject status : pod.list("status", "containerStatuses")) {
          if (status.object("state", "running").isPresent()) {
            writing.add(
                PodLogs.Container.of(
                    cluster,
                    pod.namespace(),
                    pod.name(),
                    pod.uid(),
                    status.text("name").orElse(""),
                    pod.text("spec", "nodeName").orElse("")));
          }
        }
      }
      return writing;
    }

    boolean settled() {
      return scraper.map(Scraper::settled).orElse(true) && logs.map(PodLogs::settled).orElse(true);
    }

    Status status() {
      return new Status(
          cluster,
          scraper.map(Scraper::status).orElse(List.of()),
          issues,
          logs.map(PodLogs::status));
    }

    @Override
    public void close() {
      scraper.ifPresent(Scraper::close);
      logs.ifPresent(PodLogs::close);
      pages.close();
    }
  }
}
