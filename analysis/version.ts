/** As `package.json` has them; a test compares each. */
export const VERSION = '0.1.0';
export const HOMEPAGE = 'https://www.npmjs.com/package/sprite-check';
