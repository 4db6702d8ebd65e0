package io.bridgewatch.hub;

import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.IncidentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The archive, kept in step with what is stored: an archived recording stays as long as it is
 * stored or an import waits for it. Whatever a killed process left is removed at the next start.
 */
@Component
final class KeptRecordings {

  private static final Logger LOG = LoggerFactory.getLogger(KeptRecordings.class);

  private final BundleArchive archive;
  private final IncidentStore incidents;
  private final ImportStore jobs;

  KeptRecordings(BundleArchive archive, IncidentStore incidents, ImportStore jobs) {
    this.archive = archive;
    this.incidents = incidents;
    this.jobs = jobs;
  }

  /**
   * Takes a file over.
   *
   * @param name what it was called
   * @param noted writes down who needs it; nobody takes it for a leftover meanwhile
   */
  synchronized <T> T keep(Path file, String name, Function<BundleArchive.Kept, T> noted)
      throws IOException {
    var kept = archive.keep(file, name);
    try {
      return noted.apply(kept);
    } catch (RuntimeException e) {
      removeUnlessNeeded(kept.digest());
      throw e;
    }
  }

  Optional<Path> find(String digest) {
    return archive.find(digest);
  }

  /** Removes what is neither stored nor waited for. */
  void removeUnlessNeeded(String digest) {
    removeUnlessNeeded(digest, job -> true);
  }

  /** Removes what an import that ends had, unless it is stored or another import waits for it. */
  void removeUnlessNeeded(ImportJob ended) {
    removeUnlessNeeded(ended.archive(), job -> !job.id().equals(ended.id()));
  }

  private synchronized void removeUnlessNeeded(String digest, Predicate<ImportJob> counts) {
    try {
      if (incidents.report(digest, "en").isEmpty()
          && jobs.unfinished().stream()
              .filter(counts)
              .noneMatch(job -> job.archive().equals(digest))) {
        archive.remove(digest);
      }
    } catch (IOException e) {
      LOG.warn("cannot remove recording {}", digest, e);
    }
  }

  /** Removes what an earlier process left. */
  void removeOrphans() {
    try {
      archive.digests().forEach(this::removeUnlessNeeded);
    } catch (IOException e) {
      LOG.warn("cannot list the kept recordings", e);
    }
  }
}
