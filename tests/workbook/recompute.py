"""Recomputes every formula of a workbook with a program that is not ours (pycel), and prints what it finds.

The results that are stored beside the formulas are thrown away before, so that none can be taken for a computed one.
Prints a JSON array with a list for each workbook: sheet, cell, formula, stored and computed value of every formula.
"""

import json
import sys
import tempfile
from pathlib import Path

import openpyxl
from pycel import ExcelCompiler


def recomputed(path):
    book = openpyxl.load_workbook(path)
    stored = openpyxl.load_workbook(path, data_only=True)
    with tempfile.TemporaryDirectory() as folder:
        # openpyxl writes formulas without results.
        bare = str(Path(folder) / "bare.xlsx")
        book.save(bare)
        engine = ExcelCompiler(filename=bare)
        found = []
        for sheet in book:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                computed = engine.evaluate(f"'{sheet.title}'!{cell.coordinate}")
                found.append({
                    "sheet": sheet.title,
                    "cell": cell.coordinate,
                    "formula": cell.value,
                    "stored": stored[sheet.title][cell.coordinate].value,
                    "computed": computed.item() if hasattr(computed, "item") else computed,
                })
        return found


if __name__ == "__main__":
    json.dump([recomputed(path) for path in sys.argv[1:]], sys.stdout)
