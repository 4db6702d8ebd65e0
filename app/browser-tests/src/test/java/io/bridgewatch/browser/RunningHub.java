package io.bridgewatch.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A hub in a process of its own, as an operator starts it.
 *
 * @param password first password of the user {@code admin}
 */
record RunningHub(Process process, BufferedReader console, String address, String password)
    implements AutoCloseable {

  private static final Pattern PASSWORD = Pattern.compile("Initial password of admin .*: (\\S+)");
  private static final Pattern READY = Pattern.compile("Bridgewatch is ready at (http\\S+)/");

  private static final String HUB = "io.bridgewatch.hub.HubApplication";
  private static final String DEMO = "io.bridgewatch.drillrun.DemoApplication";

  /** Starts a demonstration of a sample and waits until the hub says that it is ready. */
  static RunningHub demo(Path dataDir, Path sample, Path log) throws IOException {
    return start(HUB, Map.of(), dataDir, log, "--demo", "--sample=" + sample);
  }

  /**
   * Starts the whole demonstration, as {@code ./bw demo} does, and waits until it is ready.
   *
   * @param pastHours for which the bank's metrics go back
   */
  static RunningHub demoWithBank(Path dataDir, Path sample, int pastHours, Path log)
      throws IOException {
    var environment = Map.of("BW_DEMO_PAST_HOURS", Integer.toString(pastHours));
    return start(DEMO, environment, dataDir, log, "--demo", "--sample=" + sample);
  }

  /** Starts a hub that watches the cluster of a kubeconfig and waits until it is ready. */
  static RunningHub watching(Path dataDir, Path kubeconfig, Path log) throws IOException {
    return start(HUB, Map.of(), dataDir, log, "--kubeconfig=" + kubeconfig);
  }

  private static RunningHub start(
      String main, Map<String, String> environment, Path dataDir, Path log, String... options)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-cp",
                System.getProperty("java.class.path"),
                main,
                "--http-port=0",
                "--data-dir=" + dataDir));
    command.addAll(List.of(options));
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    var console = process.inputReader();
    var told = new ArrayList<String>();
    Optional<String> password = Optional.empty();
    String line;
    while ((line = console.readLine()) != null) {
      told.add(line);
      password = password.or(() -> first(PASSWORD, told.getLast()));
      var address = first(READY, line);
      if (address.isPresent()) {
        return new RunningHub(
            process, console, address.get(), password.orElseThrow(() -> unexpected(told, log)));
      }
    }
    throw unexpected(told, log);
  }

  /** The first password of the user {@code admin}, from what a hub has told at its first start. */
  static String password(String told) {
    return first(PASSWORD, told).orElseThrow(() -> new AssertionError("no password in: " + told));
  }

  private static Optional<String> first(Pattern pattern, String line) {
    var matcher = pattern.matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static AssertionError unexpected(List<String> told, Path log) {
    return new AssertionError("the hub did not start as it should: " + told + "; see " + log);
  }

  @Override
  public void close() throws IOException {
    process.toHandle().destroy();
    process.onExit().join();
    console.close();
  }
}
