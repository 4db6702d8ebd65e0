package io.bridgewatch.hub;

import io.bridgewatch.ports.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Applies the access rules, and the headers that tell browsers what a page may do. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  /** Ant Design writes style attributes and elements; scripts come from files only. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
          + "worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
          + "frame-ancestors 'none'";

  private static final String PERMISSIONS =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  @Bean
  AccessRules accessRules(UiFiles ui) {
    return new AccessRules(ui.openPaths());
  }

  @Bean
  SecurityFilterChain security(
      HttpSecurity http, AccessRules rules, Sessions sessions, ProblemWriter problems) {
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable) // SessionFilter has it, bound to our own sessions
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .addFilterBefore(new SessionFilter(sessions, problems), AuthorizationFilter.class)
        .authorizeHttpRequests(
            routes -> {
              routes.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
              for (AccessRules.Rule rule : rules.rules()) {
                switch (rule) {
                  case AccessRules.Open open -> routes.requestMatchers(open.route()).permitAll();
                  case AccessRules.Closed closed ->
                      routes
                          .requestMatchers(closed.route())
                          .hasAnyRole(
                              closed.roles().stream().map(Role::name).toArray(String[]::new));
                }
              }
              routes.anyRequest().denyAll();
            })
        .exceptionHandling(
            on ->
                on.authenticationEntryPoint(
                        (request, response, e) -> problems.write(notLoggedIn(), request, response))
                    .accessDeniedHandler(
                        (request, response, e) ->
                            problems.write(denied(rules, request), request, response)))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                    .frameOptions(frame -> frame.deny())
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                    .permissionsPolicyHeader(permissions -> permissions.policy(PERMISSIONS)))
        .build();
  }

  private static HubProblem notLoggedIn() {
    return new HubProblem(
        HttpStatus.UNAUTHORIZED, "NotLoggedIn", "log in first: POST /api/v1/session");
  }

  private static HubProblem denied(AccessRules rules, HttpServletRequest request) {
    return rules.knows(request)
        ? new HubProblem(
            HttpStatus.FORBIDDEN,
            "RoleMissing",
            "the role of this user does not allow "
                + request.getMethod()
                + " "
                + request.getRequestURI())
        : HubProblem.notFound("there is no " + request.getMethod() + " " + request.getRequestURI());
  }
}
