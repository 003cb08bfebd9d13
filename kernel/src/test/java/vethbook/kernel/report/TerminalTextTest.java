package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TerminalTextTest {
  @Test
  void keepsColoursAndBold() {
    assertThat(TerminalText.html("a \u001b[31m<b>\u001b[0m \u001b[1;92mc\u001b[22md\u001b[39me"))
        .isEqualTo(
            "a <span class=\"red\">&lt;b&gt;</span> <span class=\"bold green\">c</span>"
                + "<span class=\"green\">d</span>e");
  }

  @Test
  void leavesOutWhatItDoesNotKnow() {
    assertThat(TerminalText.html("\u001b[38;5;196mx\u001b[m\u001b[2Ky\u001b[99999mz"))
        .isEqualTo("xyz");
  }

  @Test
  void showsALineThatWasWrittenOverAsItStoodInTheEnd() {
    assertThat(TerminalText.html("10 %\r50 %\r100 %\r\ndone\r\n\n")).isEqualTo("100 %\ndone\n\n");
  }
}
