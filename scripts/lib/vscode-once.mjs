/**
 * One `require('vscode')` for a whole bundle. esbuild would copy the API's members anew for every source file that
 * imports it, which took most of the time of loading the entry; with the API as prototype there is nothing to copy.
 * @returns {import('esbuild').Plugin}
 */
export function vscodeOnce() {
  return {
    name: 'vscode-once',
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
        namespace === 'vscode-once'
          ? { path: 'vscode', external: true }
          : { path: 'vscode', namespace: 'vscode-once' },
      );
      build.onLoad({ filter: /.*/, namespace: 'vscode-once' }, () => ({
        contents: `module.exports = Object.create(require('vscode'));`,
        loader: 'js',
      }));
    },
  };
}
