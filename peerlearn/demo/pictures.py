"""Pictures of the demo's pages for the documents: `python -m peerlearn.demo.pictures ADDRESS`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from . import PASSWORD

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "img"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# name: who looks, where they begin, the link they follow from there (or none), how wide the window is, light or dark
PICTURES = {
    "home": ("teacher", "/", "", 1280, "light"),
    "partnership": ("teacher", "/partnerships/", "a:has-text('With Lale Umber')", 1280, "light"),
    "menu": ("teacher", "/menu/", "", 1280, "light"),
    "plan": ("principal", "/", "a:has-text('Read the plan')", 390, "light"),
    "walk": ("facilitator", "/walks/", "main a[href^='/walks/']:not([href*='new']) >> nth=0", 1280, "dark"),
    "report": ("admin", "/report/", "", 1280, "light"),
}
TALLEST = 1100


def draw(chromium, address, name, who, path, link, width, scheme):
    page = chromium.new_context(
        viewport={"width": width, "height": TALLEST}, color_scheme=scheme, base_url=address
    ).new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    page.goto(path)
    if link:
        page.click(link)
        page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{name}.png")


def main(address):
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, picture in PICTURES.items():
            draw(chromium, address, name, *picture)
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1])
