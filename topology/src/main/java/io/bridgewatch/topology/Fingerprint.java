package io.bridgewatch.topology;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits that two trees share exactly when they are equal, but for one chance in 2^64: templates
 * are compared by them, so that old ones need not be kept. The order of a map's entries does not
 * count. Mixed by the finaliser of MurmurHash3 (Appleby, 2011).
 */
final class Fingerprint {

  private Fingerprint() {}

  static long of(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        long sum = 1;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          sum += mix(of(String.valueOf(entry.getKey())) * 31 + of(entry.getValue()));
        }
        yield mix(sum);
      }
      case List<?> list -> {
        long chain = 2;
        for (Object item : list) {
          chain = mix(chain * 31 + of(item));
        }
        yield chain;
      }
      case null -> 3;
      default -> ofText(String.valueOf(tree));
    };
  }

  private static long ofText(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  private static long mix(long bits) {
    long mixed = bits;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
