"""Load the menu of supports from its files."""

from django.core.management.base import BaseCommand, CommandError

from supports.loader import CATALOGUE, load
from supports.reading import CatalogueError, read_folder


class Command(BaseCommand):
    help = "Load the menu of supports from a folder of .toml files: all or nothing, repeatable."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=CATALOGUE, help="Where the files are.")
        parser.add_argument("--check", action="store_true", help="Read and check the files; write nothing.")
        parser.add_argument("--overwrite", action="store_true", help="Also replace what the district edited.")

    def handle(self, folder, check, overwrite, **options):
        try:
            if check:
                self.stdout.write(f"{len(read_folder(folder))} files, and nothing to complain of.")
                return
            told = load(folder, overwrite=overwrite)
        except CatalogueError as fault:
            raise CommandError("The menu was not loaded:\n" + "\n".join(fault.problems)) from None
        self.stdout.write(
            f"The menu: {told['added']} added, {told['changed']} changed, {told['same']} as they were, "
            f"{told['kept']} kept as the district has them."
        )
