package vethbook.dsl;

import groovy.lang.Script;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each cell extends: its words come from the interfaces, by what they are about. Each word
 * does what it says when its line runs.
 */
public abstract class LabScript extends Script
    implements LabWords,
        LinkWords,
        TunWords,
        AddressWords,
        TuningWords,
        QdiscWords,
        EthtoolWords,
        MeasureWords,
        ToolWords,
        CounterWords,
        PlotWords,
        VerdictWords,
        DiagnoseWords,
        ProcessWords,
        BpfWords,
        AttachWords {
  private @Nullable LabSession session;

  void attach(LabSession labSession) {
    session = labSession;
  }

  /** The session of a cell; static, so that it is no word. */
  static LabSession session(Object script) {
    return Objects.requireNonNull(
        ((LabScript) script).session, "this script was not attached to a session");
  }
}
