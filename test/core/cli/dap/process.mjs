/** The debug adapter as a test's client starts it: a program without arguments. */
process.argv.push('dap');
await import(new URL('../../../../out/main/cli.js', import.meta.url).href);
