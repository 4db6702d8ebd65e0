package io.bridgewatch.drillrun;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.engine.LiveSettings;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubApplication;
import io.bridgewatch.hub.HubOptions;
import io.bridgewatch.ports.Timekeeper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The demonstration: a simulated bank that runs on the wall's clock, and a hub that watches it by
 * the protocols by which it watches any cluster. Options are the hub's; where they name a cluster
 * of one's own, that is watched instead and there is no bank.
 */
public final class DemoApplication {

  /**
   * Runs while the hub starts, so that there is telemetry of what is usual from the first moment.
   */
  private static final Duration WARM_UP = Duration.ofMinutes(5);

  /** Hours for which the history of metrics goes back before the start. */
  private static final String PAST_HOURS = "BW_DEMO_PAST_HOURS";

  private static final int USUAL_PAST_HOURS = 24;
  private static final int MOST_PAST_HOURS = 7 * 24;

  /** What the bank may be behind the clock while its history is written. */
  private static final Duration MOST_BEHIND = Duration.ofSeconds(5);

  /** Short enough for charts and spans to look continuous. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final long SEED = 1;

  private DemoApplication() {}

  public static void main(String[] args) {
    HubApplication.run(args, (arguments, out) -> start(arguments, System.getenv(), out));
  }

  private static void start(
      List<String> arguments, Map<String, String> environment, PrintStream out) {
    var time = Timekeeper.system();
    var asked = HubOptions.parse(arguments, environment);
    if (asked.clusters().kubeconfig().isPresent() || asked.clusters().inCluster()) {
      Hub.start(asked, time, out, Optional.empty());
      return;
    }
    var past = Duration.ofHours(pastHours(environment));
    var all = new ArrayList<>(arguments);
    all.add("--scrape-pods-by-api-server");
    var how = HubOptions.parse(all, environment).collect().scraping();
    var bank = DemoBank.open(StandardBank.plan(), time, WARM_UP, past, SEED, how);
    time.every("bank", Duration.ZERO, PAUSE, bank::keepUp);
    var kubeconfig = kubeconfig(bank);
    all.add("--kubeconfig=" + kubeconfig);
    var hub = Hub.start(HubOptions.parse(all, environment), time, out, Optional.of(bank));
    bank.sendTo(URI.create(hub.address()), hub.lendIngest());
    bank.keepWarmUp(hub.past(bank.cluster()));
    if (past.isPositive() && how.isPresent()) {
      var from = bank.opened().minus(past);
      var to = bank.opened().minus(LiveSettings.usual().window()); // what is diagnosed is one run
      var before = new PastBank(StandardBank.plan(), from, to, SEED, how.get(), hub);
      bank.follow(before);
      before.start(
          time, () -> hub.hears(bank.cluster()) && bank.behind().compareTo(MOST_BEHIND) <= 0);
    }
    out.println(announcement(bank.cluster(), kubeconfig));
  }

  private static int pastHours(Map<String, String> environment) {
    var text = environment.getOrDefault(PAST_HOURS, "").strip();
    if (text.isEmpty()) {
      return USUAL_PAST_HOURS;
    }
    try {
      int hours = Integer.parseInt(text);
      if (hours >= 0 && hours <= MOST_PAST_HOURS) {
        return hours;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new HubOptions.InvalidOptionException(
        "%s is '%s', wanted a number of hours from 0 (no history) to %d"
            .formatted(PAST_HOURS, text, MOST_PAST_HOURS));
  }

  private static Path kubeconfig(DemoBank bank) {
    try {
      var file = Files.createTempFile("bridgewatch-bank", ".kubeconfig");
      file.toFile().deleteOnExit();
      Files.writeString(file, Kubeconfigs.of(bank.cluster(), bank.apiServer()));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the simulated bank's kubeconfig", e);
    }
  }

  private static String announcement(String cluster, Path kubeconfig) {
    return (Locale.getDefault().getLanguage().equals("zh")
            ? "模拟银行 %s 正在运行；kubectl --kubeconfig %s get pods -A 可以访问它"
            : "The simulated bank %s is running; kubectl --kubeconfig %s get pods -A speaks to it")
        .formatted(cluster, kubeconfig);
  }
}
