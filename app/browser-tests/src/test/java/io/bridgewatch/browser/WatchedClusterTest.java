package io.bridgewatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of discovery in Chromium, against a hub that watches a small cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WatchedClusterTest {

  private static final Path REPOSITORY = Path.of(System.getProperty("repository", "../.."));

  private Optional<Chromium> chromium = Optional.empty();
  private Optional<SmallCluster> cluster = Optional.empty();
  private Optional<RunningHub> hub = Optional.empty();

  /** A language of the UI, with the words that the checks look for. */
  enum Ui {
    ENGLISH(
        "en-GB",
        "Containers",
        "Relations",
        "Map around it",
        "What changed near it",
        "Map of",
        "%s cores"),
    CHINESE("zh-CN", "容器", "关系", "周边关系图", "周边变更", "关系图", "%s 核");

    final String locale;
    final String containers;
    final String relations;
    final String toMap;
    final String toTimeline;
    final String map;

    /** A number of cores. */
    final String cores;

    Ui(
        String locale,
        String containers,
        String relations,
        String toMap,
        String toTimeline,
        String map,
        String cores) {
      this.locale = locale;
      this.containers = containers;
      this.relations = relations;
      this.toMap = toMap;
      this.toTimeline = toTimeline;
      this.map = map;
      this.cores = cores;
    }
  }

  @BeforeAll
  void startClusterHubAndBrowser(@TempDir Path scratch) throws IOException {
    var executable = Chromium.installed();
    Requirement.require(
        executable.isPresent(),
        "chromium is missing; install the packages chromium and fonts-noto-cjk");
    PlaywrightAssertions.setDefaultAssertionTimeout(Visit.PATIENCE_MILLIS);
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
    try (var visit = visit(ui.locale)) {
      var page = visit.page();
      visit.open("/inventory/pod");
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
  }

  @ParameterizedTest
  @EnumSource
  void aPoolShowsWhatThereIsAndWhatIsAskedFor(Ui ui) {
    try (var visit = visit(ui.locale)) {
      visit.open("/pools");
      var pool = visit.page().getByRole(AriaRole.LISTITEM, named(SmallCluster.POOL));
      var cpu = pool.locator("dl").nth(0);
      assertThat(cpu.locator("[data-amount=capacity] dd")).hasText(ui.cores.formatted("4"));
      assertThat(cpu.locator("[data-amount=allocatable] dd")).hasText(ui.cores.formatted("4"));
      assertThat(cpu.locator("[data-amount=requests] dd")).hasText(ui.cores.formatted("0.5"));
      assertThat(cpu.locator("[data-amount=limits] dd")).hasText(ui.cores.formatted("2"));
      var memory = pool.locator("dl").nth(1);
      assertThat(memory.locator("[data-amount=capacity] dd")).hasText("8 GiB");
      assertThat(memory.locator("[data-amount=requests] dd")).hasText("1 GiB");
      assertThat(memory.locator("[data-amount=limits] dd")).hasText("2 GiB");
    }
  }

  @Test
  void aClusterIsLiveOnceItIsRegisteredUntilItIsRemoved() {
    try (var quay = new SmallCluster();
        var visit = visit("en-GB")) {
      var page = visit.page();
      visit.open("/clusters");
      register(page, "quay", quay);
      var card = page.getByRole(AriaRole.LISTITEM, named("quay"));
      assertThat(card).hasAttribute("data-state", "LIVE");

      visit.open("/inventory/pod?cluster=quay");
      var row = page.getByRole(AriaRole.ROW).filter(hasText(SmallCluster.POD));
      assertThat(row).containsText("ImagePullBackOff");

      visit.open("/clusters");
      assertThat(page.getByRole(AriaRole.LISTITEM, named(SmallCluster.NAME))).isVisible();
      card.getByRole(AriaRole.BUTTON, button("Remove")).click();
      page.getByRole(AriaRole.TOOLTIP).getByRole(AriaRole.BUTTON, button("Remove")).click();
      assertThat(card).hasCount(0);
      visit.open("/inventory/pod");
      assertThat(row).hasCount(1); // of the cluster that is left
      visit.open("/clusters");
      assertThat(page.getByRole(AriaRole.LISTITEM, named(SmallCluster.NAME))).isVisible();
      assertThat(card).hasCount(0);
    }
  }

  private static void register(Page page, String name, SmallCluster cluster) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Register a cluster"))
        .click();
    var form = page.getByRole(AriaRole.DIALOG);
    form.getByLabel("Name").fill(name);
    form.getByLabel("Address of the API server").fill(cluster.url().toString());
    form.locator("input[type=password]").fill("any");
    form.getByRole(AriaRole.BUTTON, button("Check the connection")).click();
    assertThat(form).containsText("Reached: Kubernetes");
    form.getByRole(AriaRole.BUTTON, button("Register a cluster")).click();
    assertThat(form).hasCount(0);
  }

  @Test
  void theTokenInTheFileForTheApiServerDeliversUntilItIsRevoked() throws Exception {
    try (var visit = visit("en-GB")) {
      var page = visit.page();
      visit.open("/clusters?webhook=" + SmallCluster.NAME);
      var panel = page.getByRole(AriaRole.DIALOG);
      panel.getByRole(AriaRole.BUTTON, button("Create a token")).click();
      assertThat(panel.getByRole(AriaRole.ALERT)).containsText("shown only now");
      var file = region(page, "File for --audit-webhook-config-file").locator("pre").innerText();
      var url = value(file, "server");
      var token = value(file, "token");
      assertThat(deliver(url, token)).isEqualTo(200);

      panel.getByRole(AriaRole.BUTTON, button("Revoke the token")).click();
      page.getByRole(AriaRole.TOOLTIP)
          .getByRole(AriaRole.BUTTON, button("Revoke the token"))
          .click();
      assertThat(panel.getByRole(AriaRole.BUTTON, button("Create a token"))).isVisible();
      assertThat(panel).not().containsText(token);
      assertThat(deliver(url, token)).isEqualTo(401);
    }
  }

  /** The quoted text behind a key of a YAML file. */
  private static String value(String yaml, String key) {
    var matcher = Pattern.compile(key + ": \"(.+)\"").matcher(yaml);
    assertThat(matcher.find()).as(yaml).isTrue();
    return matcher.group(1);
  }

  /** Delivers no event, as an API server would; the status of the answer. */
  private static int deliver(String url, String token) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"kind\": \"EventList\", \"apiVersion\": \"audit.k8s.io/v1\", \"items\": []}"))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private Visit visit(String locale) {
    var running = hub.orElseThrow();
    return Visit.begin(
        chromium.orElseThrow().browser(), locale, running.address(), running.password());
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

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions button(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
