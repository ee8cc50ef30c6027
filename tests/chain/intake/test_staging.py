"""A file staged under a mark is the file of that mark: nothing is staged of one that changes while it is read."""

import hashlib
import os

import pyarrow.parquet as pq
import pytest

from signaux_faibles.chain.intake.gathering import gather
from signaux_faibles.chain.intake.staging import stage
from signaux_faibles.home.home import Home
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

PROCOL = CONTRACTS["procol"]
HEADER = "Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n"
LINE = "10000000100001;100000001;12JAN2026;1;Sauvegarde_ouverture\n"


@pytest.fixture
def delivered(tmp_path):
    path = tmp_path / "2601" / "sigfaible_pcoll.csv"
    path.parent.mkdir()
    path.write_text(HEADER + 50 * LINE, encoding="utf-8")
    return path


def changed_while_read(monkeypatch, path, change):
    """Change a file once its reader has opened it."""
    read = FileReader._read

    def interrupted(reader):
        for chunk in read(reader):
            change(path)
            yield chunk

    monkeypatch.setattr(FileReader, "_read", interrupted)


def cut(path):
    os.truncate(path, len(HEADER) + 20 * len(LINE))


def grown(path):
    with path.open("a", encoding="utf-8") as stream:
        stream.write(LINE)


def copied_over_itself(path):
    path.write_bytes(path.read_bytes())


@pytest.mark.parametrize("change", [cut, grown, copied_over_itself], ids=lambda one: one.__name__)
def test_nothing_is_staged_of_a_file_that_changes_while_it_is_read(delivered, tmp_path, monkeypatch, change):
    home = Home(tmp_path / "home")
    with monkeypatch.context() as patched:
        changed_while_read(patched, delivered, change)
        with pytest.raises(DeliveryRefused, match=r"^sigfaible_pcoll.csv : le fichier a changé pendant la lecture"):
            stage(delivered, PROCOL, "2601", home)
    assert [path for path in home.staging.rglob("*") if path.is_file()] == []
    staged = stage(delivered, PROCOL, "2601", home)
    lines = len(delivered.read_text(encoding="utf-8").splitlines()) - 1
    assert pq.read_metadata(home.root / staged.rows).num_rows == lines
    assert staged.sha256 == hashlib.sha256(delivered.read_bytes()).hexdigest()


DEBIT = CONTRACTS["debit"]
DEBIT_HEADER = (
    "num_cpte;Siren;Siret;Etat_cpte;Cd_pro_col;Periode;Num_Ecn;Num_Hist_Ecn;Dt_trt_ecn;Mt_PO;Mt_PP;Cd_op_ecn;Motif_ecn;"
    "Recours_en_cours\n"
)


def debit_on(day):
    return f"117000000000000200;100000001;10000000100001;1;0;202512;001;1;{day};0;119857;1;1;0\n"


def test_a_mistyped_year_makes_a_file_no_fresher_and_is_reported(tmp_path):
    """The latest fact is what pages and reports call the freshness of a source."""
    path = tmp_path / "2601" / "sigfaible_debits.csv"
    path.parent.mkdir()
    path.write_text(DEBIT_HEADER + debit_on("1260105") + debit_on("9991231"), encoding="utf-8")
    staged = stage(path, DEBIT, "2601", Home(tmp_path / "home"))
    assert (staged.latest, staged.report["rows_kept"]) == ("2026-01-05", 2)
    assert staged.report["warnings"] == [
        "sigfaible_debits.csv : 1 ligne datée d'après le lot 2601 (Dt_trt_ecn, jusqu'au 31 décembre 2899). Les tables "
        "l'ignorent jusque-là : une année mal saisie ?"
    ]


def test_a_day_of_its_month_is_no_warning(tmp_path):
    path = tmp_path / "2601" / "sigfaible_debits.csv"
    path.parent.mkdir()
    path.write_text(DEBIT_HEADER + debit_on("1260131"), encoding="utf-8")
    staged = stage(path, DEBIT, "2601", Home(tmp_path / "home"))
    assert (staged.latest, staged.report["warnings"]) == ("2026-01-31", [])


def test_nor_of_a_file_whose_disk_has_a_coarse_clock(delivered, tmp_path, monkeypatch):
    """The size and the dates say nothing: the bytes are hashed again."""
    whole, other = delivered.read_bytes(), (HEADER + 50 * LINE.replace("12JAN", "13JAN")).encode()
    assert len(whole) == len(other)
    monkeypatch.setattr("signaux_faibles.sources.reading.regular._identity", lambda _: None)
    changed_while_read(monkeypatch, delivered, lambda path: path.write_bytes(other))
    with pytest.raises(DeliveryRefused, match="changé pendant la lecture"):
        stage(delivered, PROCOL, "2601", Home(tmp_path / "home"))


def test_a_file_that_changes_while_it_is_gathered_is_refused(delivered, tmp_path, monkeypatch):
    def interrupted(stream, target, _):
        target.write(stream.read())
        grown(delivered)

    monkeypatch.setattr("signaux_faibles.chain.intake.gathering.shutil.copyfileobj", interrupted)
    with pytest.raises(DeliveryRefused, match="changé pendant la lecture"):
        gather(delivered.parent, tmp_path / "deliveries", "2601")
    assert list((tmp_path / "deliveries" / "2601").iterdir()) == []


@pytest.mark.parametrize("name", ["sigfaible_pcoll.csv", "PUB_CA_1.xml"])
def test_a_link_that_leads_out_of_the_source_is_not_gathered(tmp_path, name):
    (tmp_path / "source").mkdir()
    (tmp_path / "secret").write_text(HEADER + LINE, encoding="utf-8")
    (tmp_path / "source" / name).symlink_to(tmp_path / "secret")
    with pytest.raises(DeliveryRefused, match="ce lien mène hors du dossier source"):
        gather(tmp_path / "source", tmp_path / "deliveries", "2601")


def test_a_pipe_is_not_gathered(tmp_path):
    (tmp_path / "source").mkdir()
    os.mkfifo(tmp_path / "source" / "sigfaible_pcoll.csv")
    with pytest.raises(DeliveryRefused, match="tube nommé"):
        gather(tmp_path / "source", tmp_path / "deliveries", "2601")
