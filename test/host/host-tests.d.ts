/** All test files of this folder, put together by scripts/build.mjs. */
declare module 'host-tests';
