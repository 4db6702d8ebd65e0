package io.bridgewatch.drillrun;

import io.bridgewatch.drill.score.Telling;
import io.bridgewatch.drill.world.DrillWorld;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubOptions;
import io.bridgewatch.ports.SteppedTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A world and the whole hub that watches it, in one process and on one clock.
 *
 * <p>Time goes on in steps: the world first, then the hub ({@link SteppedTime}), and neither before
 * the hub has read all that the world has written and has done what was due. A slow machine thus
 * makes it take longer and changes nothing of what can be seen. Where the hub does not come to rest
 * within {@link #PATIENCE} of real time, time goes on all the same and that is counted.
 */
final class WatchedWorld implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Simulated time within which the hub must have read the whole cluster. */
  private static final Duration FIRST_READ = Duration.ofMinutes(5);

  private static final Object STARTS = new Object();

  private static final long FIRST_LOOK_NANOS = 50_000;

  /** Looking more often would take from the hub what it needs to come to rest. */
  private static final long SLOWEST_LOOK_NANOS = 1_000_000;

  private final DrillWorld world;
  private final SteppedTime time;
  private final Hub hub;
  private final HubReader reader;
  private int hurried;

  private WatchedWorld(DrillWorld world, SteppedTime time, Hub hub, HubReader reader) {
    this.world = world;
    this.time = time;
    this.hub = hub;
    this.reader = reader;
  }

  /**
   * Starts a hub that watches this world.
   *
   * @param folder for the hub's data, empty
   * @throws IOException if the hub does not answer
   */
  static WatchedWorld start(DrillWorld world, Instant start, Path folder)
      throws IOException, InterruptedException {
    var kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(world.cluster(), world.apiServer()));
    var options =
        HubOptions.parse(
            List.of(
                "--http-port=0",
                "--data-dir=" + folder.resolve("data"),
                "--kubeconfig=" + kubeconfig,
                "--scrape-pods-by-api-server"),
            Map.of());
    var time = new SteppedTime(start);
    var console = new ByteArrayOutputStream();
    Hub hub;
    synchronized (STARTS) { // logging is set up for the whole process
      hub = Hub.start(options, time, new PrintStream(console, true, StandardCharsets.UTF_8));
    }
    var password = initialPassword(console.toString(StandardCharsets.UTF_8));
    var reader = new HubReader(URI.create(hub.address()), world.cluster(), "admin", password);
    var watched = new WatchedWorld(world, time, hub, reader);
    try {
      world.sendTo(URI.create(hub.address()), reader.openIngest());
      return watched;
    } catch (IOException | InterruptedException | RuntimeException e) {
      watched.close();
      throw e;
    }
  }

  /** The hub tells it once, at the end of its first line. */
  private static String initialPassword(String console) {
    return console.lines().findFirst().orElse("").replaceFirst(".*[:：] ?", "");
  }

  /**
   * Lets time pass until the hub has read the whole cluster.
   *
   * @throws IOException if it has not within five simulated minutes
   */
  void awaitWatched(Duration step) throws IOException, InterruptedException {
    Instant latest = time.instant().plus(FIRST_READ);
    while (!hub.hears(world.cluster())) {
      if (!time.instant().isBefore(latest)) {
        throw new IOException(
            "the hub has not read the cluster %s within %s; see the hub's log"
                .formatted(world.cluster(), FIRST_READ));
      }
      step(step);
      // what it waits for now may be the network rather than the clock
      waitReally(() -> hub.hears(world.cluster()), Duration.ofMillis(100));
    }
  }

  Instant now() {
    return time.instant();
  }

  /** Lets time pass. */
  void step(Duration step) throws InterruptedException {
    Instant next = time.instant().plus(step);
    world.advance(next);
    settle();
    time.advance(next, this::settle);
  }

  /** What the hub has told since this was asked last. */
  List<Telling> news() throws IOException, InterruptedException {
    return reader.news();
  }

  /** How often time went on before the hub had come to rest. */
  int hurried() {
    return hurried;
  }

  private void settle() throws InterruptedException {
    Map<String, Long> written = world.written();
    if (!waitReally(() -> hub.settled() && hasHeard(written), PATIENCE)) {
      hurried++;
    }
  }

  /** Of what it does not follow it hears nothing. */
  private boolean hasHeard(Map<String, Long> all) {
    Map<String, Long> heard = hub.heard(world.cluster());
    return all.entrySet().stream()
        .allMatch(
            written -> heard.getOrDefault(written.getKey(), Long.MAX_VALUE) >= written.getValue());
  }

  private interface Condition {
    boolean holds();
  }

  private static boolean waitReally(Condition condition, Duration longest)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    long pause = FIRST_LOOK_NANOS;
    while (!condition.holds()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the drill is being stopped");
      }
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(SLOWEST_LOOK_NANOS, 2 * pause);
    }
    return true;
  }

  @Override
  public void close() {
    reader.close();
    hub.close();
  }
}
