package io.bridgewatch.testkit;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.Session;
import io.bridgewatch.ports.SessionStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import io.bridgewatch.ports.User;
import io.bridgewatch.ports.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The store's ports in memory, for tests of what stands on them. Safe to share between threads.
 *
 * <p>Nothing outside can reach its audit entries, so its chain always holds.
 */
public final class InMemoryStores {

  private final Map<String, User> users = new TreeMap<>();
  private final Map<String, Session> sessions = new HashMap<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private final Map<String, ImportJob> jobs = new LinkedHashMap<>();
  private final Map<String, StoredBundle> bundles = new HashMap<>();
  private final Map<String, Map<String, String>> reports = new HashMap<>();
  private final Map<String, StoredIncident> incidents = new HashMap<>();
  private final Map<String, Set<EntityRef>> about = new HashMap<>();
  private final Set<String> imported = new HashSet<>();

  private InMemoryStores() {}

  public static Stores empty() {
    var memory = new InMemoryStores();
    return new Stores(
        memory.new Users(),
        memory.new Sessions(),
        memory.new Audit(),
        memory.new Imports(),
        memory.new Incidents(),
        memory.new Live());
  }

  private final class Users implements UserStore {
    @Override
    public Optional<User> find(String name) {
      synchronized (InMemoryStores.this) {
        return Optional.ofNullable(users.get(name));
      }
    }

    @Override
    public List<User> all() {
      synchronized (InMemoryStores.this) {
        return List.copyOf(users.values());
      }
    }

    @Override
    public boolean add(User user) {
      synchronized (InMemoryStores.this) {
        return users.putIfAbsent(user.name(), user) == null;
      }
    }

    @Override
    public boolean replace(User user) {
      synchronized (InMemoryStores.this) {
        return users.replace(user.name(), user) != null;
      }
    }

    @Override
    public boolean remove(String name) {
      synchronized (InMemoryStores.this) {
        sessions.values().removeIf(session -> session.user().equals(name));
        return users.remove(name) != null;
      }
    }
  }

  private final class Sessions implements SessionStore {
    @Override
    public void add(Session session) {
      synchronized (InMemoryStores.this) {
        sessions.put(session.tokenHash(), session);
      }
    }

    @Override
    public Optional<Session> find(String tokenHash) {
      synchronized (InMemoryStores.this) {
        return Optional.ofNullable(sessions.get(tokenHash));
      }
    }

    @Override
    public void touch(String tokenHash, Instant at) {
      synchronized (InMemoryStores.this) {
        sessions.computeIfPresent(
            tokenHash, (hash, s) -> new Session(hash, s.user(), s.address(), s.createdAt(), at));
      }
    }

    @Override
    public void remove(String tokenHash) {
      synchronized (InMemoryStores.this) {
        sessions.remove(tokenHash);
      }
    }

    @Override
    public void removeOthers(String user, Optional<String> keptTokenHash) {
      synchronized (InMemoryStores.this) {
        sessions
            .values()
            .removeIf(
                s -> s.user().equals(user) && !keptTokenHash.equals(Optional.of(s.tokenHash())));
      }
    }

    @Override
    public void removeExpired(Instant lastSeenBefore, Instant createdBefore) {
      synchronized (InMemoryStores.this) {
        sessions
            .values()
            .removeIf(
                s ->
                    s.lastSeenAt().isBefore(lastSeenBefore)
                        || s.createdAt().isBefore(createdBefore));
      }
    }
  }

  private final class Audit implements AuditLog {
    @Override
    public void append(AuditEntry entry) {
      synchronized (InMemoryStores.this) {
        audit.add(entry);
      }
    }

    @Override
    public Page<AuditEntry> entries(Query query) {
      synchronized (InMemoryStores.this) {
        var numbers = new ArrayList<Integer>();
        for (int i = audit.size() - 1; i >= 0; i--) {
          var entry = audit.get(i);
          if (query.action().map(a -> a == entry.action()).orElse(true)
              && query.user().map(u -> u.equals(entry.user())).orElse(true)) {
            numbers.add(i);
          }
        }
        return page(numbers, query.page(), i -> String.format("%010d", Integer.MAX_VALUE - i))
            .map(audit::get);
      }
    }

    @Override
    public Verification verify() {
      synchronized (InMemoryStores.this) {
        return new Verification(audit.size(), Optional.empty());
      }
    }
  }

  private final class Imports implements ImportStore {
    @Override
    public void save(ImportJob job) {
      synchronized (InMemoryStores.this) {
        jobs.put(job.id(), job);
      }
    }

    @Override
    public Optional<ImportJob> find(String id) {
      synchronized (InMemoryStores.this) {
        return Optional.ofNullable(jobs.get(id));
      }
    }

    @Override
    public List<ImportJob> unfinished() {
      synchronized (InMemoryStores.this) {
        return jobs.values().stream().filter(job -> !job.state().isFinal()).toList();
      }
    }

    @Override
    public void complete(ImportJob done, Imported imported, AuditEntry entry) {
      synchronized (InMemoryStores.this) {
        var digest = imported.bundle().digest();
        incidents.values().removeIf(i -> isRecorded(i) && i.head().archive().equals(digest));
        for (StoredIncident one : imported.incidents()) {
          incidents.merge(one.head().id(), one, (old, now) -> isRecorded(old) ? now : old);
        }
        bundles.put(digest, imported.bundle());
        reports.put(digest, imported.reports());
        InMemoryStores.this.imported.add(digest);
        jobs.put(done.id(), done);
        audit.add(entry);
      }
    }
  }

  private static boolean isRecorded(StoredIncident incident) {
    return incident.head().status() == StoredIncident.Status.RECORDED;
  }

  private static boolean isOpen(StoredIncident.Head head) {
    return head.status() == StoredIncident.Status.OPEN;
  }

  private final class Live implements LiveIncidentStore {
    @Override
    public List<String> put(
        StoredIncident incident, Set<EntityRef> what, Optional<Recording> recording) {
      Recording.check(incident.head(), recording);
      synchronized (InMemoryStores.this) {
        var archive = incident.head().archive();
        if (recording.isEmpty() && !bundles.containsKey(archive)) {
          throw new StoreException("cannot store an incident of recording " + archive);
        }
        recording.ifPresent(
            one -> {
              bundles.put(archive, one.bundle());
              reports.put(archive, one.reports());
            });
        incidents.put(incident.head().id(), incident);
        about.put(incident.head().id(), Set.copyOf(what));
        return forgetUnneeded();
      }
    }

    @Override
    public void close(String id, Instant lastSeen, Instant at) {
      synchronized (InMemoryStores.this) {
        incidents.computeIfPresent(
            id, (i, one) -> isOpen(one.head()) ? closed(one, lastSeen, at) : one);
      }
    }

    private static StoredIncident closed(StoredIncident one, Instant lastSeen, Instant at) {
      var head = one.head();
      return new StoredIncident(
          new StoredIncident.Head(
              head.id(),
              head.archive(),
              head.bundle(),
              head.window(),
              head.onset(),
              head.importedAt(),
              head.titles(),
              head.cause(),
              head.symptoms(),
              head.insufficient(),
              head.live().map(live -> live.closed(lastSeen, at))),
          one.documents(),
          one.charts());
    }

    @Override
    public List<Open> open(String cluster) {
      synchronized (InMemoryStores.this) {
        return heads()
            .filter(head -> openedIn(head).equals(Optional.of(cluster)))
            .sorted(
                Comparator.comparing(
                        (StoredIncident.Head head) -> head.live().orElseThrow().openedAt())
                    .thenComparing(StoredIncident.Head::id))
            .map(head -> new Open(head, about.getOrDefault(head.id(), Set.of())))
            .toList();
      }
    }

    @Override
    public List<String> clusters() {
      synchronized (InMemoryStores.this) {
        return heads().flatMap(head -> openedIn(head).stream()).distinct().sorted().toList();
      }
    }

    private Stream<StoredIncident.Head> heads() {
      return incidents.values().stream().map(StoredIncident::head);
    }

    /** The cluster of an incident that is open. */
    private static Optional<String> openedIn(StoredIncident.Head head) {
      return isOpen(head) ? head.live().map(StoredIncident.Live::cluster) : Optional.empty();
    }

    @Override
    public List<String> forgetClosedBefore(Instant time) {
      synchronized (InMemoryStores.this) {
        incidents
            .values()
            .removeIf(
                one ->
                    one.head().live().flatMap(StoredIncident.Live::closedAt).stream()
                        .anyMatch(at -> at.isBefore(time)));
        return forgetUnneeded();
      }
    }

    @Override
    public Extent extent() {
      synchronized (InMemoryStores.this) {
        return new Extent(
            bundles.values().stream()
                .filter(bundle -> !imported.contains(bundle.digest()))
                .mapToLong(StoredBundle::sizeBytes)
                .sum(),
            heads()
                .flatMap(head -> head.live().flatMap(StoredIncident.Live::closedAt).stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX));
      }
    }

    private List<String> forgetUnneeded() {
      var needed = new HashSet<>(imported);
      heads().map(StoredIncident.Head::archive).forEach(needed::add);
      var forgotten = bundles.keySet().stream().filter(digest -> !needed.contains(digest)).toList();
      forgotten.forEach(bundles::remove);
      forgotten.forEach(reports::remove);
      return forgotten;
    }
  }

  private final class Incidents implements IncidentStore {
    @Override
    public Page<StoredIncident.Head> incidents(Query query) {
      synchronized (InMemoryStores.this) {
        var found =
            incidents.values().stream()
                .map(StoredIncident::head)
                .filter(head -> matches(head, query))
                .sorted(
                    Comparator.comparing(InMemoryStores::isOpen)
                        .thenComparing(StoredIncident.Head::onset)
                        .reversed()
                        .thenComparing(StoredIncident.Head::id))
                .toList();
        return page(
            found,
            query.page(),
            head -> (isOpen(head) ? "0" : "1") + descending(head.onset()) + head.id());
      }
    }

    private boolean matches(StoredIncident.Head head, Query query) {
      var text =
          String.join("\n", head.titles().values())
              + "\n"
              + head.id()
              + "\n"
              + head.bundle()
              + "\n"
              + head.cause().map(cause -> cause.entity().name()).orElse("");
      return query.bundle().map(b -> b.equals(head.bundle())).orElse(true)
          && query.status().map(status -> status == head.status()).orElse(true)
          && query
              .cluster()
              .map(c -> head.live().map(StoredIncident.Live::cluster).equals(Optional.of(c)))
              .orElse(true)
          && text.toLowerCase(Locale.ROOT).contains(query.text().toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<StoredIncident> incident(String id) {
      synchronized (InMemoryStores.this) {
        return Optional.ofNullable(incidents.get(id));
      }
    }

    @Override
    public Page<StoredBundle> bundles(PageRequest request) {
      synchronized (InMemoryStores.this) {
        var found =
            bundles.values().stream()
                .filter(bundle -> imported.contains(bundle.digest()))
                .sorted(
                    Comparator.comparing(StoredBundle::importedAt)
                        .reversed()
                        .thenComparing(StoredBundle::digest))
                .toList();
        return page(found, request, b -> descending(b.importedAt()) + b.digest());
      }
    }

    @Override
    public Optional<StoredBundle> bundle(String digest) {
      synchronized (InMemoryStores.this) {
        return Optional.ofNullable(bundles.get(digest));
      }
    }

    @Override
    public Optional<String> report(String digest, String language) {
      synchronized (InMemoryStores.this) {
        return Optional.ofNullable(reports.getOrDefault(digest, Map.of()).get(language));
      }
    }
  }

  /** Text that sorts later times first. */
  private static String descending(Instant time) {
    return String.format("%019d", Long.MAX_VALUE - time.toEpochMilli());
  }

  /**
   * @param key of an item; ascends along the list
   */
  private static <T> Page<T> page(
      List<T> sorted, PageRequest request, Function<? super T, String> key) {
    var after = request.cursor().map(InMemoryStores::decoded).orElse("");
    var rest = sorted.stream().filter(item -> key.apply(item).compareTo(after) > 0).toList();
    if (rest.size() <= request.limit()) {
      return new Page<>(rest, Optional.empty(), sorted.size());
    }
    var items = rest.subList(0, request.limit());
    return new Page<>(items, Optional.of("m:" + key.apply(items.getLast())), sorted.size());
  }

  private static String decoded(String cursor) {
    if (!cursor.startsWith("m:")) {
      throw new InvalidCursorException(cursor);
    }
    return cursor.substring(2);
  }
}
