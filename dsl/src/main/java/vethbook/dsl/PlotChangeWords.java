package vethbook.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import vethbook.view.Plot;

/** What a cell can say about a plot: {@code latency.plot().with { title 'veth costs a fifth' }}. */
public final class PlotChangeWords {
  private PlotChangeWords() {}

  /** The same plot with other words around it; the plot itself stays as it is. */
  public static Plot with(
      Plot self,
      @DelegatesTo(value = PlotChangeSpec.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> block) {
    Changed changed = new Changed(self);
    Closure<?> own = (Closure<?>) block.clone();
    own.setDelegate(changed);
    own.setResolveStrategy(Closure.DELEGATE_FIRST);
    own.call();
    return changed.plot;
  }

  private static final class Changed implements PlotChangeSpec {
    private Plot plot;

    Changed(Plot plot) {
      this.plot = plot;
    }

    @Override
    public void title(String text) {
      plot = plot.withTitle(text);
    }

    @Override
    public void subtitle(String text) {
      plot = plot.withSubtitle(text);
    }
  }
}
