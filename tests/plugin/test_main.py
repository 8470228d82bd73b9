from __future__ import annotations

import subprocess
import sys

from tests.plugin.conftest import Program


def test_version(command: Program) -> None:
    assert command("--version") == (0, "gongkai 0.1.0\n", "")


def test_without_arguments_it_explains_itself(command: Program) -> None:
    done = command()
    assert (done.code, done.err) == (2, "")
    assert "gongkai 决算公开.xlsx" in done.out


def test_help_is_0(command: Program) -> None:
    assert command("--help").code == 0
    assert command("check", "-h").code == 0


def test_a_bad_option_is_2(command: Program) -> None:
    done = command("江汉.xlsx", "--nonsense")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("参数有误：")


def test_a_reader_who_leaves_is_no_error() -> None:
    program = [sys.executable, "-m", "gongkai", "rules", "--output-format", "json"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_without_a_console_it_still_works() -> None:
    program = "import sys; sys.stdout = sys.stderr = None; from gongkai.__main__ import main; sys.exit(main(['rule', 'XF301']))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
