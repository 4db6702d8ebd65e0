package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import java.io.PrintStream;
import java.time.ZoneId;

/**
 * Where a run talks to.
 *
 * @param out results
 * @param err progress and complaints
 * @param language unless an option names another
 * @param zone of times in texts, unless an option names another
 */
record Console(PrintStream out, PrintStream err, Language language, ZoneId zone) {

  /** The one in the language of the run. */
  String text(String en, String zh) {
    return language == Language.ZH ? zh : en;
  }

  /** A line on the error stream in the language of the run. */
  void tell(String en, String zh) {
    err.println("bw: " + text(en, zh));
    err.flush();
  }
}
