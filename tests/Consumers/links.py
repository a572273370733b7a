"""Looks at all links of a static site; checks/links says what must hold. Prints each page, or each fault."""

import html.parser
import json
import pathlib
import sys
import urllib.parse

HOSTS = {"git.kernel.org", "github.com"}
STATE = "="  # in a part of an address that says what a report shows, and names no element


class Page(html.parser.HTMLParser):
    """A page's links, the ids of its elements, and the data of a report."""

    def __init__(self, text):
        super().__init__()
        self.links = []
        self.ids = set()
        self.in_data = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.links += [attributes[name] for name in ("href", "src") if attributes.get(name)]
        if attributes.get("http-equiv") == "refresh":
            self.links.append(attributes["content"].split("url=", 1)[1])
        if "id" in attributes:
            self.ids.add(attributes["id"])
        self.in_data = attributes.get("id") == "data"

    def handle_data(self, data):
        if self.in_data:
            kernels = json.loads(data)["kernels"]
            self.links += [kernel[name] for kernel in kernels for name in ("console", "ktap") if name in kernel]
            self.in_data = False


def fault(page, link, pages):
    """What is wrong with a link of a page; None when it leads somewhere."""
    address = urllib.parse.urlsplit(link)
    if address.scheme == "data":
        return None
    if address.scheme or address.netloc:
        return None if address.scheme == "https" and address.netloc in HOSTS else "leads elsewhere"
    target = page.parent / urllib.parse.unquote(address.path) if address.path else page
    if not target.is_file():
        return "there is no such file"
    part = urllib.parse.unquote(address.fragment)
    if part and STATE not in part and target.resolve() in pages and part not in pages[target.resolve()].ids:
        return "the page has no such part"
    return None


def main(site):
    pages = {path.resolve(): Page(path.read_text()) for path in sorted(pathlib.Path(site).rglob("*.html"))}
    if not pages:
        sys.exit("there is no page")
    faults = 0
    for path, page in pages.items():
        found = [f"{path}: {link}: {why}" for link in dict.fromkeys(page.links) if (why := fault(path, link, pages))]
        print("\n".join(found) if found else f"{path}: {len(page.links)} links")
        faults += len(found)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
