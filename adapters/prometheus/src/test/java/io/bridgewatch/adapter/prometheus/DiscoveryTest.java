package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final ScrapeAccess TOKEN =
      new ScrapeAccess(Optional.of("secret"), Optional.empty(), Optional.empty(), false);
  private static final DiscoverySettings SETTINGS =
      DiscoverySettings.of(Attributes.of("k8s.cluster.name", "prod"), TOKEN);

  private static final String CART =
      """
      {'apiVersion':'v1','kind':'Pod',
       'metadata':{'name':'cart-0','namespace':'shop','uid':'u1','labels':{'app':'cart'},
         'annotations':{'prometheus.io/scrape':'true'}},
       'spec':{'nodeName':'n1','containers':[
         {'name':'web','ports':[{'containerPort':8080,'name':'http'},{'containerPort':53,'protocol':'UDP'}]},
         {'name':'side','ports':[{'containerPort':9100,'name':'metrics'}]}]},
       'status':{'phase':'Running','podIP':'10.0.0.7'}}""";

  @Test
  void aNodesKubeletIsAskedThroughTheApiServer() {
    var targets =
        discover(object("{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'}}")).targets();
    assertThat(targets)
        .extracting(target -> target.id() + " " + target.address())
        .containsExactly(
            "control-plane/kube-apiserver /metrics",
            "node/n1/cadvisor /api/v1/nodes/n1/proxy/metrics/cadvisor",
            "node/n1/kubelet /api/v1/nodes/n1/proxy/metrics",
            "node/n1/probes /api/v1/nodes/n1/proxy/metrics/probes",
            "node/n1/resource /api/v1/nodes/n1/proxy/metrics/resource",
            "node/n1/summary /api/v1/nodes/n1/proxy/stats/summary");
    assertThat(targets).allMatch(target -> target.route() == ScrapeTarget.Route.API_SERVER);
    assertThat(targets.get(1).options().resource())
        .isEqualTo(Attributes.of("k8s.cluster.name", "prod", "k8s.node.name", "n1"));
    assertThat(targets.get(1).options().resourceLabels())
        .isEqualTo(ExpositionOptions.KUBELET_LABELS);
    assertThat(targets.get(5).content()).isEqualTo(ScrapeTarget.Content.KUBELET_SUMMARY);
  }

  @Test
  void podsAreAskedThroughTheApiServerWhereThatIsWanted() {
    var found =
        Discovery.targets(
            List.of(
                object(
                    "{'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'shop','name':'cart-1',"
                        + "'annotations':{'prometheus.io/scrape':'true','prometheus.io/port':'8080',"
                        + "'prometheus.io/path':'/actuator/prometheus'}},"
                        + "'spec':{'nodeName':'n1','containers':[{'name':'app'}]},"
                        + "'status':{'phase':'Running','podIP':'10.0.0.7'}}")),
            SETTINGS.withPods(ScrapeTarget.Route.API_SERVER));
    assertThat(found.targets())
        .filteredOn(target -> target.id().startsWith("pod/"))
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.route()).isEqualTo(ScrapeTarget.Route.API_SERVER);
              assertThat(target.address())
                  .hasToString(
                      "/api/v1/namespaces/shop/pods/cart-1:8080/proxy/actuator/prometheus");
            });
  }

  @Test
  void aNodesKubeletIsAskedDirectlyWhereThatIsWanted() {
    var direct =
        new DiscoverySettings(
            SETTINGS.cluster(),
            ScrapeTarget.Route.DIRECT,
            SETTINGS.pods(),
            SETTINGS.interval(),
            SETTINGS.leastInterval(),
            SETTINGS.timeout(),
            TOKEN,
            SETTINGS.limits(),
            true);
    var found =
        Discovery.targets(
            List.of(
                object(
                    "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'},'status':{"
                        + "'addresses':[{'type':'Hostname','address':'n1'},"
                        + "{'type':'InternalIP','address':'fd00::1'}],"
                        + "'daemonEndpoints':{'kubeletEndpoint':{'Port':10260}}}}"),
                object("{'apiVersion':'v1','kind':'Node','metadata':{'name':'n2'}}")),
            direct);
    assertThat(found.targets())
        .extracting(target -> target.address().toString())
        .contains("https://[fd00::1]:10260/metrics/cadvisor")
        .hasSize(6);
    assertThat(found.issues()).isEqualTo(Map.of(DiscoveryIssue.ADDRESS_INVALID, 5));
  }

  @Test
  void anAnnotatedPodIsScrapedAtItsMetricsPort() {
    var target = pods(discover(object(CART))).getFirst();
    assertThat(target.id()).isEqualTo("pod/shop/cart-0:9100/metrics");
    assertThat(target.address()).hasToString("http://10.0.0.7:9100/metrics");
    assertThat(target.access()).as("pods get no token").isEqualTo(ScrapeAccess.OPEN);
    assertThat(target.options().resource())
        .isEqualTo(
            Attributes.of(
                Map.of(
                    "k8s.cluster.name", "prod",
                    "k8s.namespace.name", "shop",
                    "k8s.pod.name", "cart-0",
                    "k8s.pod.uid", "u1",
                    "k8s.node.name", "n1",
                    "k8s.container.name", "side")));
  }

  @Test
  void annotationsSayPortPathSchemeAndInterval() {
    var target =
        annotated("'port':'8080','path':'actuator/prom?x=y','scheme':'https','interval':'1m30s'");
    assertThat(target.address()).hasToString("https://10.0.0.7:8080/actuator/prom?x=y");
    assertThat(target.interval()).isEqualTo(Duration.ofSeconds(90));
    assertThat(target.options().resource().get("k8s.container.name")).contains("web");
    assertThat(annotated("'port':'1234'").address()).hasToString("http://10.0.0.7:1234/metrics");
    assertThat(annotated("'port':'http'").address()).hasToString("http://10.0.0.7:8080/metrics");
  }

  @Test
  void whatCannotBeScrapedAsAskedIsCounted() {
    assertThat(issues("'port':'none'")).isEqualTo(Map.of(DiscoveryIssue.PORT_MISSING, 1));
    assertThat(issues("'port':'70000'")).isEqualTo(Map.of(DiscoveryIssue.PORT_MISSING, 1));
    assertThat(issues("'scheme':'ftp'")).isEqualTo(Map.of(DiscoveryIssue.ADDRESS_INVALID, 1));
    assertThat(issues("'path':'/a?b c'")).isEqualTo(Map.of(DiscoveryIssue.ADDRESS_INVALID, 1));
    assertThat(issues("'interval':'soon'")).isEqualTo(Map.of(DiscoveryIssue.DURATION_INVALID, 1));
    assertThat(issues("'interval':'1s'")).isEqualTo(Map.of(DiscoveryIssue.INTERVAL_TOO_SHORT, 1));
    assertThat(annotated("'interval':'1s'").interval()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void onlyPodsThatRunAreScraped() {
    for (String change :
        List.of(
            CART.replace("'Running'", "'Pending'"),
            CART.replace("'10.0.0.7'", "''"),
            CART.replace("'uid':'u1'", "'deletionTimestamp':'2026-11-29T00:00:00Z'"),
            CART.replace("'true'", "'false'"))) {
      assertThat(pods(discover(object(change)))).isEmpty();
    }
  }

  private static final String SERVICE =
      """
      {'apiVersion':'v1','kind':'Service','metadata':{'name':'cart','namespace':'shop',
         'labels':{'team':'buy'}},
       'spec':{'selector':{'app':'cart'},
         'ports':[{'name':'web','port':80,'targetPort':'http'},{'name':'plain','port':9100}]}}""";

  private static String serviceMonitor(String spec) {
    return "{'apiVersion':'monitoring.coreos.com/v1','kind':'ServiceMonitor',"
        + "'metadata':{'name':'m','namespace':'shop'},'spec':{"
        + spec
        + "}}";
  }

  private static Discovered monitored(String spec) {
    var quiet = CART.replace("'true'", "'false'");
    return discover(object(quiet), object(SERVICE), object(serviceMonitor(spec)));
  }

  @Test
  void aServiceMonitorChoosesServicesByLabelAndPortsByName() {
    var found =
        monitored(
            "'sampleLimit':100,'labelLimit':10,'selector':{'matchLabels':{'team':'buy'}},"
                + "'endpoints':[{'port':'web','path':'/m','interval':'30s','scrapeTimeout':'2s',"
                + "'honorTimestamps':false,'params':{'b':['2 3'],'a':['1']}},{'port':'plain'},"
                + "{'targetPort':9100,'path':'/n'},{'port':'none'}]");
    assertThat(pods(found))
        .extracting(target -> target.address().toString())
        .containsExactly(
            "http://10.0.0.7:8080/m?a=1&b=2+3",
            "http://10.0.0.7:9100/metrics",
            "http://10.0.0.7:9100/n");
    var first = pods(found).getFirst();
    assertThat(first.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(first.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(first.options().honorTimestamps()).isFalse();
    assertThat(first.limits().samples()).isEqualTo(100);
    assertThat(first.limits().labels()).isEqualTo(10);
    assertThat(found.issues()).isEqualTo(Map.of(DiscoveryIssue.PORT_MISSING, 1));
  }

  @Test
  void selectorsAndNamespacesDecide() {
    var endpoints = ",'endpoints':[{'port':'web'}]";
    assertThat(pods(monitored("'selector':{'matchLabels':{'team':'sell'}}" + endpoints))).isEmpty();
    for (String chosen :
        List.of(
            "{'key':'team','operator':'In','values':['buy']}",
            "{'key':'team','operator':'NotIn','values':['sell']}",
            "{'key':'team','operator':'Exists'}",
            "{'key':'tier','operator':'DoesNotExist'}")) {
      var expression = "'selector':{'matchExpressions':[" + chosen + "]}";
      assertThat(pods(monitored(expression + endpoints))).hasSize(1);
    }
    var other = "'selector':{},'namespaceSelector':{'matchNames':['other']}";
    assertThat(pods(monitored(other + endpoints))).isEmpty();
    assertThat(pods(monitored("'selector':{},'namespaceSelector':{'any':true}" + endpoints)))
        .hasSize(1);
    assertThat(
            monitored("'selector':{'matchExpressions':[{'key':'a','operator':'Gt'}]}" + endpoints)
                .issues())
        .isEqualTo(Map.of(DiscoveryIssue.SELECTOR_INVALID, 1));
  }

  @Test
  void whatAMonitorAsksForInVainIsCounted() {
    var found =
        monitored(
            "'selector':{},'endpoints':["
                + "{'port':'web','basicAuth':{'username':{'name':'s','key':'u'}}},"
                + "{'port':'web','bearerTokenFile':'/var/run/token'},"
                + "{'port':'web','proxyUrl':'http://proxy'},"
                + "{'port':'web','scheme':'https','tlsConfig':{'caFile':'/ca','insecureSkipVerify':true},"
                + "'metricRelabelings':[{'action':'explode','regex':'go_.*'}],"
                + "'relabelings':[{'action':'drop','regex':'('}]}]");
    assertThat(pods(found)).hasSize(1);
    assertThat(pods(found).getFirst().access().verified()).isFalse();
    assertThat(found.issues())
        .isEqualTo(
            Map.of(
                DiscoveryIssue.CREDENTIALS_NEEDED, 2,
                DiscoveryIssue.PROXY_NEEDED, 1,
                DiscoveryIssue.TLS_SETTING_IGNORED, 1,
                DiscoveryIssue.RELABELING_INVALID, 2));
  }

  @Test
  void relabelingsThatKeepAndDropChoosePods() {
    var rule =
        "'selector':{},'endpoints':[{'port':'web','relabelings':[{'action':'%s',"
            + "'sourceLabels':['__meta_kubernetes_pod_label_app','__meta_kubernetes_namespace'],"
            + "'regex':'%s'}]}]";
    assertThat(pods(monitored(rule.formatted("keep", "cart;shop")))).hasSize(1);
    assertThat(pods(monitored(rule.formatted("keep", "cart")))).isEmpty();
    assertThat(pods(monitored(rule.formatted("drop", "cart;.*")))).isEmpty();
    assertThat(pods(monitored(rule.formatted("drop", "stock;.*")))).hasSize(1);
    assertThat(monitored(rule.formatted("keep", "(")).issues())
        .isEqualTo(Map.of(DiscoveryIssue.RELABELING_INVALID, 1));
  }

  @Test
  void relabelingsChangePortPathParametersAndLabels() {
    var rules =
        "'selector':{},'endpoints':[{'port':'web','params':{'module':['a','b']},'relabelings':["
            + "{'sourceLabels':['__address__'],'regex':'([^:]+):.*','targetLabel':'__address__',"
            + "'replacement':'$1:9100'},"
            + "{'targetLabel':'__metrics_path__','replacement':'/probe'},"
            + "{'targetLabel':'__param_module','replacement':'http'},"
            + "{'sourceLabels':['__meta_kubernetes_pod_node_name'],'targetLabel':'instance'},"
            + "{'action':'labelmap','regex':'__meta_kubernetes_pod_label_(.+)'}],"
            + "'metricRelabelings':[{'action':'drop','sourceLabels':['__name__'],"
            + "'regex':'go_.*'}]}]";
    var found = monitored(rules);
    assertThat(found.issues()).isEmpty();
    var target = pods(found).getFirst();
    assertThat(target.address().toString())
        .isEqualTo("http://10.0.0.7:9100/probe?module=http&module=b");
    assertThat(target.options().resource().getOr("k8s.container.name", "")).isEqualTo("side");
    assertThat(target.options().rules().added())
        .containsEntry("instance", "n1")
        .containsEntry("app", "cart")
        .doesNotContainKeys("namespace", "pod", "job");
    assertThat(target.options().rules().known()).containsEntry("namespace", "shop");
    assertThat(target.options().rules().relabelings()).hasSize(1);
    assertThat(target.options().accept()).contains("protobuf");
  }

  @Test
  void relabelingsNeverLeadToAnotherHost() {
    for (String address : List.of("10.0.0.8:8080", "evil:80", "10.0.0.7", "10.0.0.7:x", "")) {
      var found =
          monitored(
              "'selector':{},'endpoints':[{'port':'web','relabelings':[{'targetLabel':'__address__',"
                  + "'replacement':'"
                  + address
                  + "'}]}]");
      assertThat(pods(found)).as(address).isEmpty();
      assertThat(found.issues()).isEqualTo(Map.of(DiscoveryIssue.ADDRESS_FOREIGN, 1));
    }
  }

  @Test
  void aMonitorThatNamesProtocolsWithoutProtobufGetsText() {
    var endpoints = ",'selector':{},'endpoints':[{'port':'web'}]";
    var text = pods(monitored("'scrapeProtocols':['OpenMetricsText1.0.0']" + endpoints));
    assertThat(text.getFirst().options().accept()).isEqualTo(ExpositionFormat.ACCEPT_TEXT);
    var both = pods(monitored("'scrapeProtocols':['PrometheusProto']" + endpoints));
    assertThat(both.getFirst().options().accept()).isEqualTo(ExpositionFormat.ACCEPT);
  }

  @Test
  void aPodMonitorChoosesPodsDirectly() {
    var quiet = CART.replace("'true'", "'false'");
    var monitor =
        "{'apiVersion':'monitoring.coreos.com/v1','kind':'PodMonitor','metadata':{'name':'m',"
            + "'namespace':'shop'},'spec':{'selector':{'matchLabels':{'app':'cart'}},"
            + "'podMetricsEndpoints':[{'port':'metrics'},{'portNumber':8080,'path':'/m'}]}}";
    assertThat(pods(discover(object(quiet), object(monitor))))
        .extracting(target -> target.address().toString())
        .containsExactly("http://10.0.0.7:8080/m", "http://10.0.0.7:9100/metrics");
  }

  @Test
  void theControlPlaneIsFoundByItsLabels() {
    var scheduler =
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'s-n1','namespace':'kube-system',"
            + "'labels':{'component':'kube-scheduler'}},'spec':{'containers':[{'name':'s'}]},"
            + "'status':{'phase':'Running','podIP':'10.0.0.1'}}";
    var elsewhere = scheduler.replace("kube-system", "shop").replace("s-n1", "fake");
    var target = pods(discover(object(scheduler), object(elsewhere)));
    assertThat(target).hasSize(1);
    assertThat(target.getFirst().address()).hasToString("https://10.0.0.1:10259/metrics");
    assertThat(target.getFirst().access()).isEqualTo(TOKEN);
  }

  @Test
  void theOrderOfTheObjectsChangesNothing() {
    var objects =
        new ArrayList<>(
            List.of(
                object(CART),
                object(CART.replace("cart-0", "cart-1").replace("10.0.0.7", "10.0.0.8")),
                object(SERVICE),
                object(serviceMonitor("'selector':{},'endpoints':[{'port':'plain'}]")),
                object("{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'}}"),
                object("{'apiVersion':'v1','kind':'Node','metadata':{'name':'n0'}}")));
    var wanted = Discovery.targets(objects, SETTINGS);
    assertThat(wanted.targets()).hasSize(13);
    assertThat(wanted.targets()).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    var random = new Random(7);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(objects, random);
      assertThat(Discovery.targets(objects, SETTINGS)).isEqualTo(wanted);
    }
  }

  private static Discovered withAnnotations(String more) {
    var names = more.replaceAll("(^|,)'", "$1'prometheus.io/");
    return discover(object(CART.replace("'true'", "'true'," + names)));
  }

  private static ScrapeTarget annotated(String more) {
    return pods(withAnnotations(more)).getFirst();
  }

  private static Map<DiscoveryIssue, Integer> issues(String more) {
    return withAnnotations(more).issues();
  }

  private static Discovered discover(KubernetesObject... objects) {
    return Discovery.targets(Arrays.asList(objects), SETTINGS);
  }

  private static List<ScrapeTarget> pods(Discovered found) {
    return Stream.of(found.targets())
        .flatMap(List::stream)
        .filter(target -> target.id().startsWith("pod/"))
        .toList();
  }

  private static KubernetesObject object(String json) {
    try {
      var body = json.replace('\'', '"').getBytes(UTF_8);
      return JsonTree.read(new ByteArrayInputStream(body), 1 << 20);
    } catch (Exception e) {
      throw new AssertionError(json, e);
    }
  }
}
