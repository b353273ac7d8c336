/** Ends the output with `N passed, N failed` on a line of its own, for readers that do not know Jest's summary. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const tail = skipped === 0 ? '' : `, ${skipped} skipped`;
    setImmediate(() => console.log(`${results.numPassedTests} passed, ${failed} failed${tail}`));
  }
}
