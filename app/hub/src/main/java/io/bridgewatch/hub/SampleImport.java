package io.bridgewatch.hub;

import io.bridgewatch.ports.ImportJob;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Imports the sample recording at start, the same way an upload goes.
 *
 * <p>A folder is packed first: entries in the order of their names with one fixed time, so the same
 * folder always has the same digest and is imported once.
 */
@Component
final class SampleImport {

  private static final Logger LOG = LoggerFactory.getLogger(SampleImport.class);
  private static final LocalDateTime PACKED_AT = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final String USER = "bridgewatch";

  private final HubOptions options;
  private final ImportQueue queue;
  private volatile @Nullable String job;

  SampleImport(HubOptions options, ImportQueue queue) {
    this.options = options;
    this.queue = queue;
  }

  /** Queues the import that the options ask for. */
  void start() {
    try {
      switch (options.sample()) {
        case HubOptions.Sample.None none -> {}
        case HubOptions.Sample.At at -> submit(at.path());
        case HubOptions.Sample.BuiltIn builtIn -> submitBuiltIn();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot import the sample recording: {}", e.getMessage(), e);
    }
  }

  private void submitBuiltIn() throws IOException {
    var samples = SampleImport.class.getResource("/samples");
    if (samples == null) {
      LOG.warn("this hub was built without a sample recording; name one with --sample=PATH");
      return;
    }
    try {
      var place = samples.toURI();
      if (place.getScheme().equals("jar")) {
        openArchive(place);
      }
      for (Path bundle : bundles(Path.of(place))) {
        submit(bundle);
      }
    } catch (URISyntaxException e) {
      throw new IOException("the sample recording lies at no readable place: " + samples, e);
    }
  }

  /** Makes what lies in a jar readable as paths, for as long as the process runs. */
  private static void openArchive(URI place) throws IOException {
    try {
      FileSystems.newFileSystem(place, Map.of());
    } catch (FileSystemAlreadyExistsException e) {
      // that is what was wanted
    }
  }

  private static List<Path> bundles(Path samples) throws IOException {
    try (var found = Files.list(samples)) {
      return found.filter(p -> Files.exists(p.resolve("bundle.json"))).sorted().toList();
    }
  }

  private void submit(Path recording) throws IOException {
    var copy = Files.createTempFile(options.dataDir().resolve("uploads"), "sample", "");
    var name = String.valueOf(recording.getFileName()).replace("/", "");
    try (var place = queue.reserve()) {
      if (Files.isDirectory(recording)) {
        pack(recording, copy);
        name += ".zip";
      } else {
        try (OutputStream out = Files.newOutputStream(copy)) {
          Files.copy(recording, out);
        }
      }
      var submitted = place.submit(copy, name, USER, "local");
      if (job == null) {
        job = submitted;
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  static void pack(Path folder, Path archive) throws IOException {
    try (var files = Files.walk(folder);
        var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        var entry =
            new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/'));
        entry.setTimeLocal(PACKED_AT);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }

  /** The incident that a demonstration opens on; empty until it is imported. */
  Optional<String> incident() {
    return Optional.ofNullable(job)
        .flatMap(queue::find)
        .map(ImportJob::incidents)
        .flatMap(found -> found.stream().findFirst());
  }
}
