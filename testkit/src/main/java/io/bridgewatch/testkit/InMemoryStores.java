package io.bridgewatch.testkit;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.Session;
import io.bridgewatch.ports.SessionStore;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import io.bridgewatch.ports.User;
import io.bridgewatch.ports.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

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

  private InMemoryStores() {}

  public static Stores empty() {
    var memory = new InMemoryStores();
    return new Stores(
        memory.new Users(),
        memory.new Sessions(),
        memory.new Audit(),
        memory.new Imports(),
        memory.new Incidents());
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
        incidents.values().removeIf(i -> i.head().archive().equals(digest));
        imported.incidents().forEach(i -> incidents.put(i.head().id(), i));
        bundles.put(digest, imported.bundle());
        reports.put(digest, imported.reports());
        jobs.put(done.id(), done);
        audit.add(entry);
      }
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
                    Comparator.comparing(StoredIncident.Head::onset)
                        .reversed()
                        .thenComparing(StoredIncident.Head::id))
                .toList();
        return page(found, query.page(), head -> descending(head.onset()) + head.id());
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
