#!/usr/bin/python3
"""sbom.py SBOM PUBLISHED RID TIME: completes a CycloneDX document in place.

The .NET tool knows the packages that the project refers to. What it does not know is added: the runtime that a
self-contained release carries, as PUBLISHED/harness.runtimeconfig.json lists it, and Debian's static libraries in the
probers. TIME, in seconds since 1970, takes the place of the time at which the tool ran. Exits with 1 where the document
then lacks a package that is in the release, as PUBLISHED/harness.deps.json lists them.
"""

import datetime
import json
import pathlib
import subprocess
import sys

# What bpf/Makefile links statically.
STATIC = ("libbpf-dev", "libelf-dev", "zlib1g-dev", "libzstd-dev", "libc6-dev")


def runtime(config, rid):
    """The packages that the SDK took the frameworks from."""
    for framework in config["runtimeOptions"]["includedFrameworks"]:
        name, version = f"{framework['name']}.Runtime.{rid}", framework["version"]
        yield {
            "type": "framework",
            "bom-ref": f"pkg:nuget/{name}@{version}",
            "name": name,
            "version": version,
            "licenses": [{"license": {"id": "MIT"}}],
            "purl": f"pkg:nuget/{name}@{version}",
        }


def libraries():
    """Static libraries, as packages of this machine's distribution."""
    system = dict(line.rstrip().split("=", 1) for line in open("/etc/os-release", encoding="utf-8") if "=" in line)
    for package in STATIC:
        form = "${Version} ${Architecture} ${source:Package}"
        said = subprocess.run(["dpkg-query", "-W", "-f", form, package], capture_output=True, text=True, check=True)
        version, architecture, source = said.stdout.split()
        # https://github.com/package-url/purl-spec: a colon and a plus sign stand there by their codes.
        coded = version.replace("+", "%2B").replace(":", "%3A")
        purl = f"pkg:deb/{system['ID'].strip(chr(34))}/{package}@{coded}?arch={architecture}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": package,
            "version": version,
            "description": f"linked statically into the probers; source package {source}",
            "purl": purl,
        }


def lacking(document, dependencies):
    """Packages of NuGet, by name and version, that are in the release and not in the document."""
    listed = {f"{component['name']}/{component['version']}" for component in document["components"]}
    packages = {name.removeprefix("runtimepack.") for name, library in dependencies["libraries"].items()
                if library["type"] in ("package", "runtimepack")}
    return sorted(packages - listed)


def main():
    path, published, rid, time = sys.argv[1:]
    config, dependencies = (json.loads(pathlib.Path(published, f"harness.{name}.json").read_text(encoding="utf-8"))
                            for name in ("runtimeconfig", "deps"))
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["components"] += [*runtime(config, rid), *libraries()]
    document["components"].sort(key=lambda component: component["bom-ref"])
    if missing := lacking(document, dependencies):
        sys.exit(f"sbom: the release has what {path} does not list: {', '.join(missing)}")
    stamp = datetime.datetime.fromtimestamp(int(time), datetime.timezone.utc)
    document["metadata"]["timestamp"] = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
