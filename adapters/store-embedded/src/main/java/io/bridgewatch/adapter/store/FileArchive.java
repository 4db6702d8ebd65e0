package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.BundleArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recordings as files named by their digest, in one flat directory. */
final class FileArchive implements BundleArchive {

  private static final List<String> ENDINGS = List.of(".tar.gz", ".tgz", ".zip");
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})(\\.tar\\.gz|\\.zip|\\.bin)");
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path directory;
  private final ReentrantLock turn = new ReentrantLock();

  private FileArchive(Path directory) {
    this.directory = directory;
  }

  static FileArchive open(Path directory) throws IOException {
    EmbeddedStore.createPrivate(directory);
    return new FileArchive(directory);
  }

  @Override
  public Kept keep(Path file, String name) throws IOException {
    var digest = digest(file);
    long sizeBytes = Files.size(file);
    turn.lock();
    try {
      var present = find(digest);
      if (present.isPresent()) {
        Files.delete(file);
        return new Kept(digest, present.get(), sizeBytes, false);
      }
      var place = directory.resolve(digest + ending(name));
      force(file);
      Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
      return new Kept(digest, place, sizeBytes, true);
    } finally {
      turn.unlock();
    }
  }

  private static String ending(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream()
        .filter(lower::endsWith)
        .findFirst()
        .map(ending -> ending.equals(".tgz") ? ".tar.gz" : ending)
        .orElse(".bin");
  }

  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static String digest(Path file) throws IOException {
    var sha256 = SqliteAudit.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      var buffer = new byte[BUFFER_BYTES];
      int read;
      while ((read = in.read(buffer)) > 0) {
        sha256.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  @Override
  public Optional<Path> find(String digest) {
    return List.of(".tar.gz", ".zip", ".bin").stream()
        .map(ending -> digest + ending)
        .filter(name -> NAME.matcher(name).matches())
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  @Override
  public void remove(String digest) throws IOException {
    turn.lock();
    try {
      var found = find(digest);
      if (found.isPresent()) {
        Files.deleteIfExists(found.get());
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public List<String> digests() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> NAME.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .sorted()
          .toList();
    }
  }
}
