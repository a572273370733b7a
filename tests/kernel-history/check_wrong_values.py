#!/usr/bin/env python3
"""check_wrong_values.py RESULTS PROPER CHANGED: a case about what a program sees fails where the check is taken out.

RESULTS is the results.json of a run of two commits: PROPER, and CHANGED, of which array_map_meta_equal() takes arrays
of all sizes. Prints what the two answer. Exit code 1: PROPER answers other than it should, or CHANGED hides that a
program reads beyond an array.
"""
import json
import sys

# 3 is an index of the template, and beyond the two elements of the array that is put in.
BEYOND = "raw.array_of_maps.array.none.none.seen_smaller_beyond_unknown"
INSIDE = "raw.array_of_maps.array.none.none.seen_smaller_second_unknown"


def problems(kernels, proper, changed):
    """A sentence for each answer that is not what it must be."""
    for commit in (proper, changed):
        if commit not in kernels:
            yield f"{commit[:12]} was not tested"
            return
    for case in (kernels[proper][BEYOND], kernels[proper][INSIDE]):
        if (case["status"], case["step"]) != ("skip", "update"):
            yield f"6.1 as it is: {said(case)}, where no program should see such a map"
    case = kernels[changed][INSIDE]
    if case["status"] != "pass":
        yield f"without the check: {said(case)}, where the element is the map's"
    case = kernels[changed][BEYOND]
    if (case["status"], case["step"]) != ("fail", "value") or "read 0x" not in (case.get("evidence") or ""):
        yield f"without the check: {said(case)}, where a program reads beyond the map"


def said(case):
    """The case and its answer."""
    step = f"at {case['step']}" if case["step"] else None
    parts = [case["status"], step, case["errno"], case.get("evidence")]
    return f"{case['id']}: {' '.join(part.strip() for part in parts if part)}"


def main():
    path, proper, changed = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)["kernels"]
    kernels = {
        row["checkout"]["commit"]: {case["id"]: case for case in row["cases"]}
        for row in rows if row["status"] == "tested"
    }
    found = list(problems(kernels, proper, changed))
    for problem in found:
        print(problem)
    if found:
        return 1
    for case in sorted(kernels[changed].values(), key=lambda case: case["id"]):
        if case["status"] == "fail" and case["step"] == "value":
            print(f"without the check: {said(case)}")
    print(f"{len(kernels[changed])} cases: 6.1 takes no such map, and without its check each such reading is told")
    return 0


if __name__ == "__main__":
    sys.exit(main())
