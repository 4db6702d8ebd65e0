package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What happened, newest first, with an index by entity.
 *
 * <p>Three keys a happening: its <em>place</em> (time falling, then id) holds it; its id tells the
 * place, so that a later version finds the earlier one; its entity and place make the index.
 */
final class RocksChronicle implements Chronicle {

  private static final int FORGET_AT_ONCE = 5_000;
  private static final String CURSOR = "h1:";

  private final HistoryDb db;

  RocksChronicle(HistoryDb db) {
    this.db = db;
  }

  /** Only one thread at a time, so that two versions of a happening cannot pass each other. */
  @Override
  public synchronized void put(String cluster, List<Happening> happenings) {
    var last = new HashMap<String, Happening>();
    happenings.forEach(happening -> last.put(happening.id(), happening));
    try (var batch = db.batch()) {
      last.values().forEach(happening -> put(batch, cluster, happening));
      batch.commit();
    }
  }

  private void put(HistoryDb.Batch batch, String cluster, Happening happening) {
    byte[] id = Keys.text(cluster, happening.id());
    db.get(Family.HAPPENING_TIMES, id)
        .ifPresent(place -> delete(batch, cluster, place)); // the version before
    byte[] place = place(happening);
    batch.put(Family.HAPPENINGS, Keys.join(Keys.text(cluster), place), encoded(happening));
    batch.put(Family.HAPPENING_TIMES, id, place);
    batch.put(
        Family.HAPPENINGS_OF, Keys.join(entity(cluster, happening.entity()), place), new byte[0]);
  }

  private void delete(HistoryDb.Batch batch, String cluster, byte[] place) {
    byte[] key = Keys.join(Keys.text(cluster), place);
    Optional<byte[]> old = db.get(Family.HAPPENINGS, key);
    if (old.isPresent()) {
      batch.delete(Family.HAPPENINGS, key);
      EntityRef of = decoded(old.get()).entity();
      batch.delete(Family.HAPPENINGS_OF, Keys.join(entity(cluster, of), place));
    }
  }

  private static byte[] place(Happening happening) {
    return Keys.join(
        Keys.newestFirst(happening.time()), happening.id().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] entity(String cluster, EntityRef ref) {
    var parts = new ArrayList<String>();
    parts.add(cluster);
    parts.add(ref.type().name());
    ref.identity()
        .asMap()
        .forEach(
            (name, value) -> {
              parts.add(name);
              parts.add(value);
            });
    parts.add("");
    return Keys.text(parts.toArray(String[]::new));
  }

  @Override
  public Part find(Query query) {
    Optional<byte[]> after = query.page().cursor().map(RocksChronicle::parse);
    // what is exclusive at the end of the time is inclusive where time falls
    byte[] first = after.orElse(Keys.newestFirst(query.to().minusNanos(1)));
    byte[] end = Keys.newestFirst(query.from().minusNanos(1));
    var found = new ArrayList<Happening>();
    int wanted = query.page().limit() + 1;
    if (query.about().isEmpty()) {
      byte[] prefix = Keys.text(query.cluster());
      try (var cursor =
          db.from(Family.HAPPENINGS, Keys.join(prefix, first), Keys.join(prefix, end))) {
        for (; found.size() < wanted && cursor.isValid(); cursor.next()) {
          boolean isCursor =
              after.isPresent() && Arrays.equals(cursor.key(), Keys.join(prefix, first));
          add(cursor.value(), query, isCursor, found);
        }
      }
    } else {
      merge(query, query.about().get(), first, end, after.isPresent(), wanted, found);
    }
    if (found.size() < wanted) {
      return new Part(found, Optional.empty());
    }
    List<Happening> items = found.subList(0, wanted - 1);
    return new Part(items, Optional.of(cursor(place(items.getLast()))));
  }

  private static void add(byte[] value, Query query, boolean skip, List<Happening> found) {
    if (!skip) {
      Happening happening = decoded(value);
      if (query.matching().test(happening)) {
        found.add(happening);
      }
    }
  }

  /** The index entries of one entity, in the order of their places. */
  private record Stream(HistoryDb.Cursor cursor, int prefix) {
    byte[] place() {
      byte[] key = cursor.key();
      return Arrays.copyOfRange(key, prefix, key.length);
    }
  }

  private void merge(
      Query query,
      Set<EntityRef> about,
      byte[] first,
      byte[] end,
      boolean skipFirst,
      int wanted,
      List<Happening> found) {
    var open = new ArrayList<HistoryDb.Cursor>();
    try {
      var streams =
          new PriorityQueue<Stream>(Comparator.comparing(Stream::place, Arrays::compareUnsigned));
      for (EntityRef ref : about) {
        byte[] prefix = entity(query.cluster(), ref);
        var cursor =
            db.from(Family.HAPPENINGS_OF, Keys.join(prefix, first), Keys.join(prefix, end));
        open.add(cursor);
        if (cursor.isValid()) {
          streams.add(new Stream(cursor, prefix.length));
        }
      }
      byte[] cluster = Keys.text(query.cluster());
      while (found.size() < wanted && !streams.isEmpty()) {
        Stream next = streams.remove();
        byte[] place = next.place();
        boolean isCursor = skipFirst && Arrays.equals(place, first);
        db.get(Family.HAPPENINGS, Keys.join(cluster, place))
            .ifPresent(value -> add(value, query, isCursor, found));
        next.cursor().next();
        if (next.cursor().isValid()) {
          streams.add(next);
        }
      }
    } finally {
      open.forEach(HistoryDb.Cursor::close);
    }
  }

  private static String cursor(byte[] place) {
    return CURSOR + Base64.getUrlEncoder().withoutPadding().encodeToString(place);
  }

  private static byte[] parse(String text) {
    if (text.startsWith(CURSOR)) {
      try {
        byte[] place = Base64.getUrlDecoder().decode(text.substring(CURSOR.length()));
        if (place.length > Keys.TIME_BYTES) {
          return place;
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
    }
    throw new InvalidCursorException(text);
  }

  /** Time of the oldest; {@link Instant#MAX} if there is none. */
  Instant oldest() {
    Instant oldest = Instant.MAX;
    for (String cluster : db.clusters(Family.HAPPENINGS)) {
      byte[] prefix = Keys.text(cluster);
      Optional<Instant> last =
          db.last(Family.HAPPENINGS, prefix, Keys.after(prefix))
              .map(entry -> decoded(entry.getValue()).time());
      if (last.isPresent() && last.get().isBefore(oldest)) {
        oldest = last.get();
      }
    }
    return oldest;
  }

  @Override
  public synchronized long forgetBefore(Instant time) {
    long forgotten = 0;
    for (String cluster : db.clusters(Family.HAPPENINGS)) {
      byte[] prefix = Keys.text(cluster);
      byte[] from = Keys.join(prefix, Keys.newestFirst(time.minusNanos(1)));
      byte[] to = Keys.after(prefix);
      boolean more = true;
      while (more) {
        int here = 0;
        try (var batch = db.batch();
            var cursor = db.from(Family.HAPPENINGS, from, to)) {
          for (; here < FORGET_AT_ONCE && cursor.isValid(); cursor.next(), here++) {
            byte[] key = cursor.key();
            Happening old = decoded(cursor.value());
            byte[] place = Arrays.copyOfRange(key, prefix.length, key.length);
            batch.delete(Family.HAPPENINGS, key);
            batch.delete(Family.HAPPENING_TIMES, Keys.text(cluster, old.id()));
            batch.delete(Family.HAPPENINGS_OF, Keys.join(entity(cluster, old.entity()), place));
          }
          batch.commit();
        }
        forgotten += here;
        more = here == FORGET_AT_ONCE;
      }
    }
    return forgotten;
  }

  private static byte[] encoded(Happening happening) {
    var to = new Encoder();
    switch (happening) {
      case Happening.Changed(var id, var entity, Change change, var manager, var user) -> {
        to.octet(1).plain(id).ref(entity).text(manager).text(user);
        to.time(change.time()).text(change.kind().name()).attributes(change.entity());
        to.text(change.author()).plain(change.summary()).plain(change.diff());
        to.unsigned(change.files().size());
        change.files().forEach(to::plain);
      }
      case Happening.Lived(
              var id,
              var time,
              var entity,
              var stage,
              var reason,
              var message,
              var exit) -> {
        to.octet(2).plain(id).ref(entity).time(time).text(stage.name());
        to.text(reason).plain(message).flag(exit.isPresent()).signed(exit.orElse(0));
      }
      case Happening.HealthChanged(var id, var time, var entity, var before, Health health) ->
          to.octet(3).plain(id).ref(entity).time(time).text(before.name()).health(health);
      case Happening.Reported reported -> {
        to.octet(4).plain(reported.id()).ref(reported.entity()).time(reported.time());
        to.time(reported.first()).flag(reported.warning()).text(reported.reason());
        to.plain(reported.message()).signed(reported.count()).text(reported.reporter());
        to.flag(reported.container().isPresent()).text(reported.container().orElse(""));
      }
    }
    return to.bytes();
  }

  private static Happening decoded(byte[] bytes) {
    var from = new Decoder(bytes);
    int kind = from.octet();
    String id = from.plain();
    EntityRef entity = from.ref();
    return switch (kind) {
      case 1 -> changed(id, entity, from);
      case 2 ->
          new Happening.Lived(
              id,
              from.time(),
              entity,
              Happening.Stage.valueOf(from.text()),
              from.text(),
              from.plain(),
              exitCode(from));
      case 3 ->
          new Happening.HealthChanged(
              id, from.time(), entity, Health.State.valueOf(from.text()), from.health());
      case 4 -> {
        Instant time = from.time();
        Instant first = from.time();
        boolean warning = from.flag();
        String reason = from.text();
        String message = from.plain();
        long count = from.signed();
        String reporter = from.text();
        boolean hasContainer = from.flag();
        String container = from.text();
        yield new Happening.Reported(
            id,
            time,
            first,
            entity,
            warning,
            reason,
            message,
            count,
            reporter,
            hasContainer ? Optional.of(container) : Optional.empty());
      }
      default ->
          throw new StoreException(
              "cannot read a happening of unknown kind " + kind + "; a newer release wrote it");
    };
  }

  private static OptionalInt exitCode(Decoder from) {
    boolean present = from.flag();
    int code = (int) from.signed();
    return present ? OptionalInt.of(code) : OptionalInt.empty();
  }

  private static Happening changed(String id, EntityRef entity, Decoder from) {
    String manager = from.text();
    String user = from.text();
    Instant time = from.time();
    Change.Kind kind = Change.Kind.valueOf(from.text());
    var of = from.attributes();
    String author = from.text();
    String summary = from.plain();
    String diff = from.plain();
    var files = new ArrayList<String>();
    for (int left = from.count(); left > 0; left--) {
      files.add(from.plain());
    }
    return new Happening.Changed(
        id, entity, new Change(time, kind, of, author, summary, diff, files), manager, user);
  }
}
