package io.bridgewatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a visitor of the demonstration does, in Chromium, against the demonstration itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DemoTest {

  private static final Path REPOSITORY = Path.of(System.getProperty("repository", "../.."));

  /** As many nodes as the map begins with, at least. */
  private static final Pattern SEVERAL = Pattern.compile("[5-9]|\\d{2,}");

  private Optional<Chromium> chromium = Optional.empty();
  private Optional<RunningHub> demo = Optional.empty();

  @BeforeAll
  void startDemonstrationAndBrowser(@TempDir Path scratch) throws IOException {
    var executable = Chromium.installed();
    Requirement.require(
        executable.isPresent(),
        "chromium is missing; install the packages chromium and fonts-noto-cjk");
    PlaywrightAssertions.setDefaultAssertionTimeout(Visit.PATIENCE_MILLIS);
    var sample = REPOSITORY.resolve(System.getProperty("sample", "samples/bank-bad-rollout"));
    demo =
        Optional.of(
            RunningHub.demoWithBank(
                Files.createDirectory(scratch.resolve("data")),
                sample.toAbsolutePath(),
                1,
                scratch.resolve("demo.log")));
    chromium = Optional.of(Chromium.start(executable.orElseThrow(), REPOSITORY.toAbsolutePath()));
  }

  @AfterAll
  void stop() throws IOException {
    chromium.ifPresent(Chromium::close);
    if (demo.isPresent()) {
      demo.get().close();
    }
  }

  private Visit visit(String locale) {
    var running = demo.orElseThrow();
    return Visit.begin(
        chromium.orElseThrow().browser(), locale, running.address(), running.password());
  }

  @Test
  void aVisitorIsShownAroundAndCausesTroubleAndCuresIt() {
    try (var visit = visit("en-GB")) {
      var page = visit.page();
      assertThat(page.locator("[data-nodes] canvas").first()).isVisible();
      assertThat(page.locator("[data-nodes]")).hasAttribute("data-nodes", SEVERAL);
      walkThrough(
          page,
          List.of(
              "The bank is alive",
              "Everything it tells",
              "Now cause trouble",
              "See what is made of it"));

      page.getByRole(AriaRole.NAVIGATION)
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Cause trouble"))
          .click();
      assertThat(page.getByText("History of 1 h is there")).isVisible();
      var offered = row(page, "What can be put in", "disk-slow");
      offered.getByRole(AriaRole.BUTTON, button("Put in")).click();
      var active = page.getByLabel("In now").getByRole(AriaRole.ROW).last();
      assertThat(active.getByRole(AriaRole.BUTTON, button("Cure"))).isVisible();
      assertThat(offered.getByRole(AriaRole.BUTTON, button("Is in"))).isDisabled();
      active.getByRole(AriaRole.BUTTON, button("Cure")).click();
      assertThat(page.getByText("Nothing is in")).isVisible();
      assertThat(offered.getByRole(AriaRole.BUTTON, button("Put in"))).isEnabled();
    }
  }

  @Test
  void theTourAndTheTroublesAreInChineseToo() {
    try (var visit = visit("zh-CN")) {
      var page = visit.page();
      assertThat(tour(page)).containsText("银行正在运行");
      tour(page).getByRole(AriaRole.BUTTON).filter(hasText("跳过")).click();
      assertThat(tour(page)).hasCount(0);
      visit.open("/troubles");
      assertThat(page.getByText("小时的历史已写入")).isVisible();
      assertThat(row(page, "可以注入的内容", "disk-slow").getByRole(AriaRole.BUTTON))
          .hasText(Pattern.compile("注\\s*入"));
      assertThat(tour(page)).hasCount(0); // who has skipped it is left alone
    }
  }

  /** Reads each step and goes on to the last, which ends it. */
  private static void walkThrough(Page page, List<String> titles) {
    for (String title : titles) {
      assertThat(tour(page)).containsText(title);
      tour(page).locator("button.ant-tour-next-btn").click();
    }
    assertThat(tour(page)).hasCount(0);
    page.waitForURL("**/incidents**");
  }

  private static Locator tour(Page page) {
    return page.locator(".ant-tour:visible");
  }

  private static Locator row(Page page, String table, String text) {
    return page.getByLabel(table).getByRole(AriaRole.ROW).filter(hasText(text));
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator.GetByRoleOptions button(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
