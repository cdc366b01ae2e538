/** Of this package; a test holds it against package.json. */
export const packageVersion = '0.1.0';
/** How the SDK names itself to the registry. */
export const sdkName = `holdpoint-node/${packageVersion}`;
