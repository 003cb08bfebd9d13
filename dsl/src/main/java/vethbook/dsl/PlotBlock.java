package vethbook.dsl;

import java.time.Duration;
import vethbook.view.TablePlot;
import vethbook.view.TablePlot.Channel;
import vethbook.view.TablePlot.Kind;

/** Collects what a {@code plot(table) { }} block says. */
final class PlotBlock implements PlotSpec {
  private final TablePlot plot;

  PlotBlock(TablePlot plot) {
    this.plot = plot;
  }

  @Override
  public void x(String column) {
    plot.column(Channel.X, column);
  }

  @Override
  public void y(String column) {
    plot.column(Channel.Y, column);
  }

  @Override
  public void color(String column) {
    plot.column(Channel.COLOR, column);
  }

  @Override
  public void round(String column) {
    plot.column(Channel.ROUND, column);
  }

  @Override
  public void baseline(String setting) {
    plot.baseline(setting);
  }

  @Override
  public void title(String text) {
    plot.title(text);
  }

  @Override
  public void subtitle(String text) {
    plot.subtitle(text);
  }

  @Override
  public void note(String text) {
    plot.note(text);
  }

  @Override
  public void bars() {
    plot.kind(Kind.BARS);
  }

  @Override
  public void dots() {
    plot.kind(Kind.DOTS);
  }

  @Override
  public void boxes() {
    plot.kind(Kind.BOXES);
  }

  @Override
  public void paired() {
    plot.kind(Kind.PAIRED);
  }

  @Override
  public void ecdf() {
    plot.kind(Kind.ECDF);
  }

  @Override
  public void histogram() {
    plot.kind(Kind.HISTOGRAM);
  }

  @Override
  public void percentiles() {
    plot.kind(Kind.PERCENTILES);
  }

  @Override
  public void series() {
    plot.kind(Kind.SERIES);
  }

  @Override
  public void points() {
    plot.kind(Kind.POINTS);
  }

  @Override
  public void heatMap() {
    plot.kind(Kind.HEAT_MAP);
  }

  @Override
  public void stacked() {
    plot.kind(Kind.STACKED);
  }

  @Override
  public void warmUp(Number end) {
    plot.warmUp(end.doubleValue());
  }

  @Override
  public void warmUp(Duration end) {
    plot.warmUp(end.toNanos() / 1e9);
  }

  @Override
  public void mark(Number at, String words) {
    plot.mark(at.doubleValue(), at.doubleValue(), words);
  }

  @Override
  public void mark(Number from, Number to, String words) {
    plot.mark(from.doubleValue(), to.doubleValue(), words);
  }

  @Override
  public void findChanges() {
    plot.findChanges();
  }
}
