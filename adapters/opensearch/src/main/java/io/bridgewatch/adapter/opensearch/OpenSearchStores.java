package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines and spans in a cluster of OpenSearch. It need not run when this is opened: what is
 * asked of it then fails, and {@link #status} says why. Safe for use by several threads.
 */
public final class OpenSearchStores implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenSearchStores.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

  private final Rest rest;
  private final InstantSource clock;
  private final Pause.UntilClosed pause = new Pause.UntilClosed();
  private final WriteCounts counts = new WriteCounts();
  private final Signal<LogRecord> logs;
  private final Signal<Span> spans;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("opensearch-health").factory());
  private volatile Look look;

  private OpenSearchStores(OpenSearchEndpoint endpoint, InstantSource clock) {
    this.rest = new Rest(endpoint);
    this.clock = clock;
    this.logs = signal(Retained.Kind.LOGS, new LogDocuments());
    this.spans = signal(Retained.Kind.SPANS, new SpanDocuments());
    this.look = new Look(clock.instant(), Health.UNKNOWN, "", Optional.empty());
  }

  private <T> Signal<T> signal(Retained.Kind kind, DocumentForm<T> form) {
    var indexes = new DayIndexes(rest, form, clock);
    return new Signal<>(
        kind,
        indexes,
        new BulkWriter<>(
            rest,
            indexes,
            form,
            clock,
            pause,
            () -> ThreadLocalRandom.current().nextDouble(),
            counts),
        new Searches<>(rest, indexes, form));
  }

  /**
   * @throws StoreException if the file of certificates cannot be used
   */
  public static OpenSearchStores open(OpenSearchEndpoint endpoint, InstantSource clock) {
    var stores = new OpenSearchStores(endpoint, clock);
    stores.looking.scheduleWithFixedDelay(
        stores::look, 0, LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
    return stores;
  }

  public LogStore logs() {
    return new OpenSearchLogs(logs);
  }

  public SpanStore spans() {
    return new OpenSearchSpans(spans);
  }

  /** Both, by whole days. */
  public List<Retained> retained() {
    return List.of(logs.retained(), spans.retained());
  }

  /** What the cluster says of itself, in its own colours. */
  public enum Health {
    /** Not asked yet, or it does not tell whom we are. */
    UNKNOWN,
    GREEN,
    /** All is there, not all of it twice. */
    YELLOW,
    /** Something is missing. */
    RED,
    UNREACHABLE
  }

  private record Look(Instant asOf, Health health, String version, Optional<String> trouble) {}

  /**
   * How the cluster does and how writing goes.
   *
   * @param asOf when it was asked last
   * @param version of OpenSearch; empty if it is not known
   * @param trouble why it cannot be asked; empty if it can
   * @param rejected items that it will never take, by a reason in PascalCase, since the start
   * @param retried items that were sent again, since the start
   */
  public record Status(
      URI address,
      Instant asOf,
      Health health,
      String version,
      Optional<String> trouble,
      Map<String, Long> rejected,
      long retried) {
    public Status {
      rejected = Map.copyOf(rejected);
    }
  }

  /** As of the last look, which is some seconds ago at most. */
  public Status status() {
    var last = look;
    return new Status(
        rest.endpoint().base(),
        last.asOf,
        last.health,
        last.version,
        last.trouble,
        counts.rejected(),
        counts.retried());
  }

  private void look() {
    try {
      var next = look(rest.get("/_cluster/health?filter_path=status"));
      if (next.health != look.health) {
        LOG.info(
            "{} is {}{}",
            rest.endpoint().base(),
            next.health.name().toLowerCase(Locale.ROOT),
            next.trouble.map(why -> ": " + why).orElse(""));
      }
      look = next;
    } catch (StoreException e) {
      // interrupted: it is being closed
    } catch (RuntimeException e) {
      LOG.error("cannot read the health of {}; it is tried again", rest.endpoint().base(), e);
    }
  }

  private Look look(Reply health) {
    var now = clock.instant();
    return switch (health) {
      case Reply.Done done ->
          new Look(
              now,
              switch (done.body().path("status").asString("")) {
                case "green" -> Health.GREEN;
                case "yellow" -> Health.YELLOW;
                case "red" -> Health.RED;
                default -> Health.UNKNOWN;
              },
              version(),
              Optional.empty());
      case Reply.Refused refused -> new Look(now, Health.UNKNOWN, look.version, said(refused));
      case Reply.Unreachable unreachable ->
          new Look(now, Health.UNREACHABLE, look.version, said(unreachable));
    };
  }

  private Optional<String> said(Reply failed) {
    return Optional.ofNullable(failed.failure("ask for health", rest.endpoint()).getMessage());
  }

  private String version() {
    return look.version.isEmpty()
            && rest.get("/?filter_path=version.number") instanceof Reply.Done done
        ? done.body().path("version").path("number").asString("")
        : look.version;
  }

  @Override
  public void close() {
    pause.close();
    looking.shutdownNow();
    rest.close();
  }
}
