package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearned.Document;
import io.bridgewatch.hub.ScalingLearned.Row;
import io.bridgewatch.hub.ScalingLearningApi.LearningState;
import io.bridgewatch.hub.ScalingLearningApi.ReserveFor;
import io.bridgewatch.hub.ScalingLearningApi.ScalingLearningJob;
import io.bridgewatch.hub.ScalingPlans.Actor;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.scale.FloorLearner;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.PolicyLearner;
import io.bridgewatch.scale.PolicyRules;
import io.bridgewatch.scale.PolicyStudy;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Learns scaling policies from what workloads received, when a person asks for it.
 *
 * <p>Capacity: one is learned at a time, by a thread of low priority; {@value #WAITING} more wait,
 * a further one is refused. One job a workload at most. What was learned is kept; a job that a stop
 * cut short is gone, and what was learned before stays.
 */
@Component
final class ScalingLearning {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingLearning.class);

  static final int WAITING = 8;
  static final int USUAL_DAYS = 14;
  static final int MOST_DAYS = 60;

  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Duration STOP_WAIT = Duration.ofSeconds(4);
  private static final double LEAST_COMPLETE = 0.5;

  /** Of all of a job, what reading takes. */
  private static final double READING = 0.1;

  private final ScalingSubjects subjects;
  private final ScalingPolicies policies;
  private final ScalingHistories histories;
  private final ScalingLearned learned;
  private final BusinessCalendars calendars;
  private final Audit audit;
  private final InstantSource clock;
  private final Map<String, Work> works = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor worker;

  ScalingLearning(
      ScalingSubjects subjects,
      ScalingPolicies policies,
      ScalingHistories histories,
      ScalingLearned learned,
      BusinessCalendars calendars,
      Audit audit,
      InstantSource clock) {
    this.subjects = subjects;
    this.policies = policies;
    this.histories = histories;
    this.learned = learned;
    this.calendars = calendars;
    this.audit = audit;
    this.clock = clock;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform()
                .daemon()
                .name("scaling-learning")
                .priority(Thread.MIN_PRIORITY)
                .factory());
  }

  /**
   * What is to be learned, with what the person knows better than the history.
   *
   * @param reserve what may be lost without anyone noticing
   * @param mostHurt share of requests that may be hurt
   */
  record Wanted(
      String cluster,
      ScaleTarget target,
      int days,
      OptionalInt minReplicas,
      OptionalInt maxReplicas,
      ReserveFor reserve,
      OptionalDouble capacity,
      OptionalInt startSeconds,
      OptionalDouble mostHurt) {}

  /**
   * Begins.
   *
   * @throws HubProblem if the workload is being learned already, or too many wait
   */
  synchronized ScalingLearningJob start(Wanted wanted, Actor actor) {
    var key = key(wanted.cluster(), wanted.target());
    var before = works.get(key);
    if (before != null && !before.hasEnded()) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "LearningUnderWay",
          "%s is being learned already, by %s; wait for it or cancel it"
              .formatted(wanted.target(), before.actor.user()));
    }
    var work = new Work(wanted, actor);
    try {
      worker.execute(work);
    } catch (RejectedExecutionException full) {
      throw new HubProblem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "LearningQueueFull",
              "%d workloads wait to be learned already; try again when one was".formatted(WAITING))
          .after(Duration.ofSeconds(30));
    }
    works.put(key, work);
    audit.note(actor.user(), Action.SCALING_LEARNING_BEGUN, actor.address(), what(wanted));
    return work.shown();
  }

  /** The last job of a workload since the hub started. */
  Optional<ScalingLearningJob> job(String cluster, ScaleTarget target) {
    return Optional.ofNullable(works.get(key(cluster, target))).map(Work::shown);
  }

  /** The same, once it has ended or so long has passed. */
  Optional<ScalingLearningJob> await(String cluster, ScaleTarget target, Duration patience)
      throws InterruptedException {
    var work = works.get(key(cluster, target));
    if (work != null) {
      work.ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
    return job(cluster, target);
  }

  /**
   * Cancels the job of a workload: a waiting one at once, a running one within a replay.
   *
   * @throws HubProblem if none is under way
   */
  void cancel(String cluster, ScaleTarget target, Actor actor) {
    var work = works.get(key(cluster, target));
    if (work == null || work.hasEnded()) {
      throw HubProblem.notFound("%s is not being learned".formatted(target));
    }
    work.cancelled = true;
    if (worker.remove(work)) {
      work.end(LearningState.CANCELLED, "", "");
    }
    audit.note(actor.user(), Action.SCALING_LEARNING_CANCELLED, actor.address(), what(work.wanted));
  }

  private static String key(String cluster, ScaleTarget target) {
    return cluster + "/" + target;
  }

  private static String what(Wanted wanted) {
    return "%s in %s".formatted(wanted.target(), wanted.cluster());
  }

  /** The job was cancelled, or the hub stops. */
  private static final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** It cannot be learned from what there is. */
  private static final class Unlearnable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String reason;

    Unlearnable(String reason, String message) {
      super(message);
      this.reason = reason;
    }
  }

  private final class Work implements Runnable {
    private final String id = UUID.randomUUID().toString();
    private final Wanted wanted;
    private final Actor actor;
    private final Instant startedAt = now();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile ScalingLearningJob job;

    Work(Wanted wanted, Actor actor) {
      this.wanted = wanted;
      this.actor = actor;
      this.job = told(LearningState.QUEUED, 0, Optional.empty(), "", "");
    }

    ScalingLearningJob shown() {
      return job;
    }

    boolean hasEnded() {
      return ended.getCount() == 0;
    }

    private ScalingLearningJob told(
        LearningState state,
        double progress,
        Optional<Instant> endedAt,
        String reason,
        String message) {
      return new ScalingLearningJob(
          id,
          wanted.cluster(),
          wanted.target().namespace(),
          wanted.target().kind(),
          wanted.target().name(),
          actor.user(),
          startedAt,
          state,
          progress,
          endedAt.orElse(null),
          reason,
          message);
    }

    private void progress(double done) {
      if (cancelled) {
        throw new Cancelled();
      }
      job = told(LearningState.RUNNING, done, Optional.empty(), "", "");
    }

    private void end(LearningState state, String reason, String message) {
      double progress = state == LearningState.DONE ? 1 : job.progress();
      job = told(state, progress, Optional.of(now()), reason, message);
      ended.countDown();
    }

    @Override
    public void run() {
      try {
        learn();
        end(LearningState.DONE, "", "");
      } catch (Cancelled | QueryTimeoutException e) {
        end(LearningState.CANCELLED, "", "");
      } catch (Unlearnable e) {
        end(LearningState.FAILED, e.reason, String.valueOf(e.getMessage()));
      } catch (HubProblem e) {
        end(LearningState.FAILED, e.reason(), e.detail());
      } catch (QueryTooWideException e) {
        end(LearningState.FAILED, "QueryTooWide", String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        end(LearningState.FAILED, "CannotLearn", String.valueOf(e.getMessage()));
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.error("cannot learn {}", what(wanted), e);
        end(LearningState.FAILED, "InternalError", "see the hub's log");
      }
    }

    private void learn() {
      progress(0);
      var here = subjects.of(wanted.cluster());
      var workload =
          here.workload(wanted.target())
              .orElseThrow(
                  () ->
                      HubProblem.notFound(
                          "there is no %s in %s".formatted(wanted.target(), here.name())));
      var history = history(here, workload);
      progress(READING);
      var policy = ScalingPolicies.of(policies.all().known(), here.name(), wanted.target());
      var judged = here.judge(workload, policy.map(ScalingPolicies.Known::policy));
      var autoscaler = here.autoscaler(workload);
      OptionalInt zones = here.zones(workload);
      var plant = calibration(history, workload, judged, zones);
      PolicyRules rules =
          SettledRules.of(wanted, policy, autoscaler, judged, zones).with(plant, history);
      var inForce =
          InForce.of(
              autoscaler, plant.settings(), history.stepSeconds(), () -> told(here, history));
      var scenarios = new ScalingScenarioStudy(calendars, plant.settings(), rules.maxReplicas());
      List<FloorLearner> ways = scenarios.ways();
      var study =
          PolicyStudy.of(
              new PolicyStudy.Question(
                  history,
                  plant.settings(),
                  PolicyLearner.Settings.standard(rules)
                      .with(ways)
                      .by(scenarios.kinds(history.load())),
                  inForce.named(),
                  wanted.mostHurt()),
              done -> progress(READING + (1 - READING) * done));
      keep(history, plant, inForce, study, scenarios);
    }

    /** What "replicas needed" told through a history, every {@link InForce#LOOK}. */
    private double[] told(ScalingCluster here, WorkloadRecording history) {
      return QueryDeadline.within(
          () -> cancelled,
          () ->
              histories.told(
                  ScalingHistories.resource(here.live(), wanted.target()),
                  ScalingNeeds.METRIC,
                  history.start(),
                  history.end(),
                  InForce.LOOK));
    }

    private WorkloadRecording history(ScalingCluster here, KubernetesObject workload) {
      var to = now();
      var from = to.minus(Duration.ofDays(wanted.days()));
      var history =
          QueryDeadline.within(
                  () -> cancelled,
                  () -> histories.readForTriggers(here.live(), workload, from, to, STEP))
              .fromFirstSeen();
      double complete = history.share(Signal.REQUESTS);
      if (history.steps() == 0) {
        throw new Unlearnable(
            "NoRequests",
            "no request of %s was seen in %d days; let its pods or its mesh tell of requests, or"
                    .formatted(wanted.target(), wanted.days())
                + " send traces");
      }
      if (complete < LEAST_COMPLETE) {
        throw new Unlearnable(
            "HistoryIncomplete",
            "requests of %s were seen in %.0f %% of %d h, wanted %.0f %%"
                .formatted(
                    wanted.target(),
                    100 * complete,
                    history.duration().toHours(),
                    100 * LEAST_COMPLETE));
      }
      return history;
    }

    private void keep(
        WorkloadRecording history,
        ScalingCalibration plant,
        InForce inForce,
        PolicyStudy study,
        ScalingScenarioStudy scenarios) {
      if (cancelled) {
        throw new Cancelled();
      }
      var completeness = new TreeMap<String, Double>();
      for (Signal signal : Signal.values()) {
        completeness.put(signal.name(), history.share(signal));
      }
      learned.keep(
          wanted.cluster(),
          wanted.target(),
          now(),
          new Document(
              actor.user(),
              history.start(),
              history.end(),
              LearnedPolicyDocument.write(study.policy()),
              completeness,
              plant.from(),
              plant.start(),
              plant.shown(),
              ScalingTriggerForms.form(plant.screening()),
              study.rows().stream().map(Row::of).toList(),
              study.load().start(),
              ScalingLearningForms.numbers(study.load().perSecond()),
              scenarios.shown(history.load(), study.policy()).orElse(null),
              inForce.unknown()));
      audit.note(actor.user(), Action.SCALING_LEARNED, actor.address(), what(wanted));
    }

    private ScalingCalibration calibration(
        WorkloadRecording history,
        KubernetesObject workload,
        ScalingCluster.Judged judged,
        OptionalInt zones) {
      var found =
          ScalingCalibration.of(
              history,
              workload,
              judged.starts(),
              zones,
              judged.bears(),
              wanted.capacity(),
              wanted.startSeconds());
      return found
          .calibration()
          .orElseThrow(
              () ->
                  new Unlearnable(
                      "CapacityUnknown",
                      "it is not known what one replica of %s serves (%s); name the capacity"
                          .formatted(
                              wanted.target(),
                              found.shown().gaps().stream()
                                  .map(gap -> gap.gap() + ", " + gap.remedy())
                                  .distinct()
                                  .collect(Collectors.joining("; ")))));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Ends the worker; a running job ends within a replay. */
  @PreDestroy
  void stop() throws InterruptedException {
    works.values().forEach(work -> work.cancelled = true);
    worker.shutdownNow();
    worker.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
