package io.bridgewatch.engine;

import io.bridgewatch.engine.masking.Masking;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of a transaction's serial number, and therefore what to look for: the number itself,
 * or, where masking would hide something of it because it looks like a card or a phone number, a
 * digest that only the same number gives (HMAC-SHA-256, 80 bits). So every number is found, and
 * none shows what nobody may see. Safe for use by several threads.
 */
public final class SerialNumbers {

  private static final String ALGORITHM = "HmacSHA256";

  /** Before digests; what follows are letters, in which masking finds nothing. */
  private static final String DIGEST = "digest-";

  private static final int DIGEST_BYTES = 10;

  private final Masking masking;
  private final SecretKeySpec key;

  /**
   * @param key kept secret, and the same after a restart: who has it can try out numbers
   */
  public SerialNumbers(Masking masking, String key) {
    this.masking = masking;
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The number or its digest; a digest comes back as it is. */
  public String shown(String serial) {
    String number = serial.strip();
    return masking.mask(number).equals(number) ? number : DIGEST + digest(number);
  }

  private String digest(String number) {
    byte[] bytes;
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      bytes = mac.doFinal(number.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
    var letters = new StringBuilder();
    for (int i = 0; i < DIGEST_BYTES; i++) {
      letters.append((char) ('a' + (bytes[i] >> 4 & 15))).append((char) ('a' + (bytes[i] & 15)));
    }
    return letters.toString();
  }
}
