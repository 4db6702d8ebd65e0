package io.bridgewatch.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system's Chromium, driven by Playwright.
 *
 * <p>Playwright's own bundle (200 MB, with Node.js and for browsers of its own) is left out: its
 * driver is the {@code playwright-core} that npm has installed for the web module, run by the
 * installed Node.js. Nothing is downloaded here.
 */
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final List<String> ELSEWHERE =
      List.of(
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium");

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Optional<Path> installed() {
    return Stream.concat(
            NAMES.stream().flatMap(name -> onPath(name).stream()),
            ELSEWHERE.stream().map(Path::of).filter(Files::isExecutable))
        .findFirst();
  }

  /**
   * @param repository where the web module's {@code node_modules} lie
   */
  static Chromium start(Path executable, Path repository) throws IOException {
    var core = repository.resolve("web/node_modules/playwright-core");
    var node = onPath("node").orElseThrow(() -> new IOException("node is not on the PATH"));
    if (!Files.exists(core.resolve("cli.js"))) {
      throw new IOException(core + " is missing; build the module web first");
    }
    System.setProperty("playwright.cli.dir", driver(repository, core).toString());
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(ARGUMENTS)
                    .setHeadless(true));
    return new Chromium(playwright, browser);
  }

  /**
   * Where Playwright finds its driver. It looks once for the whole JVM, so the folder outlives each
   * test class.
   */
  private static Path driver(Path repository, Path core) throws IOException {
    var folder = repository.resolve("app/browser-tests/target/playwright-driver");
    Files.createDirectories(folder);
    var link = folder.resolve("package");
    Files.deleteIfExists(link); // of an earlier run
    Files.createSymbolicLink(link, core);
    return folder;
  }

  Browser browser() {
    return browser;
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
