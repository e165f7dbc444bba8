"""National rules: for everyone, from the platform's file, and never over what an operator changed."""

import pytest
from sqlalchemy import text

from core.database import Database
from core.legal.registry import national_rules, rules
from core.sync.inspection import FilesRefused
from core.sync.national import read_national
from core.sync.request import SyncConflict
from core.tenancy.scope import tenant_transaction
from tests.core.sync.folders import run, shown

pytestmark = pytest.mark.database

RULE = """
  - id: UU-UJI-2025
    kind: UU
    number: "1"
    year: 2025
    title: "{title}"
    status: berlaku
    enacted: "2025-01-02"
    revoked_by: {{name: UU 2/2026}}
    source: null
    certainty: "K, high"
"""


@pytest.fixture
def database(postgres):
    """A database of their own: national rules are everybody's."""
    name = postgres.clone()
    database = Database(postgres.addresses(name).app)
    yield database
    database.close()
    postgres.drop(name)


@pytest.fixture
def national(root):
    def write(title="Uji"):
        (root.parent / "national.yaml").write_text("regulations:" + RULE.format(title=title))

    write()
    return write


def titles(database):
    with database.session() as session:
        return {key: rule.title for key, rule in national_rules(session).items()}


def operator(database, title):
    with database.session() as session, session.begin():
        session.execute(text("UPDATE national_regulations SET title = :title"), {"title": title})


def test_every_government_may_cite_them_beside_its_own(database, root, city, national):
    city.bindings["data"]["cover"]["legal_bases"].append({"id": "UU-UJI-2025", "citation": "UU 1/2025"})
    city.write()
    assert "+ regulation:UU-UJI-2025 baru" in shown(run(database, root))
    with tenant_transaction(database, city.slug) as session:
        found = rules(session)
        assert set(found) == {"UU-UJI-2025", "PERWALI-UJI-1-2020"}
        assert found["UU-UJI-2025"].facts["revoked_by"] == {"name": "UU 2/2026"}
        assert "applied" not in found["UU-UJI-2025"].facts
    assert run(database, root).lines == []


def test_the_file_changes_them_and_an_operator_is_not_overwritten(database, root, city, national):
    run(database, root)
    national("Berkas")
    assert shown(run(database, root)) == {"~ regulation:UU-UJI-2025 berubah (title)"}
    operator(database, "Operator")
    assert run(database, root).lines == []
    national("Berkas lagi")
    with pytest.raises(SyncConflict, match="nasional/regulation:UU-UJI-2025"):
        run(database, root)
    assert titles(database) == {"UU-UJI-2025": "Operator"}
    run(database, root, takes={"nasional/regulation:UU-UJI-2025": "database"})
    assert titles(database) == {"UU-UJI-2025": "Operator"}
    national("Berkas ketiga")
    run(database, root, takes={"regulation:UU-UJI-2025": "file"})
    assert titles(database) == {"UU-UJI-2025": "Berkas ketiga"}


def test_a_local_rule_may_not_take_a_national_ones_id(database, root, city, national):
    city.legal["regulations"][0]["id"] = "UU-UJI-2025"
    city.bindings = {}
    city.write()
    with pytest.raises(FilesRefused, match="peraturan 'UU-UJI-2025' sudah ada di daftar nasional"):
        run(database, root)


def test_a_rule_stands_once(tmp_path):
    file = tmp_path / "national.yaml"
    file.write_text("regulations:" + RULE.format(title="A") + RULE.format(title="B"))
    with pytest.raises(FilesRefused, match=r"national.yaml baris 1[0-9]: peraturan 'UU-UJI-2025' tertulis dua kali"):
        read_national(file)


def test_the_platforms_own_file_is_right():
    found = {rule.id: rule for rule in read_national()}
    assert found["UU-5-2014"].status == "dicabut"
    assert found["UU-5-2014"].facts["revoked_by"]["id"] in found
