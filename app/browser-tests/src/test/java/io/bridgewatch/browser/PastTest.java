package io.bridgewatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was, in Chromium, against a hub that has watched a cluster for half an hour of its clock.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PastTest {

  private static final Path REPOSITORY = Path.of(System.getProperty("repository", "../.."));

  /** Longer than the quarter of an hour by which the key PageDown moves the slider. */
  private static final Duration WATCHED = Duration.ofMinutes(30);

  /** A clock that is late until it is set right. */
  private static final class LateClock implements InstantSource {
    private volatile Duration late = WATCHED;

    void setRight() {
      late = Duration.ZERO;
    }

    @Override
    public Instant instant() {
      return InstantSource.system().instant().minus(late);
    }
  }

  @Test
  void theSliderShowsInventoryAndMapAsTheyWere(@TempDir Path scratch) throws IOException {
    var executable = Chromium.installed();
    Requirement.require(
        executable.isPresent(),
        "chromium is missing; install the packages chromium and fonts-noto-cjk");
    PlaywrightAssertions.setDefaultAssertionTimeout(Visit.PATIENCE_MILLIS);
    var clock = new LateClock();
    var console = new ByteArrayOutputStream();
    try (var cluster = new SmallCluster();
        var hub = hub(scratch, cluster, clock, console);
        var chromium = Chromium.start(executable.orElseThrow(), REPOSITORY.toAbsolutePath());
        var visit =
            Visit.begin(
                chromium.browser(),
                "en-GB",
                hub.address().replaceFirst("/$", ""),
                RunningHub.password(console.toString(StandardCharsets.UTF_8)))) {
      var page = visit.page();
      visit.open("/inventory/pod");
      assertThat(row(page, SmallCluster.POD)).isVisible();
      clock.setRight();
      cluster.replacePod();
      assertThat(row(page, SmallCluster.NEXT_POD)).isVisible();
      assertThat(row(page, SmallCluster.POD)).hasCount(0);
      waitUntilItIsHistory(page);

      slider(page).press("PageDown");
      assertThat(row(page, SmallCluster.POD)).isVisible();
      assertThat(row(page, SmallCluster.NEXT_POD)).hasCount(0);
      backToNow(page).click();
      assertThat(row(page, SmallCluster.NEXT_POD)).isVisible();
      assertThat(row(page, SmallCluster.POD)).hasCount(0);

      visit.open(
          "/map?view=list&type=deployment&namespace=shop&name=ledger&cluster=" + SmallCluster.NAME);
      var nodes = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("List"));
      assertThat(nodes).containsText(SmallCluster.NEXT_POD);
      slider(page).press("PageDown");
      assertThat(nodes).containsText(SmallCluster.POD);
      assertThat(nodes).not().containsText(SmallCluster.NEXT_POD);
    }
  }

  private static Hub hub(
      Path scratch, SmallCluster cluster, InstantSource clock, ByteArrayOutputStream console)
      throws IOException {
    var options =
        List.of(
            "--http-port=0",
            "--data-dir=" + Files.createDirectory(scratch.resolve("data")),
            "--kubeconfig=" + cluster.kubeconfig(scratch.resolve("kubeconfig")));
    return Hub.start(
        HubOptions.parse(options, Map.of()),
        clock,
        new PrintStream(console, true, StandardCharsets.UTF_8));
  }

  /** What is heard is shown a little before it is kept; the past is read only once. */
  private static void waitUntilItIsHistory(Page page) {
    page.waitForFunction(
        "async cluster => {"
            + " const answer = await fetch('/api/v1/clusters/' + cluster + '/history');"
            + " const last = (await answer.json()).stretches.at(-1);"
            + " return last && Date.now() - Date.parse(last.to) < 300_000; }",
        SmallCluster.NAME);
  }

  private static Locator row(Page page, String text) {
    return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  private static Locator slider(Page page) {
    return page.getByRole(AriaRole.SLIDER);
  }

  private static Locator backToNow(Page page) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Back to now"));
  }
}
