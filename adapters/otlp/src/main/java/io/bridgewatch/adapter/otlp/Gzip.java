package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.UnreadableMessageException;
import io.bridgewatch.telemetry.UnreadableMessageException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks bodies, up to a bound. */
final class Gzip {

  private Gzip() {}

  static byte[] unpacked(byte[] packed, int maxBytes) throws UnreadableMessageException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] unpacked = in.readNBytes(maxBytes + 1);
      if (unpacked.length > maxBytes) {
        throw new UnreadableMessageException(
            Reason.TOO_LARGE,
            "cannot unpack a message of "
                + packed.length
                + " bytes: it has more than the limit of "
                + maxBytes
                + "; send smaller batches",
            null);
      }
      return unpacked;
    } catch (IOException e) {
      throw new UnreadableMessageException(
          Reason.BROKEN, "cannot unpack a body as gzip: " + e.getMessage(), e);
    }
  }
}
