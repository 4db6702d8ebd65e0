package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.IOException;
import java.io.InputStream;

/** Reads files that have to be taken whole. */
final class Documents {

  private Documents() {}

  static byte[] bytes(InputStream in, String file, int limit) throws IOException {
    byte[] bytes = in.readNBytes(limit);
    if (bytes.length == limit && in.read() >= 0) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          file,
          "cannot read " + file + ": it is longer than " + limit + " bytes; split or shorten it");
    }
    return bytes;
  }
}
