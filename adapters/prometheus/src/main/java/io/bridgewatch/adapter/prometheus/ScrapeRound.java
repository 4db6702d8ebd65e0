package io.bridgewatch.adapter.prometheus;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scrapes targets when it is told to, one after the other on the thread of whoever tells: for pages
 * that are read at the moments of another clock, as of a simulated past. What the sink gets of each
 * scrape is what {@link Scraper} gives it. For one thread.
 */
public final class ScrapeRound {

  private final ScrapeTransport transport;
  private final SampleSink sink;
  private final InstantSource clock;
  private final Map<String, TargetScrape> scrapes = new TreeMap<>();

  /**
   * @param clock tells the samples' time
   */
  public ScrapeRound(ScrapeTransport transport, SampleSink sink, InstantSource clock) {
    this.transport = transport;
    this.sink = sink;
    this.clock = clock;
  }

  /** What is to be scraped from now on; who is not among them any more has its series ended. */
  public void setTargets(List<ScrapeTarget> targets) {
    var wanted = new HashMap<String, ScrapeTarget>();
    targets.forEach(target -> wanted.put(target.id(), target));
    for (TargetScrape known : List.copyOf(scrapes.values())) {
      if (!known.target().equals(wanted.get(known.target().id()))) {
        known.retire();
        scrapes.remove(known.target().id());
      }
    }
    for (ScrapeTarget target : targets) {
      scrapes.computeIfAbsent(target.id(), id -> new TargetScrape(target, transport, sink, clock));
    }
  }

  /** Scrapes each of them, now. */
  public void scrape() throws InterruptedException {
    for (TargetScrape one : scrapes.values()) {
      one.scrape(0);
    }
  }
}
