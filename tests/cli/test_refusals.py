"""How a refusal is printed: a sentence that a terminal does not obey, whatever a file holds."""

import errno

import pytest
import typer
from typer.testing import CliRunner

from signaux_faibles.chain.machine_limits import limit_reached
from signaux_faibles.cli.app import app
from signaux_faibles.cli.options import refusals_as_sentences
from signaux_faibles.home.damage import Damaged
from signaux_faibles.sources.errors import DeliveryRefused


@pytest.mark.parametrize("refusal", [DeliveryRefused, lambda text: Damaged("current", text)])
def test_escapes_of_a_file_reach_no_terminal(capsys, refusal):
    with pytest.raises(typer.Exit), refusals_as_sentences():
        raise refusal("JSON abîmé près de « \x1b]0;PWN\x07\x1b[31m\u202e »")
    said = capsys.readouterr().err
    assert "<U+001B>]0;PWN<U+0007><U+001B>[31m<U+202E>" in said
    assert not set("\x07\u202e") & set(said)
    assert "\x1b]0" not in said


@pytest.mark.parametrize(
    ("number", "what"),
    [(errno.EROFS, "Écriture refusée"), (errno.EACCES, "Accès refusé"), (errno.EPERM, "Accès refusé")],
)
def test_a_file_that_the_system_refuses_is_said(capsys, number, what):
    with pytest.raises(typer.Exit), refusals_as_sentences():
        raise OSError(number, "refused", "/home/of/the/chain/current")
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith(what)
    assert "(/home/of/the/chain/current)" in said


@pytest.mark.parametrize("command", [["status"], ["run", "2601"], ["serve"], ["account", "list"]])
def test_the_home_of_another_account_is_said(tmp_path, monkeypatch, command):
    """No right stops the superuser, who runs some tests."""
    monkeypatch.setattr("signaux_faibles.cli.options.os.access", lambda path, _: path != tmp_path)
    done = CliRunner().invoke(app, [*command, "--home", str(tmp_path)])
    assert done.exit_code == 1
    assert "n'est pas ouvert à votre compte" in " ".join(done.stderr.split())


def test_any_other_error_is_no_limit():
    assert limit_reached(OSError(errno.EIO, "broken")) is None
