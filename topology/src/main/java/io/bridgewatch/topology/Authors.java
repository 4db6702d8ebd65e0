package io.bridgewatch.topology;

import io.bridgewatch.model.AuditRecord;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.SortedIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Brings together changes and the audit records that tell who asked for them, whichever comes
 * first.
 *
 * <p>A record belongs to a change if it is about the same object, could have caused it, and came
 * within {@link #APART} of it: field ownership tells times in whole seconds. Where several do, a
 * person's comes before a controller's, and the nearest in time before the others.
 */
record Authors(
    SortedIndex<String, List<AuditRecord>> heard, SortedIndex<String, List<Waiting>> waiting) {

  private static final Duration APART = Duration.ofMillis(2_500);

  /** An audit webhook may batch for half a minute. */
  private static final Duration KEPT = Duration.ofSeconds(90);

  private static final int KEPT_PER_OBJECT = 20;

  /** A change of which the user is not known yet. */
  record Waiting(Happening.Changed change, Instant time) {}

  record Heard(Authors authors, List<Happening> attributed) {}

  static Authors none() {
    return new Authors(SortedIndex.empty(), SortedIndex.empty());
  }

  /** The change with its user, where a record that was heard tells one. */
  Optional<Happening.Changed> attribute(Happening.Changed change, KubernetesObject object) {
    return heard.get(key(object)).orElse(List.of()).stream()
        .filter(record -> belong(change, record))
        .min(
            Comparator.comparing((AuditRecord record) -> isController(record.user()))
                .thenComparing(record -> apart(change, record)))
        .map(record -> by(change, record));
  }

  /** Whether a controller took away what it keeps, which is nobody's wish. */
  static boolean isHousekeeping(Happening.Changed change) {
    return change.entity().type() == EntityType.POD
        && change.change().kind() == Change.Kind.DELETE
        && isController(change.user());
  }

  private static boolean isController(String user) {
    return user.startsWith("system:serviceaccount:kube-system:")
        || user.startsWith("system:node:")
        || user.startsWith("system:kube-")
        || user.equals("system:apiserver");
  }

  private static Happening.Changed by(Happening.Changed told, AuditRecord record) {
    Change change = told.change();
    return new Happening.Changed(
        told.id(),
        told.entity(),
        new Change(
            change.time(),
            change.kind(),
            change.entity(),
            record.user(),
            change.summary(),
            change.diff(),
            change.files()),
        told.manager().isEmpty() ? record.userAgent() : told.manager(),
        record.user());
  }

  Authors waitingFor(Happening.Changed change, KubernetesObject object) {
    String key = key(object);
    return new Authors(
        heard,
        waiting.with(
            key, more(waiting.get(key).orElse(List.of()), new Waiting(change, change.time()))));
  }

  /** Takes in a record; changes that waited for it are told again with their user. */
  Heard heard(AuditRecord record) {
    String key = record.resource() + "/" + record.namespace() + "/" + record.name();
    var next =
        new Authors(heard.with(key, more(heard.get(key).orElse(List.of()), record)), waiting);
    List<Waiting> asked = waiting.get(key).orElse(List.of());
    List<Happening> attributed = new ArrayList<>();
    var left = new ArrayList<Waiting>();
    for (Waiting one : asked) {
      // the kubelet deletes a pod too, once somebody asked for it
      boolean finishes =
          one.change().entity().type() == EntityType.POD && isController(record.user());
      if (belong(one.change(), record) && !finishes) {
        attributed.add(by(one.change(), record));
      } else {
        left.add(one);
      }
    }
    if (!attributed.isEmpty()) {
      next =
          new Authors(next.heard, left.isEmpty() ? waiting.without(key) : waiting.with(key, left));
    }
    return new Heard(next, attributed);
  }

  private static <T> List<T> more(List<T> known, T one) {
    var all = new ArrayList<>(known);
    all.add(one);
    return List.copyOf(
        all.size() > KEPT_PER_OBJECT ? all.subList(all.size() - KEPT_PER_OBJECT, all.size()) : all);
  }

  Authors forgetBefore(Instant now) {
    Instant from = now.minus(KEPT);
    return new Authors(
        forget(heard, record -> record.time().isBefore(from)),
        forget(waiting, one -> one.time().isBefore(from)));
  }

  private static <T> SortedIndex<String, List<T>> forget(
      SortedIndex<String, List<T>> index, Predicate<T> old) {
    SortedIndex<String, List<T>> left = index;
    for (var entries = index.entries(); entries.hasNext(); ) {
      var entry = entries.next();
      if (entry.getValue().stream().allMatch(old)) {
        left = left.without(entry.getKey());
      }
    }
    return left;
  }

  private static boolean belong(Happening.Changed told, AuditRecord record) {
    if (apart(told, record).compareTo(APART) > 0) {
      return false;
    }
    boolean deletes =
        record.verb().startsWith("delete")
            || record.verb().equals("create") && record.subresource().equals("eviction");
    Change change = told.change();
    if (change.summary().endsWith(" deleted")) {
      return deletes;
    }
    boolean writesSpec = record.subresource().isEmpty() || record.subresource().equals("scale");
    boolean creates = change.summary().endsWith(" created");
    return writesSpec && !deletes && (creates || !record.verb().equals("create"));
  }

  private static Duration apart(Happening.Changed change, AuditRecord record) {
    return Duration.between(change.time(), record.time()).abs();
  }

  private static String key(KubernetesObject object) {
    return plural(object.kind()) + "/" + object.namespace() + "/" + object.name();
  }

  /** As paths spell a kind; irregular ones do not occur among those that people change. */
  private static String plural(String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    if (lower.endsWith("s")) {
      return lower + "es";
    }
    return lower.endsWith("y") && !lower.endsWith("ay")
        ? lower.substring(0, lower.length() - 1) + "ies"
        : lower + "s";
  }
}
