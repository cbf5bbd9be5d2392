"""``ashore views``, ``ashore view``, and what ``applications`` does with them."""

from tests.tracker.cli.running import Ashore


def companies(ran: object) -> list[str]:
    return [row["company"] for row in ran.document]  # type: ignore[attr-defined]


def test_a_view_is_kept_and_used(begun: Ashore) -> None:
    assert "There is none yet" in begun("views").stderr
    kept = begun("view", "全部", "按名", "--all", "--sort", "company", "--json").document
    assert kept == {
        "change_set": 2,
        "name": "全部 按名",
        "search": "",
        "tier": None,
        "phase": None,
        "all": True,
        "season": "current",
        "sort": "company",
        "columns": False,
    }
    assert companies(begun("applications", "--view", "全部　按名", "--json")) == ["快手", "字节跳动"]
    assert begun("view", "活的").exit_code == 0
    assert companies(begun("applications", "--view", "活的", "--json")) == ["字节跳动"]
    assert [row["name"] for row in begun("views", "--json").document] == ["全部 按名", "活的"]
    assert "under way" in begun("views").stdout


def test_a_view_is_renamed_removed_and_brought_back(begun: Ashore) -> None:
    begun("view", "一")
    assert begun("view", "一", "--rename", "二", "--json").document["name"] == "二"
    assert begun("view", "二", "--remove").exit_code == 0
    assert begun("views", "--json").document == []
    begun("undo")
    assert [row["name"] for row in begun("views", "--json").document] == ["二"]


def test_what_cannot_be_is_refused(begun: Ashore) -> None:
    assert "There is no saved view «没有»; there are: none yet" in begun("applications", "--view", "没有").reason
    assert "no saved view" in begun("view", "没有", "--remove").reason
    assert "goes with nothing else" in begun("view", "一", "--remove", "--rename", "二").reason


def test_applications_are_searched_and_sorted_as_on_the_board(begun: Ashore) -> None:
    assert companies(begun("applications", "--search", "zjtd", "--json")) == ["字节跳动"]
    assert companies(begun("applications", "--search", "一面", "--json")) == ["快手"]
    assert companies(begun("applications", "--sort", "company", "--json")) == ["快手", "字节跳动"]
    begun("edit", "快手", "--tag", "急")
    assert companies(begun("applications", "--search", "#急", "--json")) == ["快手"]


def test_a_phase_is_said_by_its_name(begun: Ashore) -> None:
    assert begun("view", "面试", "--phase", "interview", "--json").document["phase"] == "interview"
    assert begun("view", "投了", "--phase", "APPLIED", "--json").document["phase"] == "applied"
