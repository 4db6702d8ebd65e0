package io.bridgewatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of discovery in Chromium, against a hub that watches a small cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WatchedClusterTest {

  private static final double PATIENCE_MILLIS = 120_000;
  private static final Path REPOSITORY = Path.of(System.getProperty("repository", "../.."));

  private Optional<Chromium> chromium = Optional.empty();
  private Optional<SmallCluster> cluster = Optional.empty();
  private Optional<RunningHub> hub = Optional.empty();

  /** A language of the UI, with the words that the checks look for. */
  enum Ui {
    ENGLISH("en-GB", "Containers", "Relations", "Map around it", "What changed near it", "Map of"),
    CHINESE("zh-CN", "容器", "关系", "周边关系图", "周边变更", "关系图");

    final String locale;
    final String containers;
    final String relations;
    final String toMap;
    final String toTimeline;
    final String map;

    Ui(
        String locale,
        String containers,
        String relations,
        String toMap,
        String toTimeline,
        String map) {
      this.locale = locale;
      this.containers = containers;
      this.relations = relations;
      this.toMap = toMap;
      this.toTimeline = toTimeline;
      this.map = map;
    }
  }

  @BeforeAll
  void startClusterHubAndBrowser(@TempDir Path scratch) throws IOException {
    var executable = Chromium.installed();
    Requirement.require(
        executable.isPresent(),
        "chromium is missing; install the packages chromium and fonts-noto-cjk");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    var watched = new SmallCluster();
    cluster = Optional.of(watched);
    hub =
        Optional.of(
            RunningHub.watching(
                Files.createDirectory(scratch.resolve("data")),
                watched.kubeconfig(scratch.resolve("kubeconfig")),
                scratch.resolve("hub.log")));
    chromium = Optional.of(Chromium.start(executable.orElseThrow(), REPOSITORY.toAbsolutePath()));
  }

  @AfterAll
  void stop() throws IOException {
    chromium.ifPresent(Chromium::close);
    if (hub.isPresent()) {
      hub.get().close();
    }
    cluster.ifPresent(SmallCluster::close);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsInTroubleIsFoundAndFollowedToItsMapAndItsHistory(Ui ui) {
    var complaints = new ArrayList<String>();
    try (var context =
        chromium
            .orElseThrow()
            .browser()
            .newContext(
                new Browser.NewContextOptions().setLocale(ui.locale).setViewportSize(1440, 1000))) {
      context.setDefaultTimeout(PATIENCE_MILLIS);
      var page = context.newPage();
      page.onPageError(complaints::add);
      logIn(page);

      page.navigate(hub.orElseThrow().address() + "/inventory/pod");
      var row = page.getByRole(AriaRole.ROW).filter(hasText(SmallCluster.POD));
      assertThat(row).containsText("ImagePullBackOff");
      assertThat(row).containsText("worker-1");
      cluster.orElseThrow().scaleTo(ui == Ui.ENGLISH ? 2 : 3);
      row.getByRole(AriaRole.LINK).first().click();

      assertThat(page.getByRole(AriaRole.HEADING, named(1))).hasText(SmallCluster.POD);
      assertThat(region(page, ui.containers)).containsText("example/ledger:1");
      assertThat(region(page, ui.relations)).containsText("ledger-7f9c");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(ui.toMap)).click();
      assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName(ui.map)).first())
          .isVisible();
      assertThat(page.locator("[data-nodes] canvas").first()).isVisible();

      page.goBack();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(ui.toTimeline)).click();
      var scaled = page.getByRole(AriaRole.LISTITEM).filter(hasText("kubectl-scale")).first();
      scaled.getByRole(AriaRole.BUTTON).click();
      assertThat(scaled.getByRole(AriaRole.TABLE)).containsText("spec.replicas");
    }
    assertThat(complaints).as("errors of the page").isEmpty();
  }

  private void logIn(Page page) {
    page.navigate(hub.orElseThrow().address() + "/login");
    page.locator("#username, form input").first().fill("admin");
    page.locator("form input[type=password]").fill(hub.orElseThrow().password());
    page.locator("form button[type=submit]").click();
    page.waitForURL(address -> !address.contains("/login"));
  }

  private static Locator region(Page page, String name) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true))
        .first();
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(int level) {
    return new Page.GetByRoleOptions().setLevel(level);
  }
}
