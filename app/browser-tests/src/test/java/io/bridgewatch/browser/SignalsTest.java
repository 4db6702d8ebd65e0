package io.bridgewatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of metrics, log lines and traces in Chromium, of what the hub was sent by OTLP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SignalsTest {

  private static final Path REPOSITORY = Path.of(System.getProperty("repository", "../.."));
  private static final String METRIC = "queue.length";

  private Optional<Chromium> chromium = Optional.empty();
  private Optional<SmallCluster> cluster = Optional.empty();
  private Optional<RunningHub> hub = Optional.empty();

  /** A language of the UI, with the words that the checks look for. */
  enum Ui {
    ENGLISH("en-GB", "Logs", "Explore", "Follow", "Spans by tree and time", "Show the trace", "a"),
    CHINESE("zh-CN", "日志", "指标与信号", "实时跟踪", "按层级和时间排列的跨度", "查看链路", "b");

    final String locale;
    final String logs;
    final String explore;
    final String follow;
    final String waterfall;
    final String toTrace;

    /** The trace that the test sends in this language. */
    final String trace;

    Ui(
        String locale,
        String logs,
        String explore,
        String follow,
        String waterfall,
        String toTrace,
        String trace) {
      this.locale = locale;
      this.logs = logs;
      this.explore = explore;
      this.follow = follow;
      this.waterfall = waterfall;
      this.toTrace = toTrace;
      this.trace = trace.repeat(32);
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
  void whatWasSentIsFoundFollowedAndLeadsToItsTrace(Ui ui) {
    var running = hub.orElseThrow();
    try (var visit =
            Visit.begin(
                chromium.orElseThrow().browser(),
                ui.locale,
                running.address(),
                running.password());
        var telemetry = Telemetry.of(visit.page(), running.address())) {
      var page = visit.page();
      telemetry.send("/v1/traces", traces(ui.trace));
      telemetry.send("/v1/logs", line("stock is gone: " + ui.name(), ui.trace));
      telemetry.send("/v1/metrics", metrics());

      visit.open(
          "/entity?type=pod&namespace=shop&name="
              + SmallCluster.POD
              + "&cluster="
              + SmallCluster.NAME);
      page.locator("main")
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(ui.explore))
          .click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(METRIC)).click();
      assertThat(page.locator("[data-drawn=true] canvas").first()).isVisible();

      visit.open("/logs?q=" + ui.name());
      var lines = page.getByRole(AriaRole.REGION, named(ui.logs));
      var line = lines.getByRole(AriaRole.LISTITEM).filter(hasText("stock is gone"));
      assertThat(line).hasCount(1);
      assertThat(line).containsText(SmallCluster.POD);
      page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName(ui.follow)).click();
      assertThat(page.getByRole(AriaRole.STATUS).last()).isVisible();
      telemetry.send("/v1/logs", line("it arrived: " + ui.name(), ""));
      assertThat(lines.getByRole(AriaRole.LISTITEM).filter(hasText("it arrived"))).hasCount(1);

      line.getByRole(AriaRole.BUTTON).first().click();
      page.getByRole(AriaRole.LINK, named(ui.toTrace)).click();
      var spans = page.getByRole(AriaRole.LIST, named(ui.waterfall));
      assertThat(spans.locator("> li")).hasCount(2);
      assertThat(spans.locator("> li").nth(1)).containsText("SELECT stock");
      assertThat(spans.locator("> li").nth(1)).hasAttribute("data-failed", "true");
      assertThat(page.locator("main")).containsText("stock is gone: " + ui.name());
    }
  }

  private static String resource() {
    return """
    {"attributes": [
      {"key": "k8s.cluster.name", "value": {"stringValue": "%s"}},
      {"key": "k8s.namespace.name", "value": {"stringValue": "shop"}},
      {"key": "k8s.pod.name", "value": {"stringValue": "%s"}},
      {"key": "service.name", "value": {"stringValue": "ledger"}}]}
    """
        .formatted(SmallCluster.NAME, SmallCluster.POD);
  }

  private static String line(String body, String trace) {
    return """
    {"resourceLogs": [{"resource": %s, "scopeLogs": [{"logRecords": [
      {"timeUnixNano": "%d", "severityNumber": 17, "body": {"stringValue": "%s"},
       "traceId": "%s"}]}]}]}
    """
        .formatted(resource(), nanos(0), body, trace);
  }

  /** An order whose question to the database failed. */
  private static String traces(String trace) {
    return """
    {"resourceSpans": [{"resource": %1$s, "scopeSpans": [{"spans": [
      {"traceId": "%2$s", "spanId": "1111111111111111", "name": "POST /orders", "kind": 2,
       "startTimeUnixNano": "%3$d", "endTimeUnixNano": "%4$d"},
      {"traceId": "%2$s", "spanId": "2222222222222222", "parentSpanId": "1111111111111111",
       "name": "SELECT stock", "kind": 3, "startTimeUnixNano": "%3$d",
       "endTimeUnixNano": "%4$d", "status": {"code": 2}}]}]}]}
    """
        .formatted(resource(), trace, nanos(-100), nanos(-50));
  }

  private static String metrics() {
    return """
    {"resourceMetrics": [{"resource": %s, "scopeMetrics": [{"metrics": [
      {"name": "%s", "unit": "{order}", "gauge": {"dataPoints": [
        {"timeUnixNano": "%d", "asInt": "3"}, {"timeUnixNano": "%d", "asInt": "5"}]}}]}]}]}
    """
        .formatted(resource(), METRIC, nanos(-60_000), nanos(-30_000));
  }

  /** Nanoseconds since 1970-01-01T00:00Z of so many milliseconds from now. */
  private static long nanos(long millisFromNow) {
    return (Instant.now().toEpochMilli() + millisFromNow) * 1_000_000;
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
