package io.bridgewatch.bench.discover;

import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.ServerOptions;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A made-up cluster in a process of its own, so that the heap and the CPU of who reads it are his
 * alone. It is told what to do on standard input and answers on standard output, a line each:
 *
 * <ul>
 *   <li>at the start {@code ready URL}
 *   <li>{@code change COUNT PER_SECOND}: so many changes of pods; each is told as {@code changed}
 *       and {@link PodChanges.Change#text} just before it is made, then {@code done}
 *   <li>{@code state}: {@code state PODS RESTARTS}
 *   <li>end of input: it ends
 * </ul>
 */
public final class ClusterProcess {
  private ClusterProcess() {}

  /**
   * @param arguments nodes, pods, services, seed
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var size =
        new ClusterSize(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Long.parseLong(arguments[3]));
    var out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
    try (var server = KubernetesServer.start(ServerOptions.standard().withSeed(size.seed()));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      var cluster = new MadeUpCluster(size);
      cluster.tell(server::put);
      var changes = new PodChanges(server, cluster, size.seed());
      say(out, "ready " + server.url());
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var words = line.split(" ", -1);
        switch (words[0]) {
          case "change" -> {
            changes.make(
                Integer.parseInt(words[1]),
                Duration.ofSeconds(1).dividedBy(Integer.parseInt(words[2])),
                change -> out.println("changed " + change.text()),
                out::flush);
            say(out, "done");
          }
          case "state" -> say(out, "state " + changes.pods() + " " + changes.restarts());
          default -> say(out, "unknown " + line);
        }
      }
    }
  }

  private static void say(PrintStream out, String line) {
    out.println(line);
    out.flush();
  }
}
