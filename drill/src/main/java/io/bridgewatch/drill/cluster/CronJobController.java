package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Starts Jobs when their CronJob's schedule says so, and forgets old ones. */
final class CronJobController extends Controller {
  private static final Recorder.Source SOURCE = Recorder.Source.controller("cronjob-controller");

  private final Map<String, Instant> planned = new HashMap<>();

  CronJobController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("CronJob") || change.kind().equals("Job")) {
      enqueueSelfOrOwner(change, "CronJob");
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("CronJob", namespace, name);
    if (found.isEmpty() || Trees.isTerminating(found.get())) {
      planned.remove(namespace + "/" + name);
      return;
    }
    var cronJob = found.get();
    noteEnded(cronJob);
    forgetOld(cronJob);
    var scheduled = Optional.<Instant>empty();
    if (!Trees.at(cronJob, "spec", "suspend").asBoolean(false)) {
      scheduled = runIfDue(cronJob);
    }
    writeStatus(cronJob, scheduled);
  }

  private List<ObjectNode> jobs(ObjectNode cronJob) {
    var jobs = new ArrayList<ObjectNode>();
    for (var job : world.cache().in("Job", Trees.namespace(cronJob))) {
      if (Trees.isControlledBy(job, Trees.uid(cronJob))) {
        jobs.add(job);
      }
    }
    jobs.sort(Comparator.comparing(job -> Trees.text(job, "metadata", "creationTimestamp")));
    return jobs;
  }

  private static boolean isEnded(ObjectNode job) {
    return Trees.isTrue(job, "Complete") || Trees.isTrue(job, "Failed");
  }

  // ------------------------------------------------------------------ running

  private Optional<Instant> runIfDue(ObjectNode cronJob) {
    var schedule = new CronSchedule(Trees.text(cronJob, "spec", "schedule"));
    var last =
        Trees.instant(cronJob, "status", "lastScheduleTime")
            .or(() -> Trees.instant(cronJob, "metadata", "creationTimestamp"))
            .orElse(world.now());
    var due = newestUntilNow(schedule, last);
    plan(cronJob, schedule.next(world.now()));
    if (due.isEmpty()) {
      return Optional.empty();
    }
    var starting = Trees.at(cronJob, "spec", "startingDeadlineSeconds");
    if (starting.isNumber() && due.get().plusSeconds(starting.asLong()).isBefore(world.now())) {
      return due;
    }
    var active = jobs(cronJob).stream().filter(job -> !isEnded(job)).toList();
    switch (Trees.text(cronJob, "spec", "concurrencyPolicy")) {
      case "Forbid" -> {
        if (!active.isEmpty()) {
          world
              .recorder()
              .normal(
                  SOURCE,
                  cronJob,
                  "JobAlreadyActive",
                  "Not starting job because prior execution is running and concurrency policy is"
                      + " Forbid");
          return due;
        }
      }
      case "Replace" -> active.forEach(job -> world.delete(Trees.named(job), Optional.empty()));
      default -> {}
    }
    create(cronJob, due.get());
    return due;
  }

  private Optional<Instant> newestUntilNow(CronSchedule schedule, Instant last) {
    var due = Optional.<Instant>empty();
    // missed runs are not made up for: only the newest counts, and only the last day is looked at
    var from =
        last.isBefore(world.now().minus(Duration.ofDays(1)))
            ? world.now().minus(Duration.ofDays(1))
            : last;
    for (var time = schedule.next(from); !time.isAfter(world.now()); time = schedule.next(time)) {
      due = Optional.of(time);
    }
    return due;
  }

  private void plan(ObjectNode cronJob, Instant next) {
    var key = Trees.key(cronJob);
    if (!next.equals(planned.put(key, next)) && next.isBefore(Instant.MAX)) {
      enqueueAfter(key, Duration.between(world.now(), next));
    }
  }

  private void create(ObjectNode cronJob, Instant due) {
    var template = Trees.at(cronJob, "spec", "jobTemplate");
    var job = Trees.object().put("kind", "Job").put("apiVersion", "batch/v1");
    var metadata = job.putObject("metadata");
    metadata.put("name", Trees.name(cronJob) + "-" + due.getEpochSecond() / 60);
    metadata.put("namespace", Trees.namespace(cronJob));
    var labels = Trees.at(template, "metadata", "labels");
    if (!labels.isEmpty()) {
      metadata.set("labels", labels.deepCopy());
    }
    metadata
        .putObject("annotations")
        .put("batch.kubernetes.io/cronjob-scheduled-timestamp", Trees.time(due));
    Trees.own(job, cronJob);
    job.set("spec", template.path("spec").deepCopy());
    try {
      var made = world.objects().create(job, World.CONTROLLERS);
      world
          .recorder()
          .normal(SOURCE, cronJob, "SuccessfulCreate", "Created job " + Trees.name(made));
    } catch (Refusal refusal) {
      if (!refusal.reason().equals("AlreadyExists")) {
        world
            .recorder()
            .warning(
                SOURCE, cronJob, "FailedCreate", "Error creating job: " + refusal.getMessage());
      }
    }
  }

  // ------------------------------------------------------------------ afterwards

  private void noteEnded(ObjectNode cronJob) {
    var active =
        Trees.at(cronJob, "status", "active")
            .valueStream()
            .map(one -> Trees.text(one, "name"))
            .toList();
    for (var job : jobs(cronJob)) {
      if (isEnded(job) && active.contains(Trees.name(job))) {
        world
            .recorder()
            .normal(
                SOURCE,
                cronJob,
                "SawCompletedJob",
                "Saw completed job: %s, condition: %s"
                    .formatted(
                        Trees.name(job), Trees.isTrue(job, "Complete") ? "Complete" : "Failed"));
      }
    }
  }

  private void forgetOld(ObjectNode cronJob) {
    forget(cronJob, "Complete", Trees.at(cronJob, "spec", "successfulJobsHistoryLimit").asInt(3));
    forget(cronJob, "Failed", Trees.at(cronJob, "spec", "failedJobsHistoryLimit").asInt(1));
  }

  private void forget(ObjectNode cronJob, String condition, int kept) {
    var ended = jobs(cronJob).stream().filter(job -> Trees.isTrue(job, condition)).toList();
    for (var job : ended.subList(0, Math.max(0, ended.size() - kept))) {
      world.delete(Trees.named(job), Optional.empty());
      world
          .recorder()
          .normal(SOURCE, cronJob, "SuccessfulDelete", "Deleted job " + Trees.name(job));
    }
  }

  private void writeStatus(ObjectNode cronJob, Optional<Instant> scheduled) {
    var status = Trees.object();
    var jobs = jobs(cronJob);
    var active = jobs.stream().filter(job -> !isEnded(job)).toList();
    if (!active.isEmpty()) {
      var list = status.putArray("active");
      for (var job : active) {
        list.addObject()
            .put("kind", "Job")
            .put("namespace", Trees.namespace(job))
            .put("name", Trees.name(job))
            .put("uid", Trees.uid(job))
            .put("apiVersion", "batch/v1");
      }
    }
    var last = scheduled.map(Trees::time).orElse(Trees.text(cronJob, "status", "lastScheduleTime"));
    if (!last.isEmpty()) {
      status.put("lastScheduleTime", last);
    }
    jobs.stream()
        .filter(job -> Trees.isTrue(job, "Complete"))
        .map(job -> Trees.text(job, "status", "completionTime"))
        .max(Comparator.naturalOrder())
        .or(() -> Optional.of(Trees.text(cronJob, "status", "lastSuccessfulTime")))
        .filter(time -> !time.isEmpty())
        .ifPresent(time -> status.put("lastSuccessfulTime", time));
    world.setStatus(cronJob, status);
  }
}
