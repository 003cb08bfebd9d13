// Runs Vega without a browser, a canvas or promises. The underscored fields are Vega's own: its version is pinned.
let problems = [];
var console = { log() {}, info() {}, debug() {}, warn() {}, error: (...words) => problems.push(words.join(' ')) };
var setTimeout = (task) => { task(); return 0; };
var clearTimeout = () => {};
var structuredClone = (value) => JSON.parse(JSON.stringify(value));

// Without a canvas Vega takes every character for 0.8 em, which makes charts half as wide again.
function useTextWidths(widths, regular, bold) {
  const of = (code) => {
    if (code >= 32 && code < 32 + widths.length) return widths[code - 32];
    return code >= 0x2e80 && code <= 0xd7a3 || code >= 0xf900 && code <= 0xfaff || code >= 0xff00 && code <= 0xff60
        || code >= 0x1f300 ? 1000 : 600;
  };
  vega.textMetrics.width = (item, text) => {
    const line = text ?? item.text;
    let sum = 0;
    for (const character of String(Array.isArray(line) ? line[0] : line ?? '')) sum += of(character.codePointAt(0));
    return sum / 1000 * (item.fontSize ?? 11) * (/bold|[6-9]00/.test(item.fontWeight) ? bold : regular);
  };
}

function draw(json) {
  problems = [];
  const vegaSpec = vegaLite.compile(JSON.parse(json)).spec;
  const view = new vega.View(vega.parse(vegaSpec), { renderer: 'none', logLevel: vega.Error });
  try {
    view.run();
    if (problems.length > 0) throw new Error(problems.join('; '));
    vega.resetSVGClipId();
    vega.resetSVGDefIds();
    const pad = view.padding(), origin = view._origin;
    const renderer = new vega.SVGStringRenderer(view.loader());
    renderer.initialize(null, view._viewWidth + pad.left + pad.right, view._viewHeight + pad.top + pad.bottom,
        [pad.left + origin[0], pad.top + origin[1]], 1);
    renderer.background(view.background());
    renderer.render(view.scenegraph().root);
    return renderer.svg();
  } finally {
    view.finalize();
  }
}
