package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.ports.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@link Encoder} wrote. Bytes that cannot be such give a {@link StoreException}.
 *
 * <p>A long value may come in several pieces, which are read in turn: {@link #next}.
 */
final class Decoder {

  private byte[] bytes;
  private int at;
  private int lastRef;
  private final List<String> texts = new ArrayList<>();
  private final List<String[]> shapes = new ArrayList<>();
  private final List<EntityRef> refs = new ArrayList<>();
  private final Map<String, EntityType> types = new HashMap<>();
  private final Map<String, RelationType> relationTypes = new HashMap<>();
  private final Map<String, Health.State> states = new HashMap<>();

  Decoder(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Goes on with another piece; what was written in earlier ones may be referred to. */
  void next(byte[] piece) {
    bytes = piece;
    at = 0;
  }

  boolean isAtEnd() {
    return at >= bytes.length;
  }

  int octet() {
    if (at >= bytes.length) {
      throw damaged("ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw damaged("holds a number without end");
  }

  long signed() {
    long value = unsigned();
    return value >>> 1 ^ -(value & 1);
  }

  double real() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits |= (long) octet() << 8 * i;
    }
    return Double.longBitsToDouble(bits);
  }

  boolean flag() {
    return octet() != 0;
  }

  String text() {
    long number = unsigned();
    if (number == 0) {
      String text = plain();
      texts.add(text);
      return text;
    }
    return known(texts, number);
  }

  String plain() {
    int size = count();
    if (size > bytes.length - at) {
      throw damaged("ends too early");
    }
    String text = new String(bytes, at, size, StandardCharsets.UTF_8);
    at += size;
    return text;
  }

  int count() {
    long count = unsigned();
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw damaged("holds a count of " + count);
    }
    return (int) count;
  }

  private <T> T known(List<T> list, long number) {
    if (number < 0 || number > list.size()) {
      throw damaged("refers to value " + number + " of " + list.size());
    }
    return list.get((int) number - 1);
  }

  private static StoreException damaged(String how) {
    return new StoreException(
        "cannot read a record of the history: it " + how + "; the file may be damaged");
  }

  Instant time() {
    return Instant.ofEpochSecond(signed(), unsigned());
  }

  Optional<Instant> optionalTime() {
    return flag() ? Optional.of(time()) : Optional.empty();
  }

  Attributes attributes() {
    long number = unsigned();
    String[] shape;
    if (number == 0) {
      shape = new String[count()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = text().intern(); // the same few for all, which are compared most
      }
      shapes.add(shape);
    } else {
      shape = known(shapes, number);
    }
    if (shape.length == 0) {
      return Attributes.none();
    }
    var pairs = new String[2 * shape.length];
    for (int i = 0; i < shape.length; i++) {
      pairs[2 * i] = shape[i];
      pairs[2 * i + 1] = text();
    }
    return Attributes.ofSorted(pairs);
  }

  /** Which reference the last one was, by the order in which they were first written. */
  int lastRef() {
    return lastRef;
  }

  EntityRef ref() {
    long number = unsigned();
    if (number != 0) {
      lastRef = (int) number - 1;
      return known(refs, number);
    }
    int place = refs.size();
    lastRef = place;
    EntityType type = types.computeIfAbsent(text(), Decoder::entityType);
    EntityRef ref = new EntityRef(type, attributes());
    refs.add(place, ref);
    return ref;
  }

  private static EntityType entityType(String name) {
    try {
      return EntityType.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw newer("entity type " + name);
    }
  }

  private static StoreException newer(String what) {
    return new StoreException(
        "cannot read a record of the history: it has the unknown "
            + what
            + "; a newer release wrote it, start that one");
  }

  Health health() {
    if (octet() == 0) {
      return Health.unknown();
    }
    Health.State state =
        states.computeIfAbsent(
            text(),
            name -> {
              try {
                return Health.State.valueOf(name);
              } catch (IllegalArgumentException e) {
                throw newer("health " + name);
              }
            });
    return Health.of(state, text(), text(), optionalTime());
  }

  Entity entity() {
    return new Entity(ref(), attributes(), health());
  }

  Relation relation() {
    EntityRef from = ref();
    RelationType type =
        relationTypes.computeIfAbsent(
            text(),
            name -> {
              try {
                return RelationType.valueOf(name);
              } catch (IllegalArgumentException e) {
                throw newer("relation " + name);
              }
            });
    return new Relation(from, type, ref());
  }
}
