package io.bridgewatch.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Prints log lines as they come. */
final class FollowedLogs {

  private final Console console;
  private final Listing.View view;
  private final boolean json;
  private final boolean wide;
  private long left;

  /**
   * @param json whether each line is written as a document, one a line
   * @param wide whether the trace is told too
   */
  FollowedLogs(Console console, Listing.View view, boolean json, boolean wide) {
    this.console = console;
    this.view = view;
    this.json = json;
    this.wide = wide;
  }

  /**
   * Follows until so many lines were printed, or nobody reads them any more; goes on where the hub
   * ends a stream, as it does now and then.
   *
   * @return the exit code
   */
  int follow(HubClient hub, String query, long most) throws HubException {
    left = most;
    var after = hub.follow("/api/v1/logs/tail" + query, "", this::print);
    while (after.isPresent()) {
      after = hub.follow("/api/v1/logs/tail" + query, after.get(), this::print);
    }
    return Main.DONE;
  }

  /** Returns whether more is wanted. */
  private boolean print(String event) {
    JsonNode news;
    try {
      news = HubClient.JSON.readTree(event);
    } catch (JacksonException e) {
      return true; // no event of lines
    }
    for (JsonNode line : news.path("items")) {
      if (left-- <= 0) {
        return false;
      }
      console.out().print(json ? line + "\n" : LogText.of(line, view, wide));
    }
    long skipped = news.path("skipped").asLong(0);
    if (skipped > 0) {
      console.tell(
          skipped + " more lines came than can be followed; narrow what is asked for",
          "另有 " + skipped + " 行来不及显示；请缩小范围");
    }
    return !console.out().checkError() && left > 0;
  }
}
