package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.cli.SessionFile.Session;
import java.util.Map;
import java.util.Optional;

/** Which hub a run speaks to, and as whom. */
final class Hubs {

  private final Map<String, String> environment;

  Hubs(Map<String, String> environment) {
    this.environment = environment;
  }

  SessionFile sessions() {
    return SessionFile.of(environment);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * The hub that is named, else that of BW_SERVER, else the one last logged in to, else the usual.
   *
   * @throws HubException if that is no address
   */
  HubAddress address(Optional<String> named) throws HubException {
    var text = named.or(() -> variable("BW_SERVER"));
    if (text.isEmpty()) {
      return sessions().read().map(Session::server).orElse(HubAddress.USUAL);
    }
    return HubAddress.of(text.get())
        .orElseThrow(
            () ->
                new HubException(
                    "'"
                        + text.get()
                        + "' is no address of a hub, wanted such as "
                        + HubAddress.USUAL,
                    "'" + text.get() + "' 不是服务地址，应为例如 " + HubAddress.USUAL));
  }

  /** What a run does with a hub. */
  interface Work<T> {
    T with(HubClient hub) throws HubException;
  }

  /** Does it as BW_USER if there is one, in a session of its own, else in the one kept. */
  <T> T asUser(HubAddress server, Language language, Work<T> work) throws HubException {
    try (var hub = new HubClient(server, language)) {
      var user = variable("BW_USER");
      var password = variable("BW_PASSWORD");
      if (user.isPresent() && password.isPresent()) {
        hub.login(user.get(), password.get());
        try {
          return work.with(hub);
        } finally {
          hub.logout();
        }
      }
      sessions().read().filter(kept -> kept.server().equals(server)).ifPresent(hub::resume);
      return work.with(hub);
    }
  }
}
