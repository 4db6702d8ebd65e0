package io.bridgewatch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who has logged in to a hub as admin, with a browser of their own.
 *
 * @param hub the hub's address, without a slash at its end
 * @param complaints errors that pages did not catch; there must be none at the end
 */
record Visit(BrowserContext context, Page page, String hub, List<String> complaints)
    implements AutoCloseable {

  /** How long a page may take to show something; generous, because nothing here measures speed. */
  static final double PATIENCE_MILLIS = 120_000;

  static Visit begin(Browser browser, String locale, String hub, String password) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions().setLocale(locale).setViewportSize(1440, 1000));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    var page = context.newPage();
    var visit = new Visit(context, page, hub, new ArrayList<>());
    page.onPageError(visit.complaints::add);
    visit.open("/login");
    page.locator("#username, form input").first().fill("admin");
    page.locator("form input[type=password]").fill(password);
    page.locator("form button[type=submit]").click();
    page.waitForURL(address -> !address.contains("/login"));
    return visit;
  }

  /** Goes to a path of the UI. */
  void open(String path) {
    page.navigate(hub + path);
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).as("errors of the page").isEmpty();
  }
}
