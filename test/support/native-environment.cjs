const { TestEnvironment } = require('jest-environment-node');

/** What jest compares with `instanceof` are values of the realm in which test files run natively: see native-runtime. */
class NativeEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, {
      ...{ Error, TypeError, RangeError, AggregateError, Date, RegExp, Map, Set },
      ...{ String, Number, Boolean, BigInt, Symbol },
    });
  }
}

module.exports = { __esModule: true, TestEnvironment: NativeEnvironment, default: NativeEnvironment };
