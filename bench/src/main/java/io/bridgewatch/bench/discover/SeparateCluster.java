package io.bridgewatch.bench.discover;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A made-up cluster in a process of its own; see {@link ClusterProcess}. */
final class SeparateCluster implements BigCluster {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;
  private final URI url;

  private SeparateCluster(Process process) throws IOException {
    this.process = process;
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    url = URI.create(answer("ready "));
  }

  /**
   * Starts it with the JDK and class path of this process; returns when it serves.
   *
   * @throws IOException if it does not start
   */
  static SeparateCluster start(ClusterSize size) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-Xmx4g",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            ClusterProcess.class.getName(),
            Integer.toString(size.nodes()),
            Integer.toString(size.pods()),
            Integer.toString(size.services()),
            Long.toString(size.seed()));
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new SeparateCluster(process);
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public void change(int count, int perSecond, Consumer<PodChanges.Change> told)
      throws IOException {
    order("change " + count + " " + perSecond);
    for (var line = line(); !line.equals("done"); line = line()) {
      told.accept(PodChanges.Change.parse(line.substring("changed ".length())));
    }
  }

  @Override
  public State state() throws IOException {
    order("state");
    var words = answer("state ").split(" ", -1);
    return new State(Integer.parseInt(words[0]), Long.parseLong(words[1]));
  }

  @Override
  public void close() throws IOException {
    orders.close();
    process.destroy();
    answers.close();
  }

  private void order(String text) throws IOException {
    orders.write(text + "\n");
    orders.flush();
  }

  private String answer(String start) throws IOException {
    var line = line();
    if (!line.startsWith(start)) {
      throw new IOException("the cluster's process said '%s', wanted '%s'".formatted(line, start));
    }
    return line.substring(start.length());
  }

  private String line() throws IOException {
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("the cluster's process has ended; its last words are above");
    }
    return line;
  }
}
