package io.bridgewatch.drillrun;

import io.bridgewatch.drill.score.Truth;
import io.bridgewatch.drill.world.Drill;
import io.bridgewatch.drill.world.DrillLibrary;
import io.bridgewatch.drill.world.DrillWorld;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Layer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two pods on a node; one of them can crash again and again. */
final class SmallLibrary implements DrillLibrary {
  static final Drill CRASH = Drill.fault("crash-loop", Layer.CONTAINER);
  static final Drill CLEAN = Drill.harmless("clean");

  @Override
  public List<Drill> drills() {
    return List.of(CRASH, CLEAN);
  }

  @Override
  public DrillWorld world(long seed, Instant start) {
    return new World(seed, start);
  }

  private static final class World implements DrillWorld {
    private static final Duration BETWEEN_CRASHES = Duration.ofSeconds(40);

    private final KubernetesServer server;
    private volatile Instant now;
    private Optional<Instant> onset = Optional.empty();
    private Instant nextCrash = Instant.MAX;
    private int crashes;

    World(long seed, Instant start) {
      now = start;
      server = KubernetesServer.start(ServerOptions.standard().withTime(() -> now).withSeed(seed));
      server.put(
          """
          {"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},
           "status":{"conditions":[{"type":"Ready","status":"True"}]}}""");
      server.put(
          """
          {"apiVersion":"apps/v1","kind":"Deployment",
           "metadata":{"name":"cart","namespace":"shop","uid":"d1"},
           "spec":{"replicas":2,"selector":{"matchLabels":{"app":"cart"}},
             "template":{"metadata":{"labels":{"app":"cart"}},
               "spec":{"containers":[{"name":"app","image":"app:1"}]}}},
           "status":{"replicas":2,"readyReplicas":2}}""");
      server.put(
          """
          {"apiVersion":"apps/v1","kind":"ReplicaSet",
           "metadata":{"name":"cart-1","namespace":"shop","uid":"r1","labels":{"app":"cart"},
             "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"cart",
               "uid":"d1","controller":true}]},
           "spec":{"replicas":2},"status":{"replicas":2}}""");
      for (String name : List.of("cart-1-a", "cart-1-b")) {
        server.put(pod(name, "\"ready\":true,\"state\":{\"running\":{}}", 0));
      }
    }

    private static String pod(String name, String state, int restarts) {
      return """
      {"apiVersion":"v1","kind":"Pod",
       "metadata":{"name":"%1$s","namespace":"shop","uid":"%1$s","labels":{"app":"cart"},
         "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"cart-1",
           "uid":"r1","controller":true}]},
       "spec":{"nodeName":"n1","containers":[{"name":"app","image":"app:1"}]},
       "status":{"phase":"Running","conditions":[{"type":"Ready","status":"%2$s"}],
         "containerStatuses":[{"name":"app","image":"app:1","restartCount":%3$d,%4$s}]}}"""
          .formatted(name, restarts == 0 ? "True" : "False", restarts, state);
    }

    @Override
    public String cluster() {
      return "small";
    }

    @Override
    public URI apiServer() {
      return server.url();
    }

    @Override
    public void sendTo(URI receiver, String token) {} // nothing here sends by itself

    @Override
    public void advance(Instant to) {
      now = to;
      while (!nextCrash.isAfter(to)) {
        crash();
        nextCrash = nextCrash.plus(BETWEEN_CRASHES);
      }
    }

    private void crash() {
      crashes++;
      server.patch(
          new ObjectName("v1", "Pod", "shop", "cart-1-a"),
          """
          {"status":{"conditions":[{"type":"Ready","status":"False"}],
            "containerStatuses":[{"name":"app","image":"app:1","restartCount":%d,"ready":false,
              "state":{"waiting":{"reason":"CrashLoopBackOff",
                "message":"back-off restarting failed container"}},
              "lastState":{"terminated":{"exitCode":1,"reason":"Error","finishedAt":"%s"}}}]}}"""
              .formatted(crashes, now));
    }

    @Override
    public Map<String, Long> written() {
      return server.resourceVersions();
    }

    @Override
    public void inject(String drill) {
      if (drill.equals(CRASH.name())) {
        onset = Optional.of(now);
        nextCrash = now.plusSeconds(5);
      }
    }

    @Override
    public Optional<Truth> truth() {
      var pod = ref(EntityType.POD, Map.of(AttributeNames.POD, "cart-1-a"));
      var container =
          ref(
              EntityType.CONTAINER,
              Map.of(AttributeNames.POD, "cart-1-a", AttributeNames.CONTAINER, "app"));
      var workload = ref(EntityType.DEPLOYMENT, Map.of(AttributeNames.DEPLOYMENT, "cart"));
      return onset.map(
          since ->
              new Truth(
                  CRASH.name(),
                  pod,
                  Layer.CONTAINER,
                  Set.of(CauseKind.CRASH_LOOP),
                  Set.of(pod, container),
                  Set.of(),
                  Set.of(workload),
                  since,
                  Optional.empty()));
    }

    private static EntityRef ref(EntityType type, Map<String, String> attributes) {
      return new EntityRef(type, Attributes.of(attributes).with(AttributeNames.NAMESPACE, "shop"));
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
