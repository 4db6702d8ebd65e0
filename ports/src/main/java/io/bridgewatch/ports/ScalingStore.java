package io.bridgewatch.ports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Scaling policies, the plans that were made of them, notes on how workloads were scaled, and what
 * autoscalers in shadow remember. What a writing method has returned from survives a crash. Safe
 * for use by several threads.
 */
public interface ScalingStore {

  /** By cluster, namespace and name. */
  List<Policy> policies();

  Optional<Policy> policy(String cluster, String namespace, String name);

  /** Keeps a policy in the place of the one of that name. */
  void put(Policy policy);

  /** Forgets a policy; its plans stay. Returns whether there was one. */
  boolean removePolicy(String cluster, String namespace, String name);

  /** The newest plans first. */
  List<Plan> plans(Query query);

  Optional<Plan> plan(String id);

  /** Keeps a new plan. */
  void add(Plan plan);

  /**
   * Puts what became of a plan in its place, if it still is in that state.
   *
   * @return whether it was; of several callers one only succeeds
   */
  boolean replace(Plan plan, State from);

  /** Keeps a note in the place of the one of that kind, workload and time. */
  void keep(Note note);

  /** The newest notes first. */
  List<Note> notes(NoteQuery query);

  /** Forgets notes; the query's {@code most} does not count. Returns how many there were. */
  int forget(NoteQuery query);

  /** What is remembered of a workload; empty if nothing is. */
  Optional<Memory> memory(String cluster, String namespace, String workload);

  /** Keeps what is remembered of a workload in the place of what was. */
  void remember(Memory memory);

  /** Forgets what was remembered before a time. Returns of how many workloads. */
  int forgetMemories(Instant before);

  /**
   * What an autoscaler in shadow remembers of a workload between two looks.
   *
   * @param workload kind and name, such as {@code Deployment/cart}
   * @param at when it looked last, to the millisecond
   * @param document in JSON; what is in it is its writer's
   */
  record Memory(String cluster, String namespace, String workload, Instant at, String document) {}

  /**
   * What is known of the scaling of a workload as of a time.
   *
   * @param workload kind and name, such as {@code Deployment/cart}
   * @param time to the millisecond
   * @param document in JSON; what is in it is its writer's
   */
  record Note(
      NoteKind kind,
      String cluster,
      String namespace,
      String workload,
      Instant time,
      String document) {}

  /** What a note tells. */
  enum NoteKind {
    /** A policy that was learned, as of when. */
    LEARNED,
    /** Another decision of a policy in shadow than its last one. */
    SHADOW,
    /** What came of a change of the replicas. */
    VERDICT,
    /** What a day's scaling did, as of the day's begin. */
    DAY
  }

  /**
   * Which notes; each part empty for all.
   *
   * @param from inclusive
   * @param to exclusive
   * @param most at least 1
   */
  record NoteQuery(
      NoteKind kind,
      Optional<String> cluster,
      Optional<String> namespace,
      Optional<String> workload,
      Instant from,
      Instant to,
      int most) {}

  /**
   * A policy as it is kept.
   *
   * @param document the policy in JSON
   * @param modeSince when it entered its mode
   */
  record Policy(
      String cluster,
      String namespace,
      String name,
      String document,
      String changedBy,
      Instant changedAt,
      Instant modeSince) {}

  /**
   * A plan as it is kept.
   *
   * @param policy name of the policy that it was made of
   * @param decidedBy who confirmed or cancelled it; empty while nobody did
   * @param document what is planned and what came of it, in JSON
   */
  record Plan(
      String id,
      String cluster,
      String namespace,
      String policy,
      State state,
      String createdBy,
      Instant createdAt,
      Optional<String> decidedBy,
      Optional<Instant> decidedAt,
      String document) {}

  /** How far a plan has come. */
  enum State {
    /** Tried and shown; a person may confirm it. */
    PLANNED,
    /** Others own fields that it would change; it cannot be confirmed. */
    CONFLICTED,
    /** The API server does not take it; it cannot be confirmed. */
    REFUSED,
    /** Confirmed; being applied. */
    APPLYING,
    APPLIED,
    /** Confirmed, and not applied: what it rests on had changed. */
    STALE,
    /** Confirmed, and applying it failed. */
    FAILED,
    CANCELLED
  }

  /**
   * Which plans; each part empty for all.
   *
   * @param most at least 1
   */
  record Query(
      Optional<String> cluster,
      Optional<String> namespace,
      Optional<String> policy,
      Optional<State> state,
      int most) {}
}
