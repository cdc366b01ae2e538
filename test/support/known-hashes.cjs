// Hashing a password is slow on purpose, and worlds of tests are full of people who sign in. The same password with the
// same salt and cost has the same hash: it is computed once in a worker.
const crypto = require('node:crypto');
const { syncBuiltinESMExports } = require('node:module');

const known = new Map();
const { scrypt } = crypto;

crypto.scrypt = (password, salt, length, options, done) => {
  const asked = JSON.stringify([String(password), Buffer.from(salt).toString('hex'), length, options]);
  const hash = known.get(asked);
  if (hash) {
    setImmediate(done, null, Buffer.from(hash));
    return;
  }
  scrypt(password, salt, length, options, (error, computed) => {
    if (!error) known.set(asked, Buffer.from(computed));
    done(error, computed);
  });
};
syncBuiltinESMExports();
