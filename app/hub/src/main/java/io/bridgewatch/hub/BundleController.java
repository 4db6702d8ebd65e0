package io.bridgewatch.hub;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.IncidentStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Recordings: bringing them in, and which there are. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "bundles")
final class BundleController {

  private static final int LONGEST_FILE_NAME = 200;

  /** By the ending that the archive keeps. */
  private static final Map<String, MediaType> FORMATS =
      Map.of(
          ".tar.gz", MediaType.parseMediaType("application/gzip"),
          ".zip", MediaType.parseMediaType("application/zip"));

  private final IncidentStore store;
  private final BundleArchive archive;
  private final ImportQueue queue;
  private final Audit audit;
  private final HubSettings settings;
  private final Path uploads;

  BundleController(
      IncidentStore store,
      BundleArchive archive,
      ImportQueue queue,
      Audit audit,
      HubSettings settings,
      HubOptions options) {
    this.store = store;
    this.archive = archive;
    this.queue = queue;
    this.audit = audit;
    this.settings = settings;
    this.uploads = options.dataDir().resolve("uploads");
  }

  @PostMapping(path = "/bundles", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "importBundle",
      summary = "Import a recording, a .zip or .tar.gz",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                      schema = @Schema(implementation = Api.Upload.class))))
  Api.ImportAccepted upload(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > settings.imports().largest().toBytes() + (1 << 16)) {
      throw new MaxUploadSizeExceededException(settings.imports().largest().toBytes());
    }
    var place = queue.reserve(); // before the body is read: what is full takes no upload
    try {
      var part = part(request);
      var name = name(part);
      var file = uploads.resolve(UUID.randomUUID().toString());
      try {
        part.write(file.toString());
        var caller = Caller.current();
        var address = request.getRemoteAddr();
        audit.note(
            caller.name(),
            Action.BUNDLE_UPLOADED,
            address,
            name + ", " + part.getSize() + " bytes");
        return new Api.ImportAccepted(place.submit(file, name, caller.name(), address));
      } finally {
        Files.deleteIfExists(file);
      }
    } finally {
      place.close();
    }
  }

  private static Part part(HttpServletRequest request) throws IOException {
    try {
      var part = request.getPart("file");
      if (part == null || part.getSubmittedFileName() == null) {
        throw HubProblem.invalid("the form has no file field named 'file'");
      }
      return part;
    } catch (ServletException | IllegalStateException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause.getClass().getSimpleName().contains("SizeLimitExceeded")
            || cause.getClass().getSimpleName().contains("SizeException")) {
          throw new MaxUploadSizeExceededException(-1, e);
        }
      }
      throw new MultipartException("cannot read the form", e);
    }
  }

  /** The last part of what the browser calls the file; only shown, never a path here. */
  private static String name(Part part) {
    var given = part.getSubmittedFileName();
    var last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    var printable = last.replaceAll("\\p{Cntrl}", "");
    return printable.length() <= LONGEST_FILE_NAME
        ? printable
        : printable.substring(printable.length() - LONGEST_FILE_NAME);
  }

  @GetMapping("/bundles")
  @Operation(operationId = "bundles", summary = "Imported recordings, latest first")
  Api.BundlePage bundles(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var page = store.bundles(Parameters.page(limit, cursor));
    return new Api.BundlePage(
        page.items().stream()
            .map(
                b ->
                    new Api.Bundle(
                        b.digest(),
                        b.name(),
                        new Api.Window(b.window().from(), b.window().to()),
                        b.importedAt(),
                        b.incidents(),
                        b.sizeBytes(),
                        rejections(b.rejections())))
            .toList(),
        page.next().orElse(null),
        page.total());
  }

  @GetMapping("/bundles/{digest}/file")
  @Operation(operationId = "bundleFile", summary = "The archive of a recording, as it was imported")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  ResponseEntity<Resource> file(
      @Parameter(description = "SHA-256 of the archive") @PathVariable String digest,
      HttpServletRequest request) {
    var bundle =
        store.bundle(digest).orElseThrow(() -> HubProblem.notFound("there is no bundle " + digest));
    var file =
        archive
            .find(digest)
            .orElseThrow(
                () ->
                    HubProblem.notFound(
                        "the archive of bundle " + bundle.name() + " is gone; import it again"));
    audit.note(
        Caller.current().name(),
        Action.BUNDLE_DOWNLOADED,
        request.getRemoteAddr(),
        bundle.name() + ", " + digest);
    var name = String.valueOf(file.getFileName());
    var ending = name.substring(digest.length());
    return ResponseEntity.ok()
        .contentType(FORMATS.getOrDefault(ending, MediaType.APPLICATION_OCTET_STREAM))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(fileName(bundle.name()) + ending, StandardCharsets.UTF_8)
                .build()
                .toString())
        .body(new FileSystemResource(file));
  }

  /** What file systems and shells take without quotes; letters of any script stay. */
  static String fileName(String bundle) {
    var plain = bundle.replaceAll("[^\\p{L}\\p{N}._-]", "_");
    return plain.startsWith(".") ? "_" + plain : plain;
  }

  @GetMapping("/jobs/{id}")
  @Operation(operationId = "job", summary = "How far an import is")
  Api.Job job(@PathVariable String id) {
    return shown(queue.find(id).orElseThrow(() -> HubProblem.notFound("there is no job " + id)));
  }

  @DeleteMapping("/jobs/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "cancelJob",
      summary = "Cancel an import; a running one ends at its next step")
  void cancel(@PathVariable String id) {
    var job = queue.find(id).orElseThrow(() -> HubProblem.notFound("there is no job " + id));
    if (!queue.cancel(id)) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "JobFinished",
          "job " + id + " has ended and cannot be cancelled; it was " + job.state());
    }
  }

  private static Api.Job shown(ImportJob job) {
    return new Api.Job(
        job.id(),
        job.state(),
        job.step(),
        job.progress(),
        job.incidents(),
        rejections(job.rejections()),
        job.failure().map(f -> new Api.JobError(f.reason(), f.detail())).orElse(null));
  }

  private static List<Api.Rejection> rejections(List<Bundle.Rejection> rejections) {
    return rejections.stream()
        .map(r -> new Api.Rejection(r.file(), r.reason(), r.count(), r.firstAt()))
        .toList();
  }
}
