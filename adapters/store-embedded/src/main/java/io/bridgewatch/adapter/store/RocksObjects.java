package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.StoreException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last versions of objects, by cluster, kind, namespace and name. */
final class RocksObjects implements ObjectStore {

  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int INTEGER = 3;
  private static final int LONG = 4;
  private static final int DOUBLE = 5;
  private static final int BIG_INTEGER = 6;
  private static final int BIG_DECIMAL = 7;
  private static final int TEXT = 8;
  private static final int LIST = 9;
  private static final int MAP = 10;

  private final HistoryDb db;

  RocksObjects(HistoryDb db) {
    this.db = db;
  }

  @Override
  public void apply(String cluster, List<Edit> edits) {
    try (var batch = db.batch()) {
      for (Edit edit : edits) {
        switch (edit) {
          case Edit.Put(ObjectKind kind, KubernetesObject object) ->
              batch.put(
                  Family.OBJECTS,
                  key(cluster, kind.resource(), object.namespace(), object.name()),
                  encoded(kind, object));
          case Edit.Remove(ObjectKind kind, String namespace, String name) ->
              batch.delete(Family.OBJECTS, key(cluster, kind.resource(), namespace, name));
        }
      }
      batch.commit();
    }
  }

  private static byte[] key(String cluster, String resource, String namespace, String name) {
    return Keys.text(cluster, resource, namespace, name);
  }

  @Override
  public Optional<KubernetesObject> find(
      String cluster, String resource, String namespace, String name) {
    return db.get(Family.OBJECTS, key(cluster, resource, namespace, name))
        .map(
            bytes -> {
              var decoder = new Decoder(bytes);
              kind(decoder);
              return object(decoder);
            });
  }

  @Override
  public void forEach(String cluster, BiConsumer<ObjectKind, KubernetesObject> action) {
    byte[] prefix = Keys.text(cluster);
    try (var cursor = db.from(Family.OBJECTS, prefix, Keys.after(prefix))) {
      for (; cursor.isValid(); cursor.next()) {
        var decoder = new Decoder(cursor.value());
        action.accept(kind(decoder), object(decoder));
      }
    }
  }

  @Override
  public void forEach(String cluster, String resource, Consumer<KubernetesObject> action) {
    byte[] prefix = Keys.text(cluster, resource);
    try (var cursor = db.from(Family.OBJECTS, prefix, Keys.after(prefix))) {
      for (; cursor.isValid(); cursor.next()) {
        var decoder = new Decoder(cursor.value());
        kind(decoder);
        action.accept(object(decoder));
      }
    }
  }

  @Override
  public void clear(String cluster) {
    byte[] prefix = Keys.text(cluster);
    try (var batch = db.batch()) {
      batch.deleteRange(Family.OBJECTS, prefix, Keys.after(prefix));
      batch.commit();
    }
  }

  private static byte[] encoded(ObjectKind kind, KubernetesObject object) {
    var encoder = new Encoder();
    encoder.plain(kind.group()).plain(kind.version()).plain(kind.plural()).plain(kind.kind());
    encoder.flag(kind.namespaced());
    value(encoder, object.tree());
    return encoder.bytes();
  }

  private static ObjectKind kind(Decoder decoder) {
    return new ObjectKind(
        decoder.plain(), decoder.plain(), decoder.plain(), decoder.plain(), decoder.flag());
  }

  private static KubernetesObject object(Decoder decoder) {
    if (value(decoder) instanceof Map<?, ?> map) {
      var tree = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((name, value) -> tree.put(String.valueOf(name), value));
      return KubernetesObject.of(tree);
    }
    throw new StoreException("cannot read an object of the history: it is no object");
  }

  private static void value(Encoder to, @Nullable Object value) {
    switch (value) {
      case null -> to.octet(NULL);
      case Boolean truth -> to.octet(truth ? TRUE : FALSE);
      case Integer number -> to.octet(INTEGER).signed(number);
      case Long number -> to.octet(LONG).signed(number);
      case Double number -> to.octet(DOUBLE).real(number);
      case BigInteger number -> to.octet(BIG_INTEGER).plain(number.toString());
      case BigDecimal number -> to.octet(BIG_DECIMAL).plain(number.toString());
      case String text -> to.octet(TEXT).text(text);
      case List<?> list -> {
        to.octet(LIST).unsigned(list.size());
        list.forEach(item -> value(to, item));
      }
      case Map<?, ?> map -> {
        to.octet(MAP).unsigned(map.size());
        map.forEach(
            (name, item) -> {
              to.text(String.valueOf(name));
              value(to, item);
            });
      }
      default -> to.octet(TEXT).text(value.toString());
    }
  }

  private static @Nullable Object value(Decoder from) {
    int kind = from.octet();
    return switch (kind) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case INTEGER -> (int) from.signed();
      case LONG -> from.signed();
      case DOUBLE -> from.real();
      case BIG_INTEGER -> new BigInteger(from.plain());
      case BIG_DECIMAL -> new BigDecimal(from.plain());
      case TEXT -> from.text();
      case LIST -> {
        int size = from.count();
        var list = new ArrayList<@Nullable Object>(Math.min(size, 1_000));
        for (int i = 0; i < size; i++) {
          list.add(value(from));
        }
        yield list;
      }
      case MAP -> {
        int size = from.count();
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < size; i++) {
          map.put(from.text(), value(from));
        }
        yield map;
      }
      default ->
          throw new StoreException(
              "cannot read an object of the history: value of unknown kind " + kind);
    };
  }
}
