package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ObjectStore.Deletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Kubernetes API server in memory. Clients speak HTTP to {@link #url}; whoever started it also
 * puts, patches and deletes objects directly, makes {@link #faults} and reads {@link #requests}.
 *
 * <ul>
 *   <li>It keeps to what Kubernetes documents of lists, pages, versions, watches, conflicts,
 *       patches, server-side apply, subresources, deletion and managed fields; objects have no
 *       schema and namespaces need not exist.
 *   <li>It runs no controllers: a pod that is deleted with a grace period stays until somebody
 *       deletes it with none.
 *   <li>It keeps 5,000 nodes and 100,000 pods as their JSON and little more; lists and watches send
 *       those bytes.
 * </ul>
 *
 * <p>Safe for any thread.
 */
public final class KubernetesServer implements AutoCloseable {
  private static final String MANAGER = "kubernetes-server";

  private final KindRegistry registry;
  private final Faults faults = new Faults();
  private final RequestLog requests = new RequestLog();
  private final ObjectStore store;
  private final DirectObjects direct;
  private final HttpListener http;

  private KubernetesServer(ServerOptions options) {
    registry = new KindRegistry(options.hooks().metrics().isPresent());
    InstantSource clock = () -> options.time().instant().plus(faults.clockOffset());
    store =
        new ObjectStore(
            registry,
            clock::instant,
            options.seed(),
            options.watchWindow(),
            options.watchBuffer(),
            options.hooks().admission());
    direct = new DirectObjects(store, registry, clock);
    var handler = new ApiHandler(store, registry, options, faults, requests, this::port);
    http = new HttpListener(handler, clock, options.port());
  }

  /** An object's name, in the words of its manifest. */
  public record ObjectName(String apiVersion, String kind, String namespace, String name) {
    /** Of a cluster-scoped object. */
    public ObjectName(String apiVersion, String kind, String name) {
      this(apiVersion, kind, "", name);
    }
  }

  /** A server on any free port, that anybody may use. */
  public static KubernetesServer start() {
    return start(ServerOptions.standard());
  }

  /**
   * @throws UncheckedIOException if the port is taken
   */
  public static KubernetesServer start(ServerOptions options) {
    return new KubernetesServer(options);
  }

  /** Where clients reach it, without a slash at the end. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return http.port();
  }

  /** The newest version of anything. */
  public String resourceVersion() {
    return Long.toString(store.version());
  }

  /**
   * The newest version of each kind by resource, such as {@code pods} or {@code deployments.apps}:
   * who has heard so much of it has heard all.
   */
  public Map<String, Long> resourceVersions() {
    return store.newest();
  }

  public Faults faults() {
    return faults;
  }

  public RequestLog requests() {
    return requests;
  }

  // ------------------------------------------------------------------ objects

  /** The rules of HTTP without HTTP. */
  public DirectObjects objects() {
    return direct;
  }

  /**
   * Draws uids and generated names from another seed from now on: what is made later is not called
   * as in another server of the same seed.
   */
  public void reseed(long seed) {
    store.reseed(seed);
  }

  /** Tells of each change from now on. */
  public void listen(ObjectChange.Listener listener) {
    store.listen(listener);
  }

  /**
   * Stores an object as it is given, status and all, whether it exists or not; what it lacks of
   * uid, creation time, generation and managed fields is kept or made.
   *
   * @return the object as stored
   * @throws IllegalArgumentException if it is no object, of no known kind, or has no name
   */
  public String put(String json) {
    return put(json, MANAGER);
  }

  /** The same; what changes is owned by this manager, unless the object brings managed fields. */
  public String put(String json, String manager) {
    return orIllegal(() -> put(parse(json), manager));
  }

  /** The same from nested maps, lists, texts and numbers. */
  public String put(Map<String, ?> object) {
    return put(Json.text(Json.object(object)), MANAGER);
  }

  /**
   * Changes an object by a JSON merge patch, status included.
   *
   * @return the object as stored
   * @throws IllegalArgumentException if there is no such object
   */
  public String patch(ObjectName object, String mergePatch) {
    return patch(object, mergePatch, MANAGER);
  }

  public String patch(ObjectName object, String mergePatch, String manager) {
    return orIllegal(
        () -> {
          var kind = kind(object.apiVersion(), object.kind());
          var at = new ObjectKey(object.namespace(), object.name());
          var patch = parse(mergePatch);
          return text(kind, store.modify(kind, at, live -> merged(live, patch), manager));
        });
  }

  /**
   * Deletes an object at once, unless finalizers hold it.
   *
   * @return whether it is gone
   * @throws IllegalArgumentException if there is no such object
   */
  public boolean delete(ObjectName object) {
    var now = new Deletion(Optional.of(0L), Optional.empty(), Optional.empty(), false);
    return orIllegal(
        () ->
            store
                .delete(
                    kind(object.apiVersion(), object.kind()),
                    new ObjectKey(object.namespace(), object.name()),
                    now)
                .isDone());
  }

  public Optional<String> get(ObjectName object) {
    return orIllegal(
        () -> {
          var kind = kind(object.apiVersion(), object.kind());
          return store
              .find(kind, new ObjectKey(object.namespace(), object.name()))
              .map(found -> text(kind, found));
        });
  }

  /** How many objects of a kind there are. */
  public int count(String apiVersion, String kind) {
    return orIllegal(() -> store.latest(kind(apiVersion, kind)).objects().size());
  }

  /**
   * Puts all objects of a List, whose items need no kind of their own.
   *
   * @return how many there were
   */
  public int load(String listJson) {
    return orIllegal(
        () -> {
          var list = parse(listJson);
          if (!(list.get("items") instanceof ArrayNode items)) {
            throw Refusal.badRequest("a List has items");
          }
          var itemKind = Json.text(list, "kind").replaceFirst("List$", "");
          for (var item : items) {
            var object = (ObjectNode) item;
            if (!object.has("kind")) {
              object.put("kind", itemKind);
              object.put("apiVersion", Json.text(list, "apiVersion"));
            }
            put(object, MANAGER);
          }
          return items.size();
        });
  }

  /** The same from a file. */
  public int load(Path listFile) throws IOException {
    return load(Files.readString(listFile));
  }

  // ------------------------------------------------------------------ what happens to a server

  /** Sends a bookmark to each watch that wants them. */
  public void sendBookmarks() {
    store.eachWatch(Optional.empty(), watch -> watch.isBookmarkDue = true);
  }

  /** Cuts all watches. */
  public void dropWatches() {
    store.eachWatch(Optional.empty(), watch -> watch.isEnded = true);
  }

  /** Forgets the history of changes: resuming from an older version is answered with 410. */
  public void compact() {
    store.compact();
  }

  /** Sends a line, which may be anything, to each watch of a kind, as if it were an event. */
  public void inject(String apiVersion, String kind, String line) {
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    var known = orIllegal(() -> kind(apiVersion, kind));
    store.eachWatch(Optional.of(known), watch -> watch.injected.add(bytes));
  }

  /** Listens no more and loses all connections; objects stay. */
  public void disconnect() {
    http.close();
  }

  /** Listens on the same port again. */
  public void reconnect() {
    http.reopen();
  }

  /** Loses all connections and comes back on the same port, with its objects. */
  public void restart() {
    disconnect();
    reconnect();
  }

  /**
   * Comes back without any objects, with a larger version and no history: as after a restore from
   * an empty backup.
   */
  public void restartEmpty() {
    disconnect();
    store.clear();
    reconnect();
  }

  @Override
  public void close() {
    faults.release();
    http.close();
    dropWatches();
  }

  // ------------------------------------------------------------------ helpers

  private String put(ObjectNode object, String manager) {
    var kind = kind(Json.text(object, "apiVersion"), Json.text(object, "kind"));
    return text(kind, store.put(kind, object, manager));
  }

  private static ObjectNode merged(ObjectNode live, ObjectNode patch) {
    JsonPatches.merge(live, patch);
    return live;
  }

  private static ObjectNode parse(String json) {
    return Json.object(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ApiKind kind, StoredObject object) {
    return Json.text(object.tree(kind));
  }

  private ApiKind kind(String apiVersion, String kind) {
    return registry
        .byKind(apiVersion, kind)
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "no kind \"%s\" in version \"%s\" is served here; put its definition first"
                        .formatted(kind, apiVersion)));
  }

  private static <T> T orIllegal(Supplier<T> action) {
    try {
      return action.get();
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.getMessage(), refusal);
    }
  }
}
