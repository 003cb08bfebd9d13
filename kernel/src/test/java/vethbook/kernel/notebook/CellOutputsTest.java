package vethbook.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

final class CellOutputsTest {
  private final Cell cell = new Cell(JsonNodeFactory.instance.objectNode());
  private final CellOutputs outputs = new CellOutputs();

  @Test
  void piecesOfAStreamAreOneTextInLines() {
    outputs.begin(cell);
    for (String piece : new String[] {"a", "b\nc", "\n", "", "d\n\n", "e"}) {
      outputs.stream("stdout", piece);
    }
    outputs.stream("stderr", "f");

    assertThat(cell.outputs()).hasSize(2);
    assertThat(cell.outputs().get(0).path("text").toString())
        .isEqualTo("[\"ab\\n\",\"c\\n\",\"d\\n\",\"\\n\",\"e\"]");
  }
}
