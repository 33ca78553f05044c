"""Bytes that nobody would write, thrown at everything that reads: one program for each reader.

    .venv/bin/python -m pip install atheris
    .venv/bin/python -m fuzz.reading -max_total_time=300

Arguments are those of libFuzzer. Each program begins with seeds of ours, says what its reader promises, and stops at
the first input that breaks the promise or takes more than ten seconds; that input lies in fuzz/found, and is read again
by giving its name as the argument. What becomes a fix becomes a test first.
"""
