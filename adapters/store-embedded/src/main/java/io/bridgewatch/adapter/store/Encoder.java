package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Relation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values into bytes, for {@link Decoder} to read back.
 *
 * <p>Numbers are variable in length (LEB128). A text is written once and referred to by number from
 * then on, and so are references and the sets of names that attributes have: most entities of a
 * cluster share theirs.
 */
final class Encoder {

  private static final int FIRST_SIZE = 1 << 10;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;
  private final Map<String, Integer> texts = new HashMap<>();
  private final Map<List<String>, Integer> shapes = new HashMap<>();
  private final Map<EntityRef, Integer> refs = new HashMap<>();

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /**
   * What was written since the last piece, if it is at least so much; what is written from then on
   * may still refer to it.
   */
  List<byte[]> piece(int least) {
    if (length < Math.max(1, least)) {
      return List.of();
    }
    byte[] piece = bytes();
    length = 0;
    return List.of(piece);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  Encoder octet(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  Encoder unsigned(long value) {
    reserve(10);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[length++] = (byte) (left & 0x7F | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
    return this;
  }

  Encoder signed(long value) {
    return unsigned(value << 1 ^ value >> 63);
  }

  Encoder real(double value) {
    reserve(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      bytes[length++] = (byte) (bits >>> 8 * i);
    }
    return this;
  }

  Encoder flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  /** By number where it was written before. */
  Encoder text(String text) {
    Integer known = texts.putIfAbsent(text, texts.size() + 1);
    return known == null ? octet(0).plain(text) : unsigned(known);
  }

  /** In full, whether or not it was written before. */
  Encoder plain(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  Encoder time(Instant time) {
    return signed(time.getEpochSecond()).unsigned(time.getNano());
  }

  Encoder time(Optional<Instant> time) {
    flag(time.isPresent());
    time.ifPresent(this::time);
    return this;
  }

  Encoder attributes(Attributes attributes) {
    Map<String, String> map = attributes.asMap();
    var names = new ArrayList<String>(map.size());
    map.forEach((name, value) -> names.add(name));
    Integer known = shapes.putIfAbsent(names, shapes.size() + 1);
    if (known == null) {
      octet(0).unsigned(names.size());
      names.forEach(this::text);
    } else {
      unsigned(known);
    }
    map.forEach((name, value) -> text(value));
    return this;
  }

  Encoder ref(EntityRef ref) {
    Integer known = refs.putIfAbsent(ref, refs.size() + 1);
    return known == null
        ? octet(0).text(ref.type().name()).attributes(ref.identity())
        : unsigned(known);
  }

  Encoder health(Health health) {
    if (health.equals(Health.unknown())) {
      return octet(0);
    }
    return octet(1)
        .text(health.state().name())
        .text(health.reason())
        .text(health.message())
        .time(health.since());
  }

  Encoder entity(Entity entity) {
    return ref(entity.ref()).attributes(entity.attributes()).health(entity.health());
  }

  Encoder relation(Relation relation) {
    return ref(relation.from()).text(relation.type().name()).ref(relation.to());
  }
}
