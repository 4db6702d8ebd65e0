package io.bridgewatch.ports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Scaling policies and the plans that were made of them. What a writing method has returned from
 * survives a crash. Safe for use by several threads.
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
