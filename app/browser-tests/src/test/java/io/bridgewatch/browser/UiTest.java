package io.bridgewatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The UI in Chromium, against a hub that shows the sample incident. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UiTest {

  /** How long a page may take to show something; generous, because nothing here measures speed. */
  private static final double PATIENCE_MILLIS = 120_000;

  private static final Path REPOSITORY = Path.of(System.getProperty("repository", "../.."));
  private static final Path SAMPLE =
      REPOSITORY.resolve(System.getProperty("sample", "samples/bank-bad-rollout"));
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  private Path scratch = REPOSITORY;
  private Optional<Chromium> chromium = Optional.empty();
  private Optional<RunningHub> hub = Optional.empty();
  private Optional<BrowserContext> context = Optional.empty();
  private final List<String> complaints = new ArrayList<>();

  /** A language of the UI, with the words that the checks look for. */
  enum Ui {
    ENGLISH(
        "en-GB",
        "User name",
        "Password",
        "Log in",
        "do not match",
        "What hurts",
        "Likely causes",
        "Call map",
        "Timeline"),
    CHINESE("zh-CN", "用户名", "密码", "登录", "不匹配", "受影响情况", "可能的原因", "调用关系图", "时间线");

    final String locale;
    final String username;
    final String password;
    final String logIn;
    final String noMatch;
    final String symptoms;
    final String causes;
    final String map;
    final String timeline;

    Ui(
        String locale,
        String username,
        String password,
        String logIn,
        String noMatch,
        String symptoms,
        String causes,
        String map,
        String timeline) {
      this.locale = locale;
      this.username = username;
      this.password = password;
      this.logIn = logIn;
      this.noMatch = noMatch;
      this.symptoms = symptoms;
      this.causes = causes;
      this.map = map;
      this.timeline = timeline;
    }

    String lang() {
      return locale.substring(0, 2);
    }
  }

  @BeforeAll
  void startHubAndBrowser(@TempDir Path directory) throws IOException {
    scratch = directory;
    var executable = Chromium.installed();
    Requirement.require(
        executable.isPresent(),
        "chromium is missing; install the packages chromium and fonts-noto-cjk");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    hub =
        Optional.of(
            RunningHub.demo(
                Files.createDirectory(scratch.resolve("data")),
                SAMPLE.toAbsolutePath(),
                scratch.resolve("hub.log")));
    chromium = Optional.of(Chromium.start(executable.orElseThrow(), REPOSITORY.toAbsolutePath()));
  }

  @AfterAll
  void stop() throws IOException {
    chromium.ifPresent(Chromium::close);
    if (hub.isPresent()) {
      hub.get().close();
    }
  }

  @AfterEach
  void closeBrowser() {
    context.ifPresent(BrowserContext::close);
    assertThat(complaints).as("errors on the browser's console").isEmpty();
  }

  private Page open(Ui ui) {
    var fresh =
        chromium
            .orElseThrow()
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setLocale(ui.locale)
                    .setTimezoneId("Asia/Shanghai")
                    .setColorScheme(ColorScheme.LIGHT)
                    .setViewportSize(1440, 1000)
                    .setDeviceScaleFactor(Boolean.getBoolean("screenshots") ? 1.5 : 1));
    context = Optional.of(fresh);
    fresh.setDefaultTimeout(PATIENCE_MILLIS);
    var page = fresh.newPage();
    complaints.clear();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // A status of 401 is how the hub says that nobody is logged in; Chromium tells it too.
          if (message.type().equals("error") && !message.text().contains("status of 401")) {
            complaints.add(message.text());
          }
        });
    return page;
  }

  /** Opens a browser in a language and fills in the login. */
  private Page logIn(Ui ui, String password) {
    var page = open(ui);
    page.navigate(hub.orElseThrow().address() + "/login");
    page.getByLabel(ui.username).fill("admin");
    page.getByLabel(ui.password, new Page.GetByLabelOptions().setExact(true)).fill(password);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(ui.logIn)).click();
    return page;
  }

  private Page logIn(Ui ui) {
    var page = logIn(ui, hub.orElseThrow().password());
    page.waitForURL(address -> !address.contains("/login"));
    return page;
  }

  /** What the API says at a path, asked from inside the page with its session. */
  private static JsonObject api(Page page, String path) {
    var text =
        page.evaluate(
            "async path => { const answer = await fetch('/api/v1' + path);"
                + " if (!answer.ok) throw new Error(path + ': ' + answer.status);"
                + " return answer.text(); }",
            path);
    return new Gson().fromJson(String.valueOf(text), JsonObject.class);
  }

  /**
   * The sample's incident that shows most charts, as the API tells it, once the import at the hub's
   * start has ended.
   */
  private static JsonObject sampleIncident(Page page, Ui ui) {
    page.waitForFunction("async () => (await (await fetch('/api/v1/bundles')).json()).total > 0");
    var incidents = api(page, "/incidents?lang=" + ui.lang()).getAsJsonArray("items");
    Requirement.require(!incidents.isEmpty(), "the diagnosis found no incident in " + SAMPLE);
    return incidents.asList().stream()
        .map(item -> item.getAsJsonObject().get("id").getAsString())
        .map(id -> api(page, "/incidents/" + id + "?lang=" + ui.lang()))
        .max(Comparator.comparingInt(incident -> incident.getAsJsonArray("charts").size()))
        .orElseThrow();
  }

  private static Locator section(Page page, String heading) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(heading)).first();
  }

  @ParameterizedTest
  @EnumSource
  void aWrongPasswordIsSaidToBeWrong(Ui ui) {
    var page = logIn(ui, "not-the-password");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText(ui.noMatch);
  }

  @ParameterizedTest
  @EnumSource
  void theIncidentSaysWhatHurtsAndWhyByWhatEvidence(Ui ui) {
    var page = logIn(ui);
    var incident = sampleIncident(page, ui);
    page.navigate(hub.orElseThrow().address() + "/incidents/" + incident.get("id").getAsString());

    var title = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    assertThat(title).hasText(incident.get("title").getAsString());
    var symptom = objects(incident, "symptoms").getFirst();
    assertThat(section(page, ui.symptoms)).containsText(symptom.get("sentence").getAsString());

    var cause = objects(incident, "causes").getFirst();
    var card = section(page, ui.causes).getByRole(AriaRole.ARTICLE).first();
    assertThat(card).containsText(cause.get("kindText").getAsString());
    assertThat(card).containsText(cause.get("name").getAsString());
    var evidence = objects(cause, "evidence").getFirst().get("sentence").getAsString();
    assertThat(card).containsText(evidence);

    var charts = objects(incident, "charts");
    assertThat(charts).isNotEmpty();
    assertThat(page.locator(".chart-grid [data-drawn=true] canvas")).hasCount(charts.size());
    var map = section(page, ui.map);
    assertThat(map.locator("[data-nodes] canvas").first()).isVisible();
    var moments = objects(incident, "timeline");
    assertThat(section(page, ui.timeline).locator("li").first())
        .containsText(moments.getFirst().get("sentence").getAsString());

    if (ui == Ui.CHINESE) {
      assertThat(incident.get("title").getAsString()).containsPattern(CHINESE);
      assertThat(evidence).containsPattern(CHINESE);
    }
    if (ui == Ui.ENGLISH && Boolean.getBoolean("screenshots")) {
      writeScreenshot(page);
    }
  }

  @Test
  void theLanguageCanBeChangedOnThePageAndIsRemembered() {
    var page = logIn(Ui.ENGLISH);
    page.getByText("中文").click();
    assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("审计")))
        .isVisible();
    page.reload();
    assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("审计")))
        .isVisible();
  }

  @Test
  void aBundleIsImportedThroughThePage() throws IOException {
    var page = logIn(Ui.ENGLISH);
    page.navigate(hub.orElseThrow().address() + "/bundles");
    page.locator("input[type=file]").setInputFiles(zipOf(SAMPLE, "sent-by-hand.zip"));
    assertThat(
            page.getByRole(AriaRole.ALERT)
                .filter(new Locator.FilterOptions().setHasText("Imported")))
        .isVisible();
    var name =
        new Gson()
            .fromJson(Files.readString(SAMPLE.resolve("bundle.json")), JsonObject.class)
            .get("name")
            .getAsString();
    assertThat(page.getByRole(AriaRole.TABLE).getByText(name).first()).isVisible();
  }

  @Test
  void whatIsNoBundleIsRefusedWithAReason() throws IOException {
    var page = logIn(Ui.ENGLISH);
    page.navigate(hub.orElseThrow().address() + "/bundles");
    var broken = scratch.resolve("broken.zip");
    Files.writeString(broken, "this is no archive");
    page.locator("input[type=file]").setInputFiles(broken);
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Reason: ");
    complaints.removeIf(text -> text.contains("status of 4"));
  }

  @Test
  void theAuditTellsOfTheLogin() {
    var page = logIn(Ui.ENGLISH);
    page.navigate(hub.orElseThrow().address() + "/audit");
    assertThat(page.getByRole(AriaRole.TABLE)).containsText("logged in");
  }

  @Test
  void afterLoggingOutNothingIsShownAnyMore() {
    var page = logIn(Ui.ENGLISH);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")).click();
    assertThat(page.getByLabel("User name")).isVisible();
    page.navigate(hub.orElseThrow().address() + "/audit");
    assertThat(page.getByLabel("User name")).isVisible();
  }

  private static void writeScreenshot(Page page) {
    page.setViewportSize(1440, 1150);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(REPOSITORY.resolve("docs/images/incident.png"))
            .setStyle(".initial { display: none }"));
  }

  private static List<JsonObject> objects(JsonObject parent, String name) {
    JsonArray array = parent.getAsJsonArray(name);
    return array.asList().stream().map(element -> element.getAsJsonObject()).toList();
  }

  /** The folder as an archive whose bytes differ from what the hub itself would pack. */
  private Path zipOf(Path folder, String name) throws IOException {
    var archive = scratch.resolve(name);
    try (var files = Files.walk(folder);
        var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.setComment(name);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return archive;
  }
}
