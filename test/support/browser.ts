/** Pages are tested in the browser that prints reports. None at all fails the tests, it never skips them. */
export { launchBrowser } from '../../src/platform/browser/launch-browser.ts';
