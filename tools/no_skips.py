"""A pytest plugin: a test that was skipped, or expected to fail, fails the run."""

import pytest

NOT_RUN = ("skipped", "xfailed", "xpassed")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what did not run."""
    for report in not_run(terminalreporter):
        terminalreporter.write_line(f"NOT RUN {report.nodeid}: {report.longrepr}", red=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> object:
    """Turn a success with skipped tests into a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not_run(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return (yield)


def not_run(reporter: pytest.TerminalReporter) -> list[pytest.TestReport]:
    """Return the reports of the tests that did not run to a verdict."""
    return [report for kind in NOT_RUN for report in reporter.stats.get(kind, [])]
