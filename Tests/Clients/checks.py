"""What the client programs share: one line for each behaviour, and waiting with an end."""
import sys
import time
import traceback

_checks = []


def check(sentence, needed=False):
    """Registers a function as the proof of a sentence; they run in the order they are written. Without one that is
    needed the rest is not tried."""
    def register(function):
        _checks.append((sentence, function, needed))
        return function
    return register


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"found {found!r}, expected {expected!r}")


def true(value, what):
    if not value:
        raise AssertionError(what)


def eventually(condition, what, seconds=30):
    """What the condition returns as soon as that is true."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s still not: {what}")
        time.sleep(0.1)


def report(sentence, error=None):
    """The line of one behaviour; how it failed goes to standard error."""
    if error is None:
        print(f"passed  {sentence}", flush=True)
    else:
        reason = " ".join(str(error).split()) or type(error).__name__
        print(f"FAILED  {sentence}: {reason[:400]}", flush=True)
        traceback.print_exception(error, file=sys.stderr)


def run_all(client):
    """Runs what is registered, or those whose sentence contains an argument; the exit code tells whether all passed."""
    failed = False
    for sentence, function, needed in _checks:
        if len(sys.argv) > 1 and not any(word in sentence for word in sys.argv[1:]):
            continue
        try:
            function()
            report(f"{client}: {sentence}")
        except Exception as error:
            failed = True
            report(f"{client}: {sentence}", error)
            if needed:
                break
    return 1 if failed else 0
