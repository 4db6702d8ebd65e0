package io.bridgewatch.drill.fault;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A webhook that must agree to each new pod, as it is registered with the API server.
 *
 * @param namespace of its service
 * @param address where the service says that it is
 */
record Webhook(String name, String namespace, String address) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  List<ObjectNode> objects() {
    return List.of(service(), endpoints(), configuration());
  }

  /** The webhook first, so that nothing is asked of it while the rest goes. */
  List<ObjectName> names() {
    return List.of(
        new ObjectName("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", name),
        new ObjectName("discovery.k8s.io/v1", "EndpointSlice", namespace, name),
        new ObjectName("v1", "Service", namespace, name));
  }

  private ObjectNode service() {
    return parse(
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","namespace":"%s"},
         "spec":{"ports":[{"name":"https","port":443,"protocol":"TCP","targetPort":8443}]}}
        """
            .formatted(name, namespace));
  }

  private ObjectNode endpoints() {
    return parse(
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",
         "metadata":{"name":"%s","namespace":"%s","labels":{"kubernetes.io/service-name":"%s"}},
         "addressType":"IPv4",
         "endpoints":[{"addresses":["%s"],"conditions":{"ready":true}}],
         "ports":[{"name":"https","port":8443,"protocol":"TCP"}]}
        """
            .formatted(name, namespace, name, address));
  }

  private ObjectNode configuration() {
    return parse(
        """
        {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration",
         "metadata":{"name":"%s"},
         "webhooks":[{"name":"pods.%s.internal","admissionReviewVersions":["v1"],
           "clientConfig":{"service":{"name":"%s","namespace":"%s","path":"/validate","port":443}},
           "failurePolicy":"Fail","matchPolicy":"Equivalent","sideEffects":"None",
           "timeoutSeconds":10,"namespaceSelector":{},"objectSelector":{},
           "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],
             "resources":["pods"],"scope":"*"}]}]}
        """
            .formatted(name, name, name, namespace));
  }

  private static ObjectNode parse(String json) {
    return (ObjectNode) MAPPER.readTree(json);
  }
}
