// What the browser loads: JupyterLab with the plugins that package.json names.
import { JupyterLab } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';

__webpack_public_path__ = PageConfig.getOption('fullStaticUrl') + '/';

const renderers = [
  import('@jupyterlab/json-extension'),
  import('@jupyterlab/vega5-extension')
];
const plugins = [
  import('@jupyterlab/application-extension'),
  import('@jupyterlab/apputils-extension'),
  import('@jupyterlab/cell-toolbar-extension'),
  import('@jupyterlab/codemirror-extension'),
  import('@jupyterlab/completer-extension'),
  import('@jupyterlab/docmanager-extension'),
  import('@jupyterlab/documentsearch-extension'),
  import('@jupyterlab/filebrowser-extension'),
  import('@jupyterlab/launcher-extension'),
  import('@jupyterlab/mainmenu-extension'),
  import('@jupyterlab/markedparser-extension'),
  import('@jupyterlab/mathjax-extension'),
  import('@jupyterlab/metadataform-extension'),
  import('@jupyterlab/notebook-extension'),
  import('@jupyterlab/rendermime-extension'),
  import('@jupyterlab/shortcuts-extension'),
  import('@jupyterlab/statusbar-extension'),
  import('@jupyterlab/theme-dark-extension'),
  import('@jupyterlab/theme-light-extension'),
  import('@jupyterlab/toc-extension'),
  import('@jupyterlab/tooltip-extension'),
  import('@jupyterlab/translation-extension'),
  import('@jupyterlab/ui-components-extension')
];

// the language server needs a newer server
const usable = module => [module.default].flat().filter(plugin => !plugin.id.includes(':language-server'));

addEventListener('load', async () => {
  await import('./build/style.js');
  const lab = new JupyterLab({ mimeExtensions: await Promise.all(renderers) });
  lab.registerPluginModules((await Promise.all(plugins)).map(usable));
  await lab.start();
});
