package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts unpacked bytes of one bundle against {@link ImportLimits}, over all its files. */
final class Budget {

  /** A small archive may be packed as tightly as it likes. */
  private static final long RATIO_FROM_BYTES = 64L << 20;

  private final ImportLimits limits;
  private final long packedBytes;
  private long unpackedBytes;

  /**
   * @param packedBytes size of the archive, or of all files of a folder, as stored
   */
  Budget(ImportLimits limits, long packedBytes) {
    this.limits = limits;
    this.packedBytes = Math.max(1, packedBytes);
  }

  private void spend(long bytes, String file) throws BundleException {
    unpackedBytes += bytes;
    if (unpackedBytes > limits.maxUncompressedBytes()) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          file,
          "cannot unpack more than "
              + limits.maxUncompressedBytes()
              + " bytes, reached in "
              + file
              + "; narrow the window of the bundle or raise the limit");
    }
    if (isTooTight(packedBytes, unpackedBytes, limits)) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          file,
          "cannot unpack "
              + file
              + ": it grows to more than "
              + limits.maxRatio()
              + " times its packed size of "
              + packedBytes
              + " bytes, as only a damaged or hostile archive does");
    }
  }

  /** Whether so many bytes out of so few are more than an honest archive gives. */
  static boolean isTooTight(long packedBytes, long unpackedBytes, ImportLimits limits) {
    return unpackedBytes > RATIO_FROM_BYTES && unpackedBytes / packedBytes > limits.maxRatio();
  }

  /** The stream, with every byte read or skipped counted. */
  InputStream counted(InputStream in, String file) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int read = in.read();
        if (read >= 0) {
          spend(1, file);
        }
        return read;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        if (read > 0) {
          spend(read, file);
        }
        return read;
      }

      @Override
      public long skip(long wanted) throws IOException {
        long skipped = in.skip(wanted);
        spend(skipped, file);
        return skipped;
      }
    };
  }
}
