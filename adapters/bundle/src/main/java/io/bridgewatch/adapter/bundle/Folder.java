package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bundle that lies unpacked in a folder. */
record Folder(Path path) implements BundleSource {

  @Override
  public String name() {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "bundle" : last.toString();
  }

  @Override
  public long packedBytes() throws IOException {
    long bytes = 0;
    for (String name : KnownFiles.all()) {
      Path file = path.resolve(name);
      if (Files.isRegularFile(file)) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  @Override
  public Located manifest(int limit, Budget budget) throws IOException {
    Path file = path.resolve(Manifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw manifestMissing(path.toString());
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new Located("", Documents.bytes(in, Manifest.FILE, limit));
    }
  }

  static BundleException manifestMissing(String where) {
    return new BundleException(
        Reason.MANIFEST_MISSING,
        Manifest.FILE,
        "cannot import "
            + where
            + ": it holds no "
            + Manifest.FILE
            + "; add one with format \""
            + Manifest.FORMAT
            + "\" and a window");
  }

  @Override
  public void files(String folder, Budget budget, Visitor visitor) throws IOException {
    for (String name : KnownFiles.all()) {
      Path file = path.resolve(name);
      if (Files.isRegularFile(file)) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
          visitor.file(name, in);
        }
      }
    }
  }
}
