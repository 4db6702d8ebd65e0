package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearningApi.CapacityFrom;
import io.bridgewatch.hub.ScalingLearningApi.ScalingCalibrationGap;
import io.bridgewatch.hub.ScalingLearningApi.ScalingCalibrationShown;
import io.bridgewatch.hub.ScalingLearningApi.ScalingInterval;
import io.bridgewatch.hub.ScalingLearningApi.ScalingKneePoint;
import io.bridgewatch.hub.ScalingLearningApi.StartFrom;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.PolicyShape.Trigger;
import io.bridgewatch.scale.Quantity;
import io.bridgewatch.scale.StartTimes;
import io.bridgewatch.scale.Warming;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import io.bridgewatch.scale.plant.CalibratedPlant;
import io.bridgewatch.scale.plant.CalibrationGap;
import io.bridgewatch.scale.plant.Capacity;
import io.bridgewatch.scale.plant.CpuCost;
import io.bridgewatch.scale.plant.Interval;
import io.bridgewatch.scale.plant.LatencyCurve;
import io.bridgewatch.scale.plant.Measure;
import io.bridgewatch.scale.plant.PlantCalibration;
import io.bridgewatch.scale.plant.Resources;
import io.bridgewatch.scale.plant.StartSeconds;
import io.bridgewatch.scale.plant.WarmUp;
import io.bridgewatch.scale.plant.WorkloadHistory;
import io.bridgewatch.scale.trigger.Screening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a workload's replays run in: calibrated from its history, unless a person knows better.
 *
 * @param from how the capacity is known
 * @param start how the start time is known
 * @param screening of the metrics that may trigger scaling
 * @param guard what is to raise replicas that are at their capacity
 */
record ScalingCalibration(
    PlantSettings settings,
    CapacityFrom from,
    StartFrom start,
    ScalingCalibrationShown shown,
    Screening screening,
    Trigger guard) {

  private static final int ASSUMED_START = 60;
  private static final long SEED = 20_260_302;
  private static final int POINTS = 400;
  private static final int CURVE_POINTS = 60;
  private static final double CURVE_END = 1.2;

  /**
   * @param zones over which the workload runs; empty where that is not known
   * @param bears replicas that what it calls bears; empty where that is not known
   * @param capacity requests a second of one replica, where a person knows it
   * @param startSeconds until a new replica serves, where a person knows it
   * @return empty where the capacity can neither be told nor was given; the gaps then say why
   */
  static Found of(
      WorkloadRecording recording,
      KubernetesObject workload,
      StartTimes starts,
      OptionalInt zones,
      OptionalInt bears,
      OptionalDouble capacity,
      OptionalInt startSeconds) {
    WorkloadHistory history = history(recording, workload);
    CalibratedPlant plant =
        PlantCalibration.of(history, starts, List.of(), PlantCalibration.Settings.standard(SEED));
    ScalingCalibrationShown shown = shown(plant, recording);
    OptionalDouble calibrated =
        switch (plant.capacity()) {
          case Capacity.Measured one -> OptionalDouble.of(one.perReplica().value());
          case Capacity.BoundByCpu one -> OptionalDouble.of(one.atMost().value());
          case Capacity.AtLeast one -> OptionalDouble.of(one.perReplica());
          case Capacity.Unknown _ -> OptionalDouble.empty();
        };
    CapacityFrom from =
        capacity.isPresent()
            ? CapacityFrom.GIVEN
            : switch (plant.capacity()) {
              case Capacity.Measured _ -> CapacityFrom.KNEE;
              case Capacity.BoundByCpu _ -> CapacityFrom.CPU;
              case Capacity.AtLeast _, Capacity.Unknown _ -> CapacityFrom.AT_LEAST;
            };
    OptionalDouble known = capacity.isPresent() ? capacity : calibrated;
    if (known.isEmpty() || !(known.getAsDouble() > 0)) {
      return new Found(Optional.empty(), shown);
    }
    Optional<Integer> measured = measured(plant, starts);
    StartFrom start =
        startSeconds.isPresent()
            ? StartFrom.GIVEN
            : measured.isPresent() ? StartFrom.MEASURED : StartFrom.ASSUMED;
    PlantSettings usual =
        PlantSettings.standard(
            known.getAsDouble(), startSeconds.orElseGet(() -> measured.orElse(ASSUMED_START)));
    var settings =
        new PlantSettings(
            usual.capacity(),
            plant.cpu().map(CpuCost::demand).orElse(usual.cpu()),
            usual.startSeconds(),
            usual.windowSeconds(),
            usual.lagSeconds(),
            usual.syncSeconds(),
            usual.hurtSeconds(),
            plant.longestWaitSeconds(),
            plant.serviceSeconds().map(Interval::value).orElse(usual.serviceSeconds()),
            CalibratedPlant.RANDOM,
            plant.warmUp().map(WarmUp::warming).orElse(Warming.NONE),
            bears.orElse(PlantSettings.ANY));
    Screening screening = ScalingTriggerForms.screening(history, plant, zones);
    return new Found(
        Optional.of(
            new ScalingCalibration(
                settings, from, start, shown, screening, screening.guard(plant))),
        shown);
  }

  /** A calibration, or why there is none. */
  record Found(Optional<ScalingCalibration> calibration, ScalingCalibrationShown shown) {}

  /** Few starts are better than none. */
  private static Optional<Integer> measured(CalibratedPlant plant, StartTimes starts) {
    return plant
        .start()
        .map(StartSeconds::p90)
        .or(() -> starts.total().map(StartTimes.Phase::p90))
        .map(seconds -> (int) Math.ceil(seconds));
  }

  /**
   * The recording by replica, as a calibration takes it. Pods in their nodes' network tell the
   * nodes' bytes, which say nothing of them.
   */
  static WorkloadHistory history(WorkloadRecording recording, KubernetesObject workload) {
    int steps = recording.steps();
    double[] ready = recording.of(Signal.READY);
    double[] requests = recording.of(Signal.REQUESTS);
    double[] errors = recording.of(Signal.ERROR_SHARE);
    for (int i = 0; i < steps; i++) {
      errors[i] *= requests[i];
    }
    var history =
        WorkloadHistory.builder(recording.start(), recording.stepSeconds(), steps)
            .with(resources(workload))
            .with(Measure.REQUESTS, requests)
            .with(Measure.READY_REPLICAS, ready);
    add(recording, Signal.ERROR_SHARE, Measure.ERRORS, errors, history);
    addEach(recording, Signal.CPU, Measure.CPU, history);
    addEach(recording, Signal.IN_FLIGHT, Measure.IN_FLIGHT, history);
    addEach(recording, Signal.MEMORY, Measure.MEMORY, history);
    if (!isInNodesNetwork(workload)) {
      addEach(recording, Signal.NETWORK, Measure.NETWORK, history);
    }
    addWhole(recording, Signal.QUEUE, Measure.QUEUE, history);
    addWhole(recording, Signal.POOL, Measure.POOL, history);
    addWhole(recording, Signal.LATENCY_MEAN, Measure.LATENCY_MEAN, history);
    addWhole(recording, Signal.LATENCY_P95, Measure.LATENCY_P95, history);
    return history.build();
  }

  private static boolean isInNodesNetwork(KubernetesObject workload) {
    return workload
        .text("spec", "template", "spec", "hostNetwork")
        .filter("true"::equals)
        .isPresent();
  }

  /** Of the whole workload, to that of one ready replica. */
  private static void addEach(
      WorkloadRecording recording, Signal signal, Measure measure, WorkloadHistory.Builder to) {
    double[] values = recording.of(signal);
    for (int i = 0; i < values.length; i++) {
      double ready = recording.at(Signal.READY, i);
      values[i] = ready > 0 ? values[i] / ready : Double.NaN;
    }
    add(recording, signal, measure, values, to);
  }

  private static void addWhole(
      WorkloadRecording recording, Signal signal, Measure measure, WorkloadHistory.Builder to) {
    add(recording, signal, measure, recording.of(signal), to);
  }

  private static void add(
      WorkloadRecording recording,
      Signal signal,
      Measure measure,
      double[] values,
      WorkloadHistory.Builder to) {
    if (recording.has(signal)) {
      to.with(measure, values);
    }
  }

  private static Resources resources(KubernetesObject workload) {
    return new Resources(
        amount(workload, "requests", "cpu"),
        amount(workload, "limits", "cpu"),
        amount(workload, "requests", "memory"),
        amount(workload, "limits", "memory"));
  }

  /** Of all containers; absent where one of them names none, as it then takes what it likes. */
  private static OptionalDouble amount(KubernetesObject workload, String field, String resource) {
    double sum = 0;
    List<KubernetesObject> containers = workload.list("spec", "template", "spec", "containers");
    for (KubernetesObject container : containers) {
      Optional<String> text = container.text("resources", field, resource);
      if (text.isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += Quantity.value(text.get(), "resources.%s.%s".formatted(field, resource));
    }
    return containers.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum);
  }

  // For charts

  private static ScalingCalibrationShown shown(CalibratedPlant plant, WorkloadRecording recording) {
    ScalingInterval capacity =
        switch (plant.capacity()) {
          case Capacity.Measured one -> interval(one.perReplica());
          case Capacity.BoundByCpu one -> interval(one.atMost());
          case Capacity.AtLeast _, Capacity.Unknown _ -> null;
        };
    Double atLeast =
        switch (plant.capacity()) {
          case Capacity.Measured _, Capacity.Unknown _ -> null;
          case Capacity.BoundByCpu one -> one.atLeast();
          case Capacity.AtLeast one -> one.perReplica();
        };
    return new ScalingCalibrationShown(
        capacity,
        atLeast,
        plant.serviceSeconds().map(ScalingCalibration::interval).orElse(null),
        plant.cpu().map(one -> interval(one.perRequest())).orElse(null),
        plant.metricLagSeconds().isPresent() ? plant.metricLagSeconds().getAsInt() : null,
        plant.latency().map(LatencyCurve::measure).map(Enum::name).orElse(null),
        plant.latency().map(ScalingCalibration::curve).orElse(List.of()),
        points(recording),
        plant.gaps().stream()
            .map(gap -> new ScalingCalibrationGap(word(gap), gap.remedy().name(), gap.toString()))
            .toList());
  }

  private static String word(CalibrationGap gap) {
    return gap.getClass().getSimpleName();
  }

  private static ScalingInterval interval(Interval interval) {
    return new ScalingInterval(interval.low(), interval.value(), interval.high());
  }

  private static List<ScalingKneePoint> curve(LatencyCurve curve) {
    var points = new ArrayList<ScalingKneePoint>();
    for (int i = 0; i <= CURVE_POINTS; i++) {
      double load = CURVE_END * curve.capacity() * i / CURVE_POINTS;
      points.add(new ScalingKneePoint(load, curve.at(load)));
    }
    return points;
  }

  /** Evenly over the time. */
  private static List<ScalingKneePoint> points(WorkloadRecording recording) {
    var points = new ArrayList<ScalingKneePoint>();
    int stride = Math.max(1, Math.ceilDiv(recording.steps(), POINTS));
    for (int i = 0; i < recording.steps(); i += stride) {
      double load = recording.at(Signal.REQUESTS, i) / recording.at(Signal.READY, i);
      double latency = recording.at(Signal.LATENCY_MEAN, i);
      if (Double.isFinite(load) && !Double.isNaN(latency)) {
        points.add(new ScalingKneePoint(load, latency));
      }
    }
    return points;
  }
}
