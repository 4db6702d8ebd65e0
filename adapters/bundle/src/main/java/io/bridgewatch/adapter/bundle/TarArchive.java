package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
        var headers = new HeaderGuard(unpacked, path.toString());
        var tar = new TarArchiveInputStream(headers)) {
      while (true) {
        headers.expectHeader();
        TarArchiveEntry entry = next(tar);
        headers.expectContent();
        if (entry == null) {
          return;
        }
        String name = names.check(entry.getName(), isPlain(entry), entry.isDirectory());
        if (!entry.isDirectory()) {
          var content = new ArchiveStream(tar, path.toString());
          step.entry(name, content);
          content.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    return !entry.isSymbolicLink()
        && !entry.isLink()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()
        && !entry.isFIFO()
        && !entry.isSparse();
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

  /**
   * Keeps the library from gathering a header without end in memory: long names and extended
   * headers are read whole.
   */
  private static final class HeaderGuard extends FilterInputStream {

    private static final long MAX_HEADER_BYTES = 4 << 20;

    private final String archive;
    private long left = Long.MAX_VALUE;

    private HeaderGuard(InputStream in, String archive) {
      super(in);
      this.archive = archive;
    }

    private void expectHeader() {
      left = MAX_HEADER_BYTES;
    }

    private void expectContent() {
      left = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
      take(1);
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = in.read(into, offset, length);
      take(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
      long skipped = in.skip(wanted);
      take(skipped);
      return skipped;
    }

    private void take(long bytes) throws BundleException {
      left -= bytes;
      if (left < 0) {
        throw new BundleException(
            Reason.LIMIT_EXCEEDED,
            archive,
            "cannot read "
                + archive
                + ": the header of an entry is longer than "
                + MAX_HEADER_BYTES
                + " bytes, as only a damaged or hostile archive has");
      }
    }
  }
}
