#!/usr/bin/env python3
"""compare_answers.py RESULTS EXPLAINED: compares what two kernels of one source answered.

RESULTS is the results.json of a run of two kernels, of which the id of one begins with `built`. EXPLAINED has a line
for each kind of cases that may differ: SERIES (or *), a pattern of case ids, the option that explains it, and why.
Prints how many cases agree and what explains the others. Exit code 1: some are not explained, or a kernel was not
tested.
"""
import collections
import fnmatch
import json
import sys


def answers(kernel):
    """What each case came to: status, step and errno."""
    return {case["id"]: (case["status"], case["outcome"], case["step"], case["errno"]) for case in kernel["cases"]}


def words(answer):
    status, outcome, step, errno = answer
    parts = [outcome or status, f"at {step}" if step else "", f"with {errno}" if errno else ""]
    return " ".join(part for part in parts if part)


def explanations(path):
    """Series, pattern, option and reason of each line that is no comment."""
    with open(path, encoding="utf-8") as file:
        lines = [line.split(None, 3) for line in file if line.strip() and not line.startswith("#")]
    return [(series, pattern, option, why.strip()) for series, pattern, option, why in lines]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        kernels = json.load(file)["kernels"]
    untested = [kernel for kernel in kernels if kernel["status"] != "tested"]
    for kernel in untested:
        print(f"{kernel['id']}: {kernel['status']}: {kernel['reason']}")
    if untested or len(kernels) != 2:
        return 1
    built, debian = sorted(kernels, key=lambda kernel: not kernel["id"].startswith("built"))
    series = ".".join(debian["version"].split("-")[0].split(".")[:2])
    ours, theirs = answers(built), answers(debian)
    differing = sorted(case for case in ours.keys() | theirs.keys() if ours.get(case) != theirs.get(case))
    known = [entry for entry in explanations(sys.argv[2]) if entry[0] in ("*", series)]
    explained, unexplained = collections.Counter(), []
    for case in differing:
        entry = next((entry for entry in known if fnmatch.fnmatchcase(case, entry[1])), None)
        if entry:
            explained[entry[2:]] += 1
        else:
            unexplained.append(case)
    minutes = (built.get("buildSeconds") or 0) / 60
    took = f"built in {minutes:.1f} min" if minutes else "built before"
    alike = f"{len(theirs) - len(differing)} of {len(theirs)} cases as Debian's answers them"
    print(f"{debian['version']}: {took}; {alike}")
    for (option, why), count in sorted(explained.items()):
        print(f"  {count} explained by {option}: {why}")
    for case in unexplained:
        print(f"  not explained: {case}: built {words(ours.get(case, ('absent', None, None, None)))}, "
              f"Debian {words(theirs.get(case, ('absent', None, None, None)))}")
    return 1 if unexplained else 0


sys.exit(main())
