package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A bundle in a tar.gz. It is read twice, first for its manifest and to look at every entry, then
 * for its files; nothing of it is held or unpacked in between.
 */
record TarArchive(Path path, ImportLimits limits) implements BundleSource {

  /** Takes one entry of the archive. */
  private interface Step {
    void entry(String name, InputStream content) throws IOException;
  }

  @Override
  public String name() {
    return stem(path);
  }

  /** The file's name less the endings of archives. */
  static String stem(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "bundle" : last.toString();
    String stem = name.replaceFirst("(?i)\\.(zip|tgz|tar\\.gz|tar)$", "");
    return stem.isEmpty() ? name : stem;
  }

  @Override
  public long packedBytes() throws IOException {
    return Files.size(path);
  }

  @Override
  public Located manifest(int limit, Budget budget) throws IOException {
    var found = new AtomicReference<@Nullable Located>();
    walk(
        budget,
        (name, content) -> {
          if (EntryNames.isManifest(name)) {
            if (found.get() != null) {
              throw severalBundles(path.toString());
            }
            found.set(
                new Located(
                    EntryNames.folderOf(name), Documents.bytes(content, Manifest.FILE, limit)));
          }
        });
    return Optional.ofNullable(found.get())
        .orElseThrow(() -> Folder.manifestMissing(path.toString()));
  }

  static BundleException severalBundles(String archive) {
    return new BundleException(
        Reason.DUPLICATE_ENTRY,
        Manifest.FILE,
        "cannot read "
            + archive
            + ": it holds more than one "
            + Manifest.FILE
            + "; pack one bundle into one archive");
  }

  @Override
  public void files(String folder, Budget budget, Visitor visitor) throws IOException {
    walk(
        budget,
        (name, content) -> {
          if (name.startsWith(folder) && KnownFiles.contains(name.substring(folder.length()))) {
            visitor.file(name.substring(folder.length()), content);
          }
        });
  }

  private void walk(Budget budget, Step step) throws IOException {
    var names = new EntryNames(path.toString(), limits.maxEntries());
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        InputStream unpacked = unpacked(file, budget);
        var tar = new TarArchiveInputStream(unpacked)) {
      while (true) {
        TarArchiveEntry entry = next(tar);
        if (entry == null) {
          return;
        }
        boolean regular = (entry.isFile() || entry.isDirectory()) && !entry.isLink();
        boolean plain = regular && !entry.isSymbolicLink() && !entry.isSparse();
        String name = names.check(entry.getName(), plain, entry.isDirectory());
        if (!entry.isDirectory()) {
          step.entry(name, new ArchiveStream(tar, path.toString()));
        }
      }
    }
  }

  private InputStream unpacked(InputStream file, Budget budget) throws IOException {
    try {
      var gzip =
          GzipCompressorInputStream.builder()
              .setInputStream(file)
              .setDecompressConcatenated(true)
              .get();
      return budget.counted(
          new BufferedInputStream(new ArchiveStream(gzip, path.toString()), 1 << 16),
          path.toString());
    } catch (IOException e) {
      throw ArchiveStream.damaged(path.toString(), e);
    }
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IOException | RuntimeException e) {
      throw ArchiveStream.damaged(path.toString(), e);
    }
  }
}
