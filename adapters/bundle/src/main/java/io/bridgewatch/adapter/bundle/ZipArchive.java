package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.IOException;
import java.io.InputStream;
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
    try {
      return ZipFile.builder().setPath(path).get();
    } catch (IOException | IllegalArgumentException e) {
      throw ArchiveStream.damaged(path.toString(), e);
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
        entries.add(new Entry(name, entry));
      }
    }
    return entries;
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
    return budget.counted(
        new ArchiveStream(zip.getInputStream(entry), path.toString()), entry.getName());
  }
}
