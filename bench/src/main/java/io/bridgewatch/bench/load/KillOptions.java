package io.bridgewatch.bench.load;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param hub class path of the hub
 * @param rounds kills
 * @param out folder for the result files; empty means none are written
 */
record KillOptions(
    String hub, int rounds, int seed, String label, Optional<Path> out, Path floors) {

  static final String USAGE =
      """
      usage: ./bw bench kill [options]
        --rounds N       kills (default 50)
        --seed N         of their moments (default 1)
        --hub CLASSPATH  of the hub (./bw gives that of this checkout)
        --label TEXT     a remark for the head of the result files
        --out DIR        where kill.md/.json are written (default bench/results)
        --no-out         write no result files
        --floors FILE    what must be held (default bench/floors/kill.json)
      exit code: 0 all held, 1 a floor was not held, 2 nothing was measured
      """;

  static KillOptions parse(String... arguments) throws LoadOptions.UsageException {
    String hub = "";
    int rounds = 50;
    int seed = 1;
    String label = "";
    var out = Optional.of(Path.of("bench", "results"));
    var floors = Path.of("bench", "floors", "kill.json");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--hub" -> hub = LoadOptions.value(arguments, ++i);
        case "--rounds" -> rounds = LoadOptions.number(arguments, ++i, 1, 10_000);
        case "--seed" -> seed = LoadOptions.number(arguments, ++i, 0, Integer.MAX_VALUE);
        case "--label" -> label = LoadOptions.value(arguments, ++i);
        case "--out" -> out = Optional.of(Path.of(LoadOptions.value(arguments, ++i)));
        case "--no-out" -> out = Optional.empty();
        case "--floors" -> floors = Path.of(LoadOptions.value(arguments, ++i));
        default -> throw new LoadOptions.UsageException("bench kill does not know " + arguments[i]);
      }
    }
    if (hub.isEmpty()) {
      throw new LoadOptions.UsageException("bench kill needs --hub, which ./bw bench kill gives");
    }
    return new KillOptions(hub, rounds, seed, label, out, floors);
  }
}
