import { pictureOnFailure, VsCodeWindow, type WindowOptions } from '../../support/vscode-window';

/** One person's story in one window: the steps build on each other, so those after a failed one are skipped. */
export function journey(
  title: string,
  options: WindowOptions | (() => Promise<WindowOptions>),
  steps: (window: () => VsCodeWindow) => void,
): void {
  describe(title, function () {
    let window: VsCodeWindow | undefined;
    let broken = false;
    pictureOnFailure(() => window);
    before(async () => {
      window = await VsCodeWindow.open(typeof options === 'function' ? await options() : options);
    });
    beforeEach(function () {
      if (broken) this.skip();
    });
    afterEach(function () {
      broken ||= this.currentTest?.state === 'failed';
    });
    after(() => window?.close());
    steps(() => {
      if (!window) throw new Error('The window is not open yet.');
      return window;
    });
  });
}
