package io.bridgewatch.browser;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Something these tests cannot bring themselves. Where it is missing they are skipped aloud; where
 * they must run ({@code CI=true} or {@code BW_REQUIRE_BROWSER=1}) they fail.
 */
final class Requirement {

  private Requirement() {}

  static void require(boolean met, String missing) {
    if (met) {
      return;
    }
    if (mustRun()) {
      Assertions.fail("browser test cannot run: " + missing);
    }
    System.err.println("browser test SKIPPED: " + missing);
    Assumptions.abort(missing);
  }

  private static boolean mustRun() {
    return "true".equals(System.getenv("CI")) || "1".equals(System.getenv("BW_REQUIRE_BROWSER"));
  }
}
