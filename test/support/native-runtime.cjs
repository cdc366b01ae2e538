// Jest's own module system loads every package and every source anew for each test file, cold. Here a test file and all
// that it imports are Node's own modules: a worker loads the product once and keeps it warm, as a server would. What a
// file needs of its own (a database, an application, a port) its world makes; no module of the product keeps state.
const { existsSync } = require('node:fs');
const { register } = require('node:module');
const { pathToFileURL } = require('node:url');
const { default: Runtime } = require('jest-runtime');
const { mapOf } = require('./native-source-map.cjs');
require('./known-hashes.cjs');

register('./native-hooks.mjs', pathToFileURL(__filename));

let loads = 0;

/** Where the lines of a stack trace were written: asked by path or by address. */
class SourceMaps extends Map {
  get(source) {
    const map = mapOf(source);
    return existsSync(map) ? map : super.get(source);
  }
}

class NativeRuntime extends Runtime {
  setGlobalsForRuntime(globals) {
    super.setGlobalsForRuntime(globals);
    globalThis[Symbol.for('holdpoint.test-globals')] = globals;
  }

  async unstable_importModule(from) {
    // The number makes a file that is asked for again a new module.
    loads += 1;
    await import(`${pathToFileURL(from).href}?load=${String(loads)}`);
  }

  getSourceMaps() {
    return new SourceMaps(super.getSourceMaps());
  }
}

module.exports = { __esModule: true, default: NativeRuntime };
