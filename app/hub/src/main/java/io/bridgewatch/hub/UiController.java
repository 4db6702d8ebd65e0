package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the UI: one page for all its routes, and its files. */
@Controller
@Hidden
final class UiController implements WebMvcConfigurer {

  private static final String NOT_BUILT =
      "The UI was not built into this hub; build the web module and start again. The API works."
          + " / 此服务未包含界面，请先构建 web 模块后重新启动；API 可用。\n";

  private final UiFiles files;

  UiController(UiFiles files) {
    this.files = files;
  }

  @GetMapping({
    "/",
    "/index.html",
    "/login",
    "/incidents",
    "/incidents/{id}",
    "/clusters",
    "/inventory",
    "/inventory/{type}",
    "/entity",
    "/map",
    "/timeline",
    "/pools",
    "/pipeline",
    "/scaling",
    "/scaling/calendar",
    "/scaling/report",
    "/explore",
    "/logs",
    "/log-patterns",
    "/traces",
    "/traces/{id}",
    "/transactions",
    "/bundles",
    "/drill",
    "/troubles",
    "/audit",
    "/account"
  })
  ResponseEntity<byte[]> page() throws IOException {
    if (!files.index().exists()) {
      return ResponseEntity.status(503)
          .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
          .body(NOT_BUILT.getBytes(StandardCharsets.UTF_8));
    }
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noCache())
        .body(files.index().getContentAsByteArray());
  }

  /** Names of assets carry a hash of their content, so they never change. */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations("classpath:/static/assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    if (!files.rootFiles().isEmpty()) {
      registry
          .addResourceHandler(files.rootFiles().toArray(String[]::new))
          .addResourceLocations("classpath:/static/")
          .setCacheControl(CacheControl.noCache());
    }
  }
}
