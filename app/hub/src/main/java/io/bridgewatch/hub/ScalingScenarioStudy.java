package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearningApi.ScalingScenarios;
import io.bridgewatch.scale.FloorLearner;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.scenario.ScenarioDays;
import io.bridgewatch.scale.scenario.ScenarioFloorLearner;
import io.bridgewatch.scale.scenario.ScenarioFloors;
import java.util.List;
import java.util.Optional;

/** What the learning of one workload tries and tells of kinds of days and events. */
final class ScalingScenarioStudy {

  private final List<ScenarioFloorLearner> ways;

  /** By the calendar that is set now; where none is, by load. */
  ScalingScenarioStudy(BusinessCalendars calendars, PlantSettings plant, int maxReplicas) {
    ways =
        calendars
            .set()
            .map(calendar -> ScenarioFloorLearner.by(calendar, plant, maxReplicas))
            .orElseGet(() -> ScenarioFloorLearner.by(calendars.zone(), plant, maxReplicas));
  }

  List<FloorLearner> ways() {
    return List.copyOf(ways);
  }

  /** By which days may have points of their own. */
  ScenarioDays kinds(LoadTrace load) {
    return ways.getFirst().days(load);
  }

  /**
   * The floors that the policy keeps, or those of the usual day that it was better without.
   *
   * @return empty where no kind of day or event was seen often enough to learn, or to be told of
   */
  Optional<ScalingScenarios> shown(LoadTrace load, LearnedPolicy policy) {
    Optional<ScenarioFloors> kept =
        policy.kept().filter(ScenarioFloors.class::isInstance).map(ScenarioFloors.class::cast);
    ScenarioFloorLearner first = ways.getFirst();
    var tooFew = first.tooFew(load, load.end());
    return kept.or(() -> first.learn(load, load.end()))
        .map(
            floors -> ScalingScenarioForms.form(floors, kept.isPresent(), tooFew, policy.points()));
  }
}
