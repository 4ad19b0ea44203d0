"""The file of settings that `make setup` writes, and completes when a version needs another key."""

from pathlib import Path

from grants.settings import Settings, read_env_file
from tools import write_env


def test_a_new_file_is_enough_to_start_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "var" / "env"
    write_env.write(file)
    assert Settings.from_environment(read_env_file(file)).column_key
    assert file.stat().st_mode & 0o777 == 0o600
    written = file.read_text()
    write_env.write(file)
    assert file.read_text() == written


def test_an_older_file_gets_the_key_it_lacks_and_keeps_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "env"
    older = "# ours\nSECRET_KEY=s\nJOURNAL_KEY=j"
    file.write_text(older)
    write_env.write(file)
    assert file.read_text().startswith(f"{older}\nCOLUMN_KEY=")
    assert len(read_env_file(file)["COLUMN_KEY"]) == 44
    assert file.stat().st_mode & 0o777 == 0o600
