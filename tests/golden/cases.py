"""The published accounts that the golden reports are about, each as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.form_cells import lay_out
from gongkai_workbooks.form_workbook import write_sheets
from gongkai_workbooks.forms import CodeCells, load_form
from gongkai_workbooks.samples import Sample, load_samples

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A workbook: one of the samples, or (with ``code_cells``) figures that are drawn in the Shanghai form."""

    name: str
    workbook: str
    code_cells: CodeCells | None = None

    def draw(self, folder: Path) -> Path:
        """The workbook of a sample, or one that is drawn into ``folder``."""
        if self.code_cells is None:
            return data_folder("samples") / self.workbook
        sample = _published()[self.workbook]
        sheets = lay_out(
            load_form("shanghai").vary(code_cells=self.code_cells),
            sample.figures,
            year=sample.year,
            department=sample.department,
            amount_unit=sample.amount_unit,
        )
        path = folder / sample.workbook
        write_sheets(sheets, path, year=sample.year)
        return path

    @property
    def report(self) -> Path:
        """Where its golden report is kept."""
        return FOLDER / "reports" / f"{self.name}.json"


JIANGHAN = Case(name="jianghan-2024", workbook="江汉区医疗保障局2024.xlsx")
JIANGHAN_ERRORS = Case(name="jianghan-2024-errors", workbook="示例-有错误.xlsx")
QINGSHAN = Case(name="qingshan-2024", workbook="青山区医疗保健办公室2024.xlsx")
CAIZHENG = Case(name="putuo-caizheng-2024", workbook="上海市普陀区财政局2024.xlsx", code_cells="three")
SHENGTAI = Case(name="putuo-shengtai-2025", workbook="上海市普陀区生态环境局2025.xlsx", code_cells="merged")
YICHUAN = Case(name="putuo-yichuan-2025", workbook="上海市普陀区人民政府宜川路街道办事处2025.xlsx", code_cells="one")
CASES = (JIANGHAN, JIANGHAN_ERRORS, QINGSHAN, CAIZHENG, SHENGTAI, YICHUAN)


def _published() -> Mapping[str, Sample]:
    return {sample.workbook: sample for sample in load_samples(FOLDER)}
