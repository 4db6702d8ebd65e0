package io.bridgewatch.drill.bank;

import java.util.List;

/** Where calls to a service may go, as the cluster's proxies know at this moment. */
public interface Endpoints {

  /**
   * The ready addresses behind a service.
   *
   * @param service its name; names of services are unique in the bank
   * @return in a stable order, the same list as before while nothing changed (it is compared by
   *     identity on each call); empty when nothing is ready or no such service exists
   */
  List<Address> of(String service);

  /**
   * Where a pod listens, if the service was told right.
   *
   * @param port as the service's {@code targetPort} has it; calls to a port at which the process
   *     does not listen are refused
   */
  record Address(String podIp, int port) {}
}
