package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.ClusterOptions;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubOptions;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line against a hub that watches a cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GetTest {

  private static final long LONGEST_NANOS = 60_000_000_000L;

  private KubernetesServer server;
  private Hub hub;
  private Path config;
  private String password = "";

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    config = folder.resolve("config");
    server = KubernetesServer.start();
    for (int i = 0; i < 3; i++) {
      server.put(configMap("settings-" + i));
    }
    server.put(
        """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "cart", "namespace": "shop"},
         "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "cart"}},
           "template": {"metadata": {"labels": {"app": "cart"}},
             "spec": {"containers": [{"name": "app", "image": "shop/cart:1"}]}}}}
        """);
    server.put(
        """
        {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
         "metadata": {"name": "by-hand", "namespace": "shop"},
         "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"},
           "maxReplicas": 5}}
        """);
    var console = new ByteArrayOutputStream();
    hub =
        Hub.start(
            new HubOptions(
                0,
                "127.0.0.1",
                folder.resolve("data"),
                false,
                new HubOptions.Sample.None(),
                watching(kubeconfig(folder, server.url().toString())),
                HubOptions.parse(List.of(), Map.of()).retention(),
                HubOptions.parse(List.of(), Map.of()).collect(),
                Optional.empty(),
                Optional.empty()),
            InstantSource.system(),
            new PrintStream(console, true, StandardCharsets.UTF_8));
    password =
        console
            .toString(StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElseThrow()
            .replaceFirst(".*[:：] ?", "");
    await("get", "clusters", "LIVE");
    await("get", "configmaps", "settings-2");
  }

  @AfterAll
  void stop() {
    hub.close();
    server.close();
  }

  private static ClusterOptions watching(Path kubeconfig) {
    return new ClusterOptions(
        Optional.of(kubeconfig),
        List.of(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Path kubeconfig(Path folder, String url) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: east
        clusters: [{name: c, cluster: {server: "%s"}}]
        contexts: [{name: east, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: t}}]
        """
            .formatted(url));
  }

  @Test
  void readinessToBeScaledIsListedWithWhoElseScales() {
    await("get", "scaling", "HorizontalPodAutoscaler by-hand");
    var run = Runs.run(asAdmin("en_US.UTF-8"), "get", "scaling", "cart", "-n", "shop");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().skip(1))
        .singleElement()
        .asString()
        .matches("shop +Deployment +cart +3 +\\d+ +\\d+ +- +HorizontalPodAutoscaler by-hand");
    var readiness = Runs.run(asAdmin("en_US.UTF-8"), "scale", "readiness", "shop/cart");
    assertThat(readiness.code()).as(readiness.err()).isZero();
    assertThat(readiness.out())
        .startsWith("shop/cart: readiness ")
        .contains(
            "+ Metrics reach the autoscaler (5)\n",
            "- One scaler only (15)\n    HorizontalPodAutoscaler by-hand scales it\n    → keep one: ");
    assertThat(Runs.run(asAdmin("C"), "scale", "readiness", "cart").code())
        .isEqualTo(Main.WRONG_USAGE);
    var plans = Runs.run(asAdmin("zh_CN.UTF-8"), "get", "plans");
    assertThat(plans.code()).as(plans.err()).isZero();
    assertThat(plans.out()).startsWith("编号");
  }

  @Test
  void scalingIsLearnedPlannedAndReportedByAHub() {
    await("get", "scaling", "HorizontalPodAutoscaler by-hand");
    var unseen = Runs.run(asAdmin("en_US.UTF-8"), "scale", "learn", "shop/cart");
    assertThat(unseen.code()).isEqualTo(Main.FAILED);
    assertThat(unseen.err()).contains("nothing was learned: FAILED no request of Deployment");
    var nameless = Runs.run(asAdmin("zh_CN.UTF-8"), "scale", "learn", "cart");
    assertThat(nameless.code()).isEqualTo(Main.WRONG_USAGE);
    assertThat(nameless.err()).contains("--namespace");
    assertThat(Runs.run(asAdmin("C"), "get", "learned").code()).isZero();
    var unplanned = Runs.run(asAdmin("C"), "scale", "plan", "cart", "-n", "shop");
    assertThat(unplanned.code()).isEqualTo(Main.FAILED);
    assertThat(unplanned.err()).contains("NotFound");
    assertThat(Runs.run(asAdmin("C"), "scale", "confirm", "none").err()).contains("no plan none");
    assertThat(Runs.run(asAdmin("C"), "scale", "shadow", "shop/cart").err()).contains("NotFound");
    assertThat(Runs.run(asAdmin("C"), "scale", "shadow", "cart").code())
        .isEqualTo(Main.WRONG_USAGE);
    var verdicts = Runs.run(asAdmin("C"), "scale", "verdicts", "shop/cart");
    assertThat(verdicts.code()).as(verdicts.err()).isZero();
    assertThat(verdicts.out()).contains("changes are not judged: nothing was learned");
    var report = Runs.run(asAdmin("zh_CN.UTF-8"), "scale", "report", "--month", "2026-03");
    assertThat(report.code()).as(report.err()).isZero();
    assertThat(report.out()).startsWith("# 伸缩效果 2026-03");
  }

  @Test
  void theCalendarIsPrintedSetAndForgotten() throws IOException {
    var usual = Runs.run(asAdmin("C"), "scale", "calendar");
    assertThat(usual.out()).contains("\"usual\" : true");
    var file = config.resolve("calendar.json");
    Files.writeString(
        file, usual.out().replace("\"holidays\" : [ ]", "\"holidays\" : [ \"2026-10-01\" ]"));
    var set = Runs.run(asAdmin("C"), "scale", "calendar", "--set", file.toString());
    assertThat(set.code()).as(set.err()).isZero();
    assertThat(Runs.run(asAdmin("C"), "scale", "calendar").out())
        .contains("2026-10-01", "\"usual\" : false");
    assertThat(Runs.run(asAdmin("C"), "scale", "calendar", "--set", "none.json").err())
        .contains("cannot read none.json: there is no such file");
    assertThat(Runs.run(asAdmin("C"), "scale", "calendar", "--reset").out())
        .contains("\"usual\" : true");
    assertThat(Runs.run(asAdmin("C"), "scale", "calendar", "--reset", "--set", "x").code())
        .isEqualTo(Main.WRONG_USAGE);
  }

  private static String configMap(String name) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "%s", "namespace": "shop"}, "data": {"a": "1"}}
    """
        .formatted(name);
  }

  private Map<String, String> environment(String locale) {
    var environment = new HashMap<String, String>();
    environment.put("LANG", locale);
    environment.put("XDG_CONFIG_HOME", config.toString());
    environment.put("BW_SERVER", hub.address());
    return environment;
  }

  private Map<String, String> asAdmin(String locale) {
    var environment = environment(locale);
    environment.put("BW_USER", "admin");
    environment.put("BW_PASSWORD", password);
    return environment;
  }

  private void await(String command, String what, String wanted) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      var run = Runs.run(asAdmin("C"), command, what);
      if (run.out().contains(wanted)) {
        return;
      }
      assertThat(System.nanoTime()).as(run.toString()).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  @Test
  void whatThereIsIsListedAsATableInEitherLanguage() {
    var english = Runs.run(asAdmin("C"), "get", "cm", "-n", "shop");
    assertThat(english.code()).as(english.err()).isZero();
    assertThat(english.out()).startsWith("NAMESPACE   NAME").contains("shop        settings-1");
    assertThat(english.out()).hasLineCount(4);
    var chinese = Runs.run(asAdmin("zh_CN.UTF-8"), "get", "configmaps", "settings-1");
    assertThat(chinese.out()).startsWith("命名空间   名称").hasLineCount(2);
  }

  @Test
  void programsGetJsonAndCsv() {
    var csv = Runs.run(asAdmin("zh_CN.UTF-8"), "get", "cm", "-o", "csv", "-q", "settings-2");
    assertThat(csv.out().lines().findFirst().orElseThrow())
        .isEqualTo("namespace,name,health,reason,created,message,application,team,cluster");
    assertThat(csv.out()).contains("shop,settings-2,").hasLineCount(2);
    var json =
        HubClient.JSON.readTree(
            Runs.run(asAdmin("C"), "get", "cm", "-n", "shop", "-o", "json").out());
    assertThat(json.get("total").asInt()).isEqualTo(3);
    assertThat(json.at("/items/0/attributes/k8s.cluster.name").asString()).isEqualTo("east");
  }

  @Test
  void whatIsLeftOutIsSaid() {
    var some = Runs.run(asAdmin("C"), "get", "cm", "-n", "shop", "--limit", "2");
    assertThat(some.out()).hasLineCount(3);
    assertThat(some.err()).contains("the first 2 of 3; --all shows the rest");
    assertThat(Runs.run(asAdmin("C"), "get", "cm", "--all").err()).isEmpty();
  }

  @Test
  void aNameThatIsNotThereFails() {
    var run = Runs.run(asAdmin("C"), "get", "cm", "settings");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("there is none of configmaps called settings");
  }

  @Test
  void changesAreToldNearSomethingAndSinceSomeTime() {
    var before = configMap("near").replace("shop", "bank");
    server.put(before);
    await("get", "configmaps", "near");
    server.put(before.replace("\"1\"", "\"2\""));
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      var run =
          Runs.run(
              asAdmin("C"),
              "get",
              "changes",
              "--near",
              "cm/bank/near",
              "--hops",
              "0",
              "--from",
              "2020-01-01",
              "--to",
              "2099-01-01");
      assertThat(run.code()).as(run.err()).isZero();
      if (run.out().contains("ConfigMap bank/near")) {
        assertThat(run.out()).startsWith("TIME").contains("configuration change");
        return;
      }
      assertThat(System.nanoTime()).as(run.toString()).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  @Test
  void aSessionIsKeptForItsOwnerAloneUntilLogout() throws IOException {
    var loggedOut = Runs.run(environment("C"), "get", "clusters");
    assertThat(loggedOut.code()).isEqualTo(1);
    assertThat(loggedOut.err()).contains("not logged in", "./bw login");

    var environment = environment("C");
    environment.put("BW_PASSWORD", password);
    var login = Runs.run(environment, "login", "--user", "admin");
    assertThat(login.code()).as(login.err()).isZero();
    Path session = config.resolve("bridgewatch/session");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(session)).doesNotContain(password);

    var kept = environment("C");
    kept.remove("BW_SERVER");
    assertThat(Runs.run(kept, "get", "clusters").out()).contains("east", "LIVE");

    assertThat(Runs.run(environment("C"), "logout").code()).isZero();
    assertThat(session).doesNotExist();
    assertThat(Runs.run(environment("zh_CN.UTF-8"), "get", "clusters").err()).contains("尚未登录");
  }

  @Test
  void aWrongPasswordIsSaidToBeWrong() {
    var environment = environment("C");
    environment.put("BW_PASSWORD", "wrong");
    var run = Runs.run(environment, "login", "--user", "nobody");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("BadCredentials");
  }

  @Test
  void whereNoHubAnswersItIsSaidWhatHelps() {
    for (String locale : List.of("C", "zh_CN.UTF-8")) {
      var run = Runs.run(environment(locale), "get", "pods", "--server", "http://127.0.0.1:1");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("./bw serve", "--server").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get                                | misses WHAT
          get potatoes                       | does not know 'potatoes'
          get pods -o xml                    | -o is 'xml', wanted table, wide, json or csv
          get pods --limit 0                 | --limit is '0', wanted a number from 1
          get pods --at someday              | --at is 'someday', wanted a time
          get pods --near pod/x              | --near does not go with pods
          get changes cart                   | a NAME does not go with changes
          get changes --near cart            | --near is 'cart', wanted TYPE/NAMESPACE/NAME
          get changes --health failing       | --health does not go with changes
          get logs cart                      | a NAME does not go with logs; --of does
          get logs --of cart                 | --of is 'cart', wanted TYPE/NAMESPACE/NAME
          get logs --follow -o csv           | -o csv does not go with --follow
          get logs --health failing          | --health does not go with logs
          get logs --follow --to 10:00       | --to does not go with logs
          get traces --follow                | --follow does not go with traces
          get traces abc --service cart      | --service does not go with traces
          get pods --level error             | --level does not go with pods
          get pods --lang fr                 | --lang is 'fr', wanted zh or en
          """)
  void wrongUsageIsToldAndLeavesTwo(String command, String told) {
    var run = Runs.run("C", command.strip().split(" "));
    assertThat(run.err()).startsWith("bw: " + told).contains("; see bw get --help");
    assertThat(run.code()).isEqualTo(2);
  }
}
