package io.bridgewatch.hub;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Imports that wait, and the one worker that runs them in their order.
 *
 * <p>Capacity: {@code bridgewatch.imports.queue} recordings being uploaded, waiting or running.
 * When full, a further one is refused ({@code ImportQueueFull}) before its upload is read, and
 * counted in the log. Imports that a stop or a kill cut short are marked {@code Interrupted} at the
 * next start; nothing of them stays.
 */
@Component
final class ImportQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ImportQueue.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(4);

  private final ImportStore jobs;
  private final KeptRecordings recordings;
  private final BundleImport work;
  private final Audit audit;
  private final InstantSource clock;
  private final int capacity;
  private final Semaphore places;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(); // bounded by places
  private final Thread worker;
  private volatile boolean stopping;

  /** Guards the fields below. */
  private final Object turn = new Object();

  private final Set<String> cancelled = new HashSet<>();
  private @Nullable String running;
  private long refused;

  ImportQueue(
      ImportStore jobs,
      KeptRecordings recordings,
      BundleImport work,
      Audit audit,
      InstantSource clock,
      HubSettings settings) {
    this.jobs = jobs;
    this.recordings = recordings;
    this.work = work;
    this.audit = audit;
    this.clock = clock;
    this.capacity = settings.imports().queue();
    this.places = new Semaphore(capacity);
    this.worker = Thread.ofPlatform().name("import").unstarted(this::run);
  }

  /** Clears what an earlier process left behind and begins to work. */
  void start() {
    for (ImportJob job : jobs.unfinished()) {
      fail(job, "Interrupted", "the hub was stopped while it imported; import it again");
    }
    recordings.removeOrphans();
    worker.start();
  }

  /** A place in the queue; to be closed whether or not it was used. */
  final class Place implements AutoCloseable {
    private boolean used;

    /**
     * Takes a file over and queues it.
     *
     * @return id of the job
     */
    String submit(Path file, String name, String user, String address) throws IOException {
      synchronized (turn) {
        var id = UUID.randomUUID().toString();
        recordings.keep(
            file,
            name,
            kept -> {
              jobs.save(ImportJob.queued(id, kept.digest(), name, user, address, clock.instant()));
              return id;
            });
        used = true;
        waiting.add(id);
        return id;
      }
    }

    @Override
    public void close() {
      if (!used) {
        places.release();
      }
    }
  }

  /**
   * @throws HubProblem if the queue is full
   */
  Place reserve() {
    if (places.tryAcquire()) {
      return new Place();
    }
    synchronized (turn) {
      refused++;
      LOG.warn("import queue full, capacity {}, refused since start: {}", capacity, refused);
    }
    throw new HubProblem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "ImportQueueFull",
            "the import queue holds "
                + capacity
                + " recordings already; try again when one has been imported")
        .after(Duration.ofSeconds(10));
  }

  Optional<ImportJob> find(String id) {
    return jobs.find(id);
  }

  /**
   * Cancels a job: a waiting one at once, a running one at its next step.
   *
   * @return false if it had ended
   */
  boolean cancel(String id) {
    synchronized (turn) {
      if (waiting.remove(id)) {
        jobs.find(id).ifPresent(this::cancelled);
        places.release();
        return true;
      }
      if (id.equals(running)) {
        cancelled.add(id);
        worker.interrupt();
        return true;
      }
      return false;
    }
  }

  private void run() {
    while (!stopping) {
      try {
        var id = next();
        try {
          jobs.find(id).ifPresent(this::work);
        } finally {
          places.release();
        }
      } catch (InterruptedException e) {
        // by stop(), which the condition sees; or by a cancel that came late
      } catch (RuntimeException e) {
        LOG.error("an import was lost", e);
      }
    }
  }

  private String next() throws InterruptedException {
    while (true) {
      var id = waiting.take();
      synchronized (turn) {
        if (jobs.find(id).filter(job -> job.state() == ImportJob.State.QUEUED).isPresent()) {
          running = id;
          return id;
        }
      }
    }
  }

  private void work(ImportJob job) {
    var progress = new Progress(job);
    try {
      var file =
          recordings
              .find(job.archive())
              .orElseThrow(() -> new IOException("the kept recording is gone"));
      work.run(file, progress);
    } catch (Cancelled e) {
      cancelled(progress.job);
    } catch (Exception e) {
      if (stopping) {
        return; // the next start marks it
      }
      if (isCancelled(job)) {
        cancelled(progress.job);
      } else {
        fail(progress.job, BundleImport.reason(e), BundleImport.detail(e, job, recordings));
        LOG.info("import of {} failed", job.file(), e);
      }
    } catch (OutOfMemoryError | StackOverflowError e) {
      fail(
          progress.job,
          "OutOfMemory",
          "the recording does not fit in the memory of this hub; give it more with -Xmx or cut the"
              + " recording shorter");
    } finally {
      synchronized (turn) {
        running = null;
        cancelled.remove(job.id());
        Thread.interrupted(); // a cancel that came late is none for the next job
      }
    }
  }

  /** The job was cancelled while it ran. */
  private static final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Where the running job tells how far it is. */
  final class Progress {
    private ImportJob job;

    private Progress(ImportJob job) {
      this.job = job;
    }

    ImportJob job() {
      return job;
    }

    /** Begins a step, unless the job was cancelled. */
    void step(ImportJob.Step step, double progress) {
      check();
      job = job.running(step, progress);
      jobs.save(job);
    }

    void rejecting(List<Bundle.Rejection> rejections) {
      job = job.rejecting(rejections);
    }

    /** Stores what was found; from here on it cannot be cancelled. */
    void complete(ImportStore.Imported imported) {
      synchronized (turn) {
        check();
        var bundle = imported.bundle();
        jobs.complete(
            job.done(imported.incidents().stream().map(i -> i.head().id()).toList()),
            imported,
            audit.entry(
                job.user(),
                Action.BUNDLE_IMPORTED,
                job.address(),
                job.file()
                    + " as "
                    + bundle.name()
                    + ", sha256 "
                    + bundle.digest()
                    + ", incidents: "
                    + bundle.incidents()));
        running = null;
      }
    }

    private void check() {
      if (stopping || isCancelled(job)) {
        throw new Cancelled();
      }
    }
  }

  private boolean isCancelled(ImportJob job) {
    synchronized (turn) {
      return cancelled.contains(job.id());
    }
  }

  private void cancelled(ImportJob job) {
    if (stopping) {
      return; // the next start marks it
    }
    end(job.cancelled(), Action.BUNDLE_IMPORT_CANCELLED, job.file());
  }

  private void fail(ImportJob job, String reason, String detail) {
    end(job.failed(reason, detail), Action.BUNDLE_IMPORT_FAILED, job.file() + ": " + reason);
  }

  /** Whoever sees that a job has ended finds it audited and nothing of it left. */
  private void end(ImportJob ended, Action action, String note) {
    recordings.removeUnlessNeeded(ended);
    audit.note(ended.user(), action, ended.address(), note);
    synchronized (turn) {
      if (ended.id().equals(running)) {
        running = null;
      }
      jobs.save(ended);
    }
  }

  /** Ends the worker; a running import is interrupted. */
  @PreDestroy
  void stop() throws InterruptedException {
    stopping = true;
    worker.interrupt();
    worker.join(STOP_WAIT.toMillis());
  }
}
