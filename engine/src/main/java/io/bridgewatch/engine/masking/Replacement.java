package io.bridgewatch.engine.masking;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What stands in place of something hidden, such as {@code [card *1111]}. */
final class Replacement {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGEST_BYTES = 8;

  private final MaskingSettings.Shown shown;

  Replacement(MaskingSettings.Shown shown) {
    this.shown = shown;
  }

  /**
   * @param kind empty where an expression of the settings found it
   */
  String of(Optional<SensitiveKind> kind, String value) {
    String name =
        kind.map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-')).orElse("masked");
    return switch (shown) {
      case MaskingSettings.Shown.Nothing nothing -> "[" + name + "]";
      case MaskingSettings.Shown.LastFour last -> {
        boolean none = kind.equals(Optional.of(SensitiveKind.SECRET)) || value.length() < 8;
        int at = kind.equals(Optional.of(SensitiveKind.EMAIL)) ? value.indexOf('@') : -1;
        String end = value.substring(at >= 0 ? at : Math.max(0, value.length() - 4));
        yield none ? "[" + name + "]" : "[" + name + " *" + end + "]";
      }
      case MaskingSettings.Shown.Digest digest ->
          "[" + name + " #" + digest(digest.key(), value) + "]";
    };
  }

  /** Of digits without separators, so that the same card is the same however it was written. */
  private static String digest(byte[] key, String value) {
    boolean number = value.chars().allMatch(c -> c == ' ' || c == '-' || c >= '0' && c <= '9');
    String same = number ? value.replace(" ", "").replace("-", "") : value;
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] bytes = mac.doFinal(same.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, DIGEST_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
