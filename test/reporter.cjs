// mocha's own spec reporter, which also tells what it tries again, and why, and leaves the counts and what failed in
// the file that ENTROPY_CHECK_RESULTS names.
const { writeFileSync } = require("node:fs");
const { Runner, reporters } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Runner.constants.EVENT_TEST_RETRY, ({ title }, { message }) =>
      console.log(`    ↻ tries again: ${title}\n${message.replace(/^/gm, "        ")}`),
    );
    const file = process.env["ENTROPY_CHECK_RESULTS"];
    if (!file) return;
    const failures = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, { message, stack }) =>
      failures.push({ test: test.titlePath().join(" > "), why: stack ?? message }),
    );
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed, pending: skipped } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed, failed, skipped, failures }));
    });
  }
};
