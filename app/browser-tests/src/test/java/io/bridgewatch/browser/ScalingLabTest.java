package io.bridgewatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a workload's history to its policy in shadow, in Chromium, against a hub that watches a
 * cluster and is told what the workload's pods serve.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ScalingLabTest {

  private static final Path REPOSITORY = Path.of(System.getProperty("repository", "../.."));
  private static final Duration HISTORY = Duration.ofHours(14);
  private static final String CART =
      "/scaling?cluster=" + BusyCart.CLUSTER + "&namespace=shop&kind=Deployment&name=cart&view=";

  @Test
  void aPolicyIsLearnedComparedAndRunsInShadow(@TempDir Path scratch) throws IOException {
    var executable = Chromium.installed();
    Requirement.require(
        executable.isPresent(),
        "chromium is missing; install the packages chromium and fonts-noto-cjk");
    PlaywrightAssertions.setDefaultAssertionTimeout(Visit.PATIENCE_MILLIS);
    try (var cart = new BusyCart();
        var hub =
            RunningHub.watching(
                Files.createDirectory(scratch.resolve("data")),
                cart.kubeconfig(scratch.resolve("kubeconfig")),
                scratch.resolve("hub.log"));
        var chromium = Chromium.start(executable.orElseThrow(), REPOSITORY.toAbsolutePath())) {
      try (var visit = Visit.begin(chromium.browser(), "en-GB", hub.address(), hub.password());
          var telemetry = Telemetry.of(visit.page(), hub.address())) {
        cart.tell(telemetry, HISTORY);
        learn(visit);
        use(visit.page());
        lookAtShadow(visit.page(), cart);
        lookAtVerdictsAndReport(visit.page());
      }
      try (var visit = Visit.begin(chromium.browser(), "zh-CN", hub.address(), hub.password())) {
        readInChinese(visit);
      }
    }
  }

  private static void learn(Visit visit) {
    var page = visit.page();
    visit.open("/scaling");
    page.getByRole(AriaRole.TABLE, named("Workloads"))
        .getByRole(AriaRole.LINK, link("cart"))
        .click();
    view(page, "Scaling lab").click();
    page.getByRole(AriaRole.BUTTON, named("Learn a policy")).click();

    assertThat(drawing(page, "Latency by load of a replica")).isVisible();
    assertThat(page.getByText("where latency leaves its floor")).isVisible();
    var compared = page.getByRole(AriaRole.TABLE, named("Policies on the same load"));
    assertThat(compared).containsText("Learned");
    assertThat(compared).containsText("cpu 80%");
    assertThat(compared).containsText("As it was");
    assertThat(drawing(page, "Replay")).isVisible();
    var replay = page.getByRole(AriaRole.FIGURE, named("Replay"));
    assertThat(replay.getByRole(AriaRole.LISTITEM)).hasCount(2);
    compared.getByRole(AriaRole.CHECKBOX, checkbox("Perfect forecast")).check();
    assertThat(replay.getByRole(AriaRole.LISTITEM)).hasCount(3);
  }

  private static void use(Page page) {
    page.getByRole(AriaRole.BUTTON, named("Make it the policy")).click();
    assertThat(page.getByText("It is the policy now")).isVisible();
    view(page, "Readiness and policy").click();
    page.getByRole(AriaRole.BUTTON, named("To mode Shadow")).click();
    assertThat(page.getByText("Decisions in shadow, at least")).isVisible();
  }

  private static void lookAtShadow(Page page, BusyCart cart) {
    view(page, "Shadow").click();
    var decision =
        page.getByRole(AriaRole.LIST, named("Decisions")).getByRole(AriaRole.LISTITEM).first();
    assertThat(decision).containsText(Pattern.compile("\\d+ instead of 2"));
    assertThat(decision).containsText("asked for");
    decision.getByRole(AriaRole.BUTTON).press("Enter");
    var asked = decision.getByRole(AriaRole.TABLE);
    assertThat(asked).containsText("cpu resource utilization");
    assertThat(asked).containsText("bridgewatch-replicas-needed");
    cart.scaleTo(4);
    page.reload(); // the chart is drawn anew twice a minute only
    assertThat(drawing(page, "Replicas in force and in shadow")).isVisible();
  }

  private static void lookAtVerdictsAndReport(Page page) {
    view(page, "Verdicts").click();
    var waiting =
        page.getByRole(AriaRole.LIST, named("Changes that wait for their verdict"))
            .getByRole(AriaRole.LISTITEM);
    assertThat(waiting).containsText("2 → 4");
    assertThat(waiting).containsText("is judged at");
    page.getByRole(AriaRole.LINK, named("Monthly report")).click();
    assertThat(page.getByRole(AriaRole.HEADING, level(1))).hasText("Monthly report");
    var file = page.waitForDownload(() -> page.getByRole(AriaRole.LINK, download()).click());
    assertThat(file.suggestedFilename()).matches("scaling-\\d{4}-\\d\\d\\.md");
    assertThat(file.path()).content().startsWith("# Scaling in ");
  }

  private static void readInChinese(Visit visit) {
    var page = visit.page();
    visit.open(CART + "lab");
    assertThat(page.getByText("时延离开平台处")).isVisible();
    assertThat(drawing(page, "时延随单副本负载")).isVisible();
    assertThat(drawing(page, "回放")).isVisible();
    assertThat(page.getByRole(AriaRole.TABLE, named("同一负载下的各策略"))).containsText("学习所得");
    visit.open(CART + "shadow");
    assertThat(drawing(page, "现行与影子的副本数")).isVisible();
    var decision = page.getByRole(AriaRole.LIST, named("决策")).getByRole(AriaRole.LISTITEM).last();
    assertThat(decision).containsText("（现行 2）");
    decision.getByRole(AriaRole.BUTTON).click();
    assertThat(decision.getByRole(AriaRole.TABLE)).containsText("用量 / 目标");
    visit.open(CART + "verdicts");
    assertThat(page.getByRole(AriaRole.LIST, named("等待结论的变化"))).containsText("2 → 4");
    visit.open("/scaling/report");
    assertThat(page.getByRole(AriaRole.HEADING, level(1))).hasText("月度报告");
  }

  private static Locator view(Page page, String name) {
    return page.getByRole(AriaRole.NAVIGATION, named("Views of the workload"))
        .getByRole(AriaRole.LINK, link(name));
  }

  private static Locator drawing(Page page, String figure) {
    return page.getByRole(AriaRole.FIGURE, named(figure)).locator("[data-drawn=true] canvas");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions download() {
    return new Page.GetByRoleOptions().setName("Download");
  }

  private static Page.GetByRoleOptions level(int level) {
    return new Page.GetByRoleOptions().setLevel(level);
  }

  private static Locator.GetByRoleOptions link(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions checkbox(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
