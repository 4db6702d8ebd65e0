package io.bridgewatch.adapter.prometheus;

/**
 * How a scraper spreads its work.
 *
 * @param concurrent scrapes at once
 * @param concurrentPerHost scrapes at once of one host, or through the API server
 * @param seed of the moments within the interval at which targets have their turn
 */
public record ScraperSettings(int concurrent, int concurrentPerHost, long seed) {

  /** 32 at once, 4 a host. */
  public static final ScraperSettings DEFAULT = new ScraperSettings(32, 4, 1);

  /**
   * @throws IllegalArgumentException if a number is not positive
   */
  public ScraperSettings {
    if (concurrent < 1 || concurrentPerHost < 1) {
      throw new IllegalArgumentException(
          "concurrent is %d, concurrentPerHost is %d, wanted 1 or more"
              .formatted(concurrent, concurrentPerHost));
    }
  }
}
