package io.bridgewatch.hub;

import io.bridgewatch.hub.HubOptions.InvalidOptionException;
import io.bridgewatch.ports.StoreException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

/**
 * Starts the hub.
 *
 * <p>Standard output carries one line when it is ready, and at the first start one more with the
 * initial password. Exit codes: 0 or 143 after a stop, 1 if it cannot start, 2 for a wrong option.
 */
public final class HubApplication {

  private HubApplication() {}

  /** Starts a hub, one way or another. */
  @FunctionalInterface
  public interface Start {
    void with(List<String> arguments, PrintStream out);
  }

  public static void main(String[] args) {
    run(
        args,
        (arguments, out) ->
            Hub.start(HubOptions.parse(arguments, System.getenv()), InstantSource.system(), out));
  }

  /** Does what {@link #main} does, with another way to start. */
  public static void run(String[] args, Start start) {
    var arguments = List.of(args);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.println(HubOptions.USAGE);
      return;
    }
    try {
      start.with(arguments, out);
    } catch (InvalidOptionException e) {
      fail(e.getMessage(), 2);
    } catch (StoreException e) {
      fail(e.getMessage(), 1);
    } catch (RuntimeException e) {
      fail(why(e), 1);
    }
  }

  private static String why(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException inUse) {
        return "cannot listen on port "
            + inUse.getPort()
            + ": it is in use; choose another with --http-port";
      }
      if (cause instanceof WebServerException && cause.getCause() != null) {
        return "cannot listen: " + cause.getCause().getMessage() + "; see --bind and --http-port";
      }
    }
    LoggerFactory.getLogger(HubApplication.class).error("the hub could not start", e);
    return "cannot start: " + e.getMessage();
  }

  private static void fail(@Nullable String message, int code) {
    System.err.println("bridgewatch: " + message);
    System.exit(code);
  }
}
