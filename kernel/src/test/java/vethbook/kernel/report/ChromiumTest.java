package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.extension.MimeBundle;

final class ChromiumTest {
  @TempDir Path folder;

  @Test
  void printsAPageAndFetchesNothingThatItNames() throws Exception {
    assumeTrue(Chromium.find().isPresent(), "needs chromium");
    Path pdf = folder.resolve("out/report.pdf");
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1);
      String picture = "http://127.0.0.1:" + server.getLocalPort() + "/x.png";
      Executed notebook =
          new MadeNotebook()
              .markdown("# 报告")
              .shows("x", Map.of(MimeBundle.HTML, "<img src='" + picture + "'>words"))
              .read(folder);

      new Reports(null, pdf, null, null, true).write(notebook, null);

      Assertions.assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(new String(Files.readAllBytes(pdf), StandardCharsets.ISO_8859_1))
        .startsWith("%PDF-")
        .contains("%%EOF");
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertThat(left).containsExactly(pdf);
    }
  }
}
