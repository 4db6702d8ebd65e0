package io.bridgewatch.bench.rca;

/** How much the engine is told beforehand. Results of two tracks are never mixed. */
enum Track {
  /**
   * The alarm where the truth has one, else the true onset, else what the bundle itself reports.
   * Clean cases come as they are.
   */
  GIVEN("given", "onset given"),
  /** No hint at all: onset and symptom have to be found. */
  NOT_GIVEN("not-given", "onset not given");

  private final String id;
  private final String title;

  Track(String id, String title) {
    this.id = id;
    this.title = title;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }
}
