package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A bundle in a zip. Entries are read in place. */
record ZipArchive(Path path, ImportLimits limits) implements BundleSource {

  private static final int END_RECORD = 0x06054b50;
  private static final int END_RECORD_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final int DIRECTORY_OFFSET = 16;

  /** An entry of the directory has 46 bytes, its name and what packers like to add. */
  private static final int BYTES_PER_ENTRY = 512;

  private record Entry(String name, ZipArchiveEntry entry) {}

  @Override
  public String name() {
    return TarArchive.stem(path);
  }

  @Override
  public long packedBytes() throws IOException {
    return Files.size(path);
  }

  @Override
  public Located manifest(int limit, Budget budget) throws IOException {
    try (ZipFile zip = open()) {
      Entry manifest = manifestOf(entries(zip));
      try (InputStream in = content(zip, manifest.entry, budget)) {
        return new Located(
            EntryNames.folderOf(manifest.name), Documents.bytes(in, Manifest.FILE, limit));
      }
    }
  }

  @Override
  public void files(String folder, Budget budget, Visitor visitor) throws IOException {
    try (ZipFile zip = open()) {
      List<Entry> entries = entries(zip);
      for (String known : KnownFiles.all()) {
        Optional<Entry> found =
            entries.stream().filter(entry -> entry.name.equals(folder + known)).findFirst();
        if (found.isPresent()) {
          try (InputStream in = content(zip, found.get().entry, budget)) {
            visitor.file(known, in);
          }
        }
      }
    }
  }

  private ZipFile open() throws IOException {
    checkDirectory();
    try {
      return ZipFile.builder().setPath(path).get();
    } catch (IOException | RuntimeException e) {
      throw ArchiveStream.damaged(path.toString(), e);
    }
  }

  /**
   * Looks at the size of the archive's directory before it is read into memory: the end record, the
   * last one in the file, says where the directory begins.
   */
  private void checkDirectory() throws IOException {
    try (var file = FileChannel.open(path)) {
      int tail = (int) Math.min(file.size(), END_RECORD_BYTES + MAX_COMMENT_BYTES);
      var buffer = ByteBuffer.allocate(tail).order(ByteOrder.LITTLE_ENDIAN);
      long tailStart = file.size() - tail;
      while (buffer.hasRemaining() && file.read(buffer, tailStart + buffer.position()) >= 0) {}
      for (int at = buffer.position() - END_RECORD_BYTES; at >= 0; at--) {
        if (buffer.getInt(at) == END_RECORD) {
          long begin = Integer.toUnsignedLong(buffer.getInt(at + DIRECTORY_OFFSET));
          checkDirectory(tailStart + at - begin);
          return;
        }
      }
    }
    throw ArchiveStream.damaged(
        path.toString(), new IOException("it ends early: its directory is missing"));
  }

  private void checkDirectory(long bytes) throws BundleException {
    if (bytes < 0) {
      throw ArchiveStream.damaged(
          path.toString(), new IOException("its directory lies outside the file"));
    }
    if (bytes > (long) limits.maxEntries() * BYTES_PER_ENTRY) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          path.toString(),
          "cannot read "
              + path
              + ": its directory has "
              + bytes
              + " bytes, enough for more than "
              + limits.maxEntries()
              + " entries; pack only the files of one bundle");
    }
  }

  private List<Entry> entries(ZipFile zip) throws BundleException {
    var names = new EntryNames(path.toString(), limits.maxEntries());
    var entries = new ArrayList<Entry>();
    for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
      ZipArchiveEntry entry = all.nextElement();
      int type = entry.getUnixMode() & 0170000;
      boolean regular = type == 0 || type == 0100000 || type == 0040000;
      String name = names.check(entry.getName(), regular, entry.isDirectory());
      if (!entry.isDirectory()) {
        checkDeclaredSize(entry);
        entries.add(new Entry(name, entry));
      }
    }
    return entries;
  }

  /** What the directory admits need not be unpacked first; what it hides is counted later. */
  private void checkDeclaredSize(ZipArchiveEntry entry) throws BundleException {
    if (entry.getSize() > limits.maxUncompressedBytes()) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          entry.getName(),
          "cannot unpack "
              + entry.getName()
              + ": it has "
              + entry.getSize()
              + " bytes, limit "
              + limits.maxUncompressedBytes()
              + "; narrow the window of the bundle or raise the limit");
    }
  }

  private Entry manifestOf(List<Entry> entries) throws BundleException {
    List<Entry> found =
        entries.stream().filter(entry -> EntryNames.isManifest(entry.name)).toList();
    if (found.isEmpty()) {
      throw Folder.manifestMissing(path.toString());
    }
    if (found.size() > 1) {
      throw TarArchive.severalBundles(path.toString());
    }
    return found.getFirst();
  }

  private InputStream content(ZipFile zip, ZipArchiveEntry entry, Budget budget)
      throws IOException {
    if (!zip.canReadEntryData(entry)) {
      throw new BundleException(
          Reason.DAMAGED_ARCHIVE,
          entry.getName(),
          "cannot unpack "
              + entry.getName()
              + " of "
              + path
              + ": it is encrypted or packed by an unknown method; pack it without a password");
    }
    try {
      return budget.counted(
          new ArchiveStream(zip.getInputStream(entry), path.toString()), entry.getName());
    } catch (IOException | RuntimeException e) {
      throw ArchiveStream.damaged(path.toString(), e);
    }
  }
}
