package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.Attributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Ids from what items say: the beginning of a SHA-256 over their parts, each with its length, so
 * that no two lists of parts look alike. For one thread.
 */
final class ContentIds {

  private final MessageDigest digest = sha256();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  ContentIds add(long value) {
    digest.update(number.putLong(0, value).array());
    return this;
  }

  ContentIds add(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  ContentIds add(Attributes attributes) {
    add(attributes.size());
    for (int i = 0; i < attributes.size(); i++) {
      add(attributes.name(i)).add(attributes.value(i));
    }
    return this;
  }

  /** The id of what was added since the last; 120 bits, so that none is met twice by chance. */
  String next() {
    return text(ByteBuffer.wrap(digest.digest(), 0, 15));
  }

  /**
   * The same behind a time: what is written together has ids that begin alike, which keeps the
   * cluster's look-ups of them short.
   */
  String next(long nanos) {
    return text(
        ByteBuffer.allocate(Long.BYTES + 13).putLong(nanos).put(digest.digest(), 0, 13).flip());
  }

  private static String text(ByteBuffer bytes) {
    var some = new byte[bytes.remaining()];
    bytes.get(some);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
  }
}
