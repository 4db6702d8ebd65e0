package io.bridgewatch.hub;

import io.bridgewatch.ports.LogStore;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams of log lines to those who follow, as server-sent events. Each lives on the virtual thread
 * of its request, looks once a second, and ends when its reader goes, after ten minutes so that
 * logins are looked at again, or when the hub stops.
 */
@Component
final class LogTails implements SmartLifecycle {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int LOOKS_A_HEARTBEAT = 5;

  private final LogStore logs;
  private final QueryLimits limits;
  private final InstantSource clock;
  private final JsonMapper json;
  private final int most;
  private final Semaphore free;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean running;

  LogTails(
      LogStore logs,
      QueryLimits limits,
      HubSettings settings,
      InstantSource clock,
      JsonMapper json) {
    this.logs = logs;
    this.limits = limits;
    this.clock = clock;
    this.json = json;
    this.most = settings.queries().tails();
    this.free = new Semaphore(most);
  }

  /**
   * Writes until the reader goes.
   *
   * @throws HubProblem if too many follow already; nothing was written then
   * @throws IOException if the answer cannot be begun
   */
  void follow(LogStore.Query wanted, Instant since, HttpServletResponse response)
      throws IOException {
    if (!free.tryAcquire()) {
      throw new HubProblem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "TooManyTails",
              most + " readers follow logs already; close one, or raise bridgewatch.queries.tails")
          .after(LONGEST);
    }
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      response.setHeader("X-Accel-Buffering", "no"); // proxies would hold lines back
      var out = response.getWriter();
      out.write(": following\n\n");
      out.flush();
      tell(LogTail.from(logs, wanted, since, clock.instant()), out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
  }

  private void tell(LogTail tail, PrintWriter out) throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    int quiet = 0;
    boolean read = true;
    while (read && System.nanoTime() - end < 0) {
      if (stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      var now = clock.instant();
      var news = limits.answer(() -> tail.look(now));
      if (!news.lines().isEmpty() || news.skipped() > 0) {
        out.write(event(news, now));
        quiet = 0;
      } else if (++quiet % LOOKS_A_HEARTBEAT == 0) {
        out.write(": nothing new\n\n");
      }
      read = !out.checkError(); // flushes; the reader may have gone
    }
  }

  /** Its id is the time up to which all lines can be found by now. */
  private String event(LogTail.News news, Instant now) {
    var data =
        new SignalApi.LogTail(
            news.lines().stream().map(LogController::line).toList(), news.skipped());
    return "id: "
        + now.minus(LogStore.VISIBLE_WITHIN)
        + "\nevent: lines\ndata: "
        + json.writeValueAsString(data)
        + "\n\n";
  }

  @Override
  public void start() {
    running = true;
  }

  /** Readers are let go before the server waits for open requests. */
  @Override
  public void stop() {
    stopping.countDown();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
