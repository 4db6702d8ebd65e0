package io.bridgewatch.kubernetes.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server behaves.
 *
 * @param port zero for any free one
 * @param time what the objects' times are read from
 * @param seed of uids and generated names
 * @param watchWindow changes of one kind that are remembered, for resuming and for pages
 * @param watchBuffer changes that a watch may lag behind before it is cut
 * @param bookmarkInterval how often a quiet watch gets a bookmark, in real time
 * @param accounts by bearer token; when there are none, anybody may do anything
 * @param hooks to the cluster behind it
 */
public record ServerOptions(
    int port,
    InstantSource time,
    long seed,
    int watchWindow,
    int watchBuffer,
    Duration bookmarkInterval,
    Map<String, Account> accounts,
    ServerHooks hooks) {
  /** Who a token belongs to, and what it may do. */
  public record Account(String user, List<AccessRule> rules) {
    public Account {
      rules = List.copyOf(rules);
    }
  }

  public ServerOptions {
    accounts = Map.copyOf(accounts);
    if (watchWindow < 1 || watchBuffer < 1) {
      throw new IllegalArgumentException(
          "watchWindow and watchBuffer must be at least 1, were %d and %d"
              .formatted(watchWindow, watchBuffer));
    }
  }

  /** Any free port, the system's time, windows as large as the real server's. */
  public static ServerOptions standard() {
    return new ServerOptions(
        0,
        InstantSource.system(),
        1,
        20_000,
        10_000,
        Duration.ofMinutes(1),
        Map.of(),
        ServerHooks.none());
  }

  public ServerOptions withPort(int other) {
    return new ServerOptions(
        other, time, seed, watchWindow, watchBuffer, bookmarkInterval, accounts, hooks);
  }

  public ServerOptions withTime(InstantSource other) {
    return new ServerOptions(
        port, other, seed, watchWindow, watchBuffer, bookmarkInterval, accounts, hooks);
  }

  public ServerOptions withSeed(long other) {
    return new ServerOptions(
        port, time, other, watchWindow, watchBuffer, bookmarkInterval, accounts, hooks);
  }

  public ServerOptions withWatchWindow(int other) {
    return new ServerOptions(
        port, time, seed, other, watchBuffer, bookmarkInterval, accounts, hooks);
  }

  public ServerOptions withWatchBuffer(int other) {
    return new ServerOptions(
        port, time, seed, watchWindow, other, bookmarkInterval, accounts, hooks);
  }

  public ServerOptions withBookmarkInterval(Duration other) {
    return new ServerOptions(port, time, seed, watchWindow, watchBuffer, other, accounts, hooks);
  }

  public ServerOptions withHooks(ServerHooks other) {
    return new ServerOptions(
        port, time, seed, watchWindow, watchBuffer, bookmarkInterval, accounts, other);
  }

  /** One more token that is known; from the first on, every request needs one. */
  public ServerOptions withAccount(String token, String user, List<AccessRule> rules) {
    var more = new HashMap<>(accounts);
    more.put(token, new Account(user, rules));
    return new ServerOptions(
        port, time, seed, watchWindow, watchBuffer, bookmarkInterval, more, hooks);
  }
}
