const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { fileURLToPath } = require('node:url');

const folder = join(__dirname, '../../.cache/test-maps');

/** The file that keeps the source map of a compiled source, named by a path or a `file:` address. */
function mapOf(source) {
  const path = source.startsWith('file:') ? fileURLToPath(source.replace(/\?.*$/, '')) : source;
  return join(folder, `${createHash('sha1').update(path).digest('hex')}.map`);
}

module.exports = { folder, mapOf };
