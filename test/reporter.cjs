// mocha's own spec reporter, which also tells what it tries again, and why, and leaves the counts, what failed and what
// is running in the file that ENTROPY_CHECK_RESULTS names: after every change, so that it says where a suite broke off.
const { writeFileSync } = require("node:fs");
const { Runner, reporters } = require("mocha");

const { EVENT_HOOK_BEGIN, EVENT_RUN_END, EVENT_TEST_BEGIN, EVENT_TEST_FAIL, EVENT_TEST_RETRY } = Runner.constants;
/** How long what the tests leave behind may take to end by itself. */
const PATIENCE_MS = 60_000;

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    // before mocha's own listeners: at the end those compare what was expected, which may take long, or fail
    tellResults(runner);
    super(runner, options);
    runner.on(EVENT_TEST_RETRY, ({ title }, error) =>
      console.log(`    ↻ tries again: ${title}\n${whyOf(error).replace(/^/gm, "        ")}`),
    );
  }
};

function tellResults(runner) {
  const file = process.env["ENTROPY_CHECK_RESULTS"];
  if (!file) return;
  const failures = [];
  const tell = (running) => {
    const { passes: passed, pending: skipped } = runner.stats;
    writeFileSync(file, JSON.stringify({ passed, failed: failures.length, skipped, failures, running }));
  };
  const began = (runnable) => tell(runnable.titlePath());
  const failed = (test, why, running) => {
    failures.push({ test, why });
    tell(running);
  };
  runner.on(EVENT_TEST_BEGIN, began).on(EVENT_HOOK_BEGIN, began);
  runner.on(EVENT_TEST_FAIL, (runnable, error) => {
    const test = runnable.titlePath();
    failed(test, error?.stack ?? whyOf(error), test);
  });
  runner.once(EVENT_RUN_END, () => {
    tell(null);
    // what a test left running would hold the suite open for ever
    const leave = () => {
      failed([], `The tests left something running: ${process.getActiveResourcesInfo().join(", ")}.`, null);
      process.exit();
    };
    setTimeout(leave, PATIENCE_MS).unref();
  });
}

function whyOf(error) {
  return error?.message ?? String(error);
}
