package io.bridgewatch.kubernetes.server;

/** Small objects. */
final class Samples {
  private Samples() {}

  static String pod(String namespace, String name, String labels) {
    return """
    {"apiVersion":"v1","kind":"Pod",
     "metadata":{"name":"%s","namespace":"%s","labels":{%s}},
     "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"app:1"}]},
     "status":{"phase":"Running"}}"""
        .formatted(name, namespace, labels);
  }

  static String pod(String namespace, String name) {
    return pod(namespace, name, "\"app\":\"cart\"");
  }

  static String deployment(String name, int replicas) {
    return """
    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s","namespace":"shop"},
     "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"%s"}},
       "template":{"metadata":{"labels":{"app":"%s"}},
         "spec":{"containers":[{"name":"app","image":"app:1"}]}}}}"""
        .formatted(name, replicas, name, name);
  }

  static String definition() {
    return """
    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
     "metadata":{"name":"ledgers.bank.example"},
     "spec":{"group":"bank.example","scope":"Namespaced",
       "names":{"plural":"ledgers","kind":"Ledger","singular":"ledger","shortNames":["lg"]},
       "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}}},
         {"name":"v1beta1","served":true,"storage":false}]}}""";
  }
}
