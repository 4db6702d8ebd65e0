package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of an archive whose faults are the archive's, not those of the file inside it. */
final class ArchiveStream extends FilterInputStream {

  private final String archive;

  ArchiveStream(InputStream in, String archive) {
    super(in);
    this.archive = archive;
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException | RuntimeException e) {
      throw damaged(archive, e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return in.read(into, offset, length);
    } catch (IOException | RuntimeException e) {
      throw damaged(archive, e);
    }
  }

  @Override
  public long skip(long wanted) throws IOException {
    try {
      return in.skip(wanted);
    } catch (IOException | RuntimeException e) {
      throw damaged(archive, e);
    }
  }

  /** The refusal of a damaged archive; a refusal that passed through the stream stays as it is. */
  static BundleException damaged(String archive, Exception cause) {
    if (cause instanceof BundleException refused) {
      return refused;
    }
    return new BundleException(
        Reason.DAMAGED_ARCHIVE,
        archive,
        "cannot read the archive "
            + archive
            + ": "
            + (cause.getMessage() == null ? "it ends early" : cause.getMessage())
            + "; copy or pack it again",
        cause);
  }
}
