package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not be read from the data directory's files alone: AES-256 in Galois/Counter
 * mode (NIST SP 800-38D), a fresh nonce for each text, bound to what the text belongs to. The key
 * lies in a file of its own that only its owner can read, so that it can be kept apart.
 */
final class Seal {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int VERSION = 1;

  private final Path file;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private Seal(Path file, byte[] key) {
    this.file = file;
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * The key in that file, which is made if there is none.
   *
   * @throws StoreException if the file cannot be used or holds no key
   */
  static Seal open(Path file) {
    try {
      if (!Files.exists(file)) {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        EmbeddedStore.createPrivateFile(file);
        Files.write(file, key);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new StoreException(
            "cannot use key file "
                + file
                + ": it has "
                + key.length
                + " bytes, wanted "
                + KEY_BYTES
                + "; restore it from a backup");
      }
      return new Seal(file, key);
    } catch (IOException e) {
      throw new StoreException("cannot use key file " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * @param belongsTo without which it cannot be opened
   */
  byte[] close(String text, String belongsTo) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, belongsTo)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put((byte) VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new StoreException("cannot encrypt the credential of " + belongsTo, e);
    }
  }

  String open(byte[] sealed, String belongsTo) {
    if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
      throw new StoreException("cannot read the credential of " + belongsTo + ": it is damaged");
    }
    try {
      byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, nonce, belongsTo)
              .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new StoreException(
          "cannot read the credential of "
              + belongsTo
              + ": it was not encrypted with the key in "
              + file
              + "; restore that file from the backup made with this data directory,"
              + " or register the cluster again",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String belongsTo) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(belongsTo.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
