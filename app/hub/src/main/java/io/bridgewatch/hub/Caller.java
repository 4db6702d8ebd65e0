package io.bridgewatch.hub;

import io.bridgewatch.ports.User;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who makes the request at hand.
 *
 * @param token of the session; a secret
 */
record Caller(User user, String token) {

  /** The caller of this thread's request, which the filters let in. */
  static Caller current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication instanceof Proof proof) {
      return proof.caller;
    }
    throw new IllegalStateException("a route that needs a caller was opened to everyone");
  }

  Proof proof() {
    return new Proof(this);
  }

  String name() {
    return user.name();
  }

  @Override
  public String toString() {
    return user.toString();
  }

  /** A caller as Spring Security knows it. */
  static final class Proof extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final transient Caller caller;

    private Proof(Caller caller) {
      super(List.of(new SimpleGrantedAuthority("ROLE_" + caller.user().role().name())));
      this.caller = caller;
      setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
      return "";
    }

    @Override
    public Object getPrincipal() {
      return caller;
    }

    @Override
    public String getName() {
      return caller.name();
    }
  }
}
