// Bundles lab.js, and the plugins' schemas and themes, into build.
const { Build } = require('@jupyter/builder');
const rspack = require('@rspack/core');
const inlineSvg = require('mini-svg-data-uri');
const { dependencies } = require('./package.json');

const plugins = Object.keys(dependencies).filter(name => name.endsWith('-extension'));

const lab = {
  entry: './lab.js',
  mode: 'development',
  devtool: false,
  output: { path: `${__dirname}/build`, filename: 'lab.js' },
  module: {
    rules: [
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
      { test: /\.raw\.css$|\.md$/, type: 'asset/source' },
      { test: /\.(html|jpg|png|gif|eot)/, type: 'asset/resource' },
      { test: /\.(woff2?|ttf)/, type: 'asset' },
      {
        test: /\.svg/,
        issuer: /\.css$/,
        type: 'asset/inline',
        generator: { dataUrl: { mimetype: 'image/svg+xml', content: svg => inlineSvg(svg.content) } }
      },
      { test: /\.svg/, issuer: /\.js$/, type: 'asset/source' }
    ]
  },
  plugins: [new rspack.DefinePlugin({ process: { cwd: () => '/', env: {} } })]
};

module.exports = [lab, ...Build.ensureAssets({ packageNames: plugins, output: './build' })];
