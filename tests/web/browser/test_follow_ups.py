"""Follow-ups and the board in a browser: by mouse, by keyboard, seen by another agent, without a violation of axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import at_both_widths, check_accessible, check_accessible_at_both_widths
from harness.agents import CODEFI, CRP, SIRET
from harness.tiny_home import ATELIERS
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.circulation.news import news_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AlreadyIn = Callable[[str], Page]
BOARD = "/kanban/nouvelle-aquitaine"


def cell(page: Page, column: str) -> list[str]:
    """The names of the cards of a column."""
    return page.locator(f"ol[data-column={column}] .sf-card__title").all_inner_texts()


@at_both_widths
@pytest.mark.parametrize(
    "address",
    ["/accompagnements", "/accompagnements/{}", "/accompagnements/{}/informations", "/accompagnements/{}/contributeurs",
     "/accompagnements/{}/cloture", "/accompagnements/{}/contacts", "/accompagnements/{}/historique"],
)  # fmt: skip
def test_pages_of_follow_ups_are_accessible(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, address: str
) -> None:
    page = already_in(CODEFI)
    assert page.goto(live_server.url + address.format(follow_up.pk)).status == 200
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    check_accessible_at_both_widths(page)


def test_an_agent_opens_a_follow_up_and_writes_a_comment(already_in: AlreadyIn, live_server: LiveServer) -> None:
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/etablissements/{SIRET}")
    page.get_by_role("link", name="Ouvrir un accompagnement").click()
    page.get_by_label("Criticité").select_option("Criticité élevée")
    page.locator("summary", has_text="Difficultés").click()
    page.get_by_text("Dette sociale", exact=True).click()
    check_accessible(page)
    page.get_by_role("button", name="Ouvrir l’accompagnement").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Accompagnement – {ATELIERS.name}")
    circle = page.get_by_role("region", name="Réseau CODEFI")
    circle.get_by_text("Commenter", exact=True).click()
    circle.get_by_role("textbox", name="Texte").fill("Rendez-vous pris, **vendredi**")
    circle.get_by_role("button", name="Envoyer").click()
    expect(page.locator("strong", has_text="vendredi")).to_be_visible()


def test_the_board_is_accessible(already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp) -> None:
    page = already_in(CRP)
    page.goto(live_server.url + BOARD)
    expect(page.locator(f"#carte-{follow_up.pk}")).to_be_visible()
    check_accessible(page)


def test_a_card_is_moved_by_keyboard_alone(already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp) -> None:
    page = already_in(CRP)
    page.goto(live_server.url + BOARD)
    take, live = page.get_by_role("button", name="Prendre"), page.locator("#annonce-kanban")
    take.focus()
    page.keyboard.press("Enter")
    expect(live).to_contain_text("Prise. ATELIERS DU LIMOUSIN : À définir, place 1 sur 1")
    page.keyboard.press("ArrowRight")
    expect(live).to_contain_text("Suivi en cours, place 1 sur 1")
    page.keyboard.press("Escape")
    expect(live).to_contain_text("Rendue.")
    assert cell(page, "A_DEFINIR") == [ATELIERS.name]
    expect(take).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(live).to_contain_text("Posée.")
    expect(page.locator(f"ol[data-column=SUIVI_EN_COURS] #carte-{follow_up.pk}")).to_be_visible()
    expect(page.get_by_role("button", name="Prendre")).to_be_focused()
    follow_up.refresh_from_db()
    assert follow_up.column == "SUIVI_EN_COURS"


def test_what_a_referent_alone_may_do_is_refused_with_its_reason(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp
) -> None:
    page = already_in(CRP)
    page.goto(live_server.url + BOARD)
    page.get_by_role("button", name="Prendre").focus()
    for key in ("Enter", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("alert")).to_contain_text("Seul un référent le peut.")
    expect(page.locator(f"ol[data-column=A_DEFINIR] #carte-{follow_up.pk}")).to_be_visible()


def test_a_card_is_moved_by_mouse_and_another_agent_sees_it_within_five_seconds(
    already_in: AlreadyIn,
    live_server: LiveServer,
    follow_up: FollowUp,
    chromium: Browser,
    page: Page,
) -> None:
    if page.viewport_size is None or page.viewport_size["width"] < 800:
        pytest.skip("a telephone has no mouse")
    page = already_in(CRP)
    other = chromium.new_context(storage_state=page.context.storage_state()).new_page()
    for one in (page, other):
        one.goto(live_server.url + BOARD)
    card = page.locator(f"#carte-{follow_up.pk}")
    card.locator(".sf-detail").first.drag_to(page.locator("ol[data-column=SUIVI_EN_COURS]"))
    expect(page.locator(f"ol[data-column=SUIVI_EN_COURS] #carte-{follow_up.pk}")).to_be_visible()
    expect(other.locator(f"ol[data-column=SUIVI_EN_COURS] #carte-{follow_up.pk}")).to_be_visible(timeout=7_000)
    other.context.close()
    follow_up.refresh_from_db()
    assert follow_up.column == "SUIVI_EN_COURS"


def test_a_card_is_moved_by_touch(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, chromium: Browser
) -> None:
    held = already_in(CRP).context.storage_state()
    context = chromium.new_context(storage_state=held, has_touch=True, viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.goto(live_server.url + BOARD)
    start = page.locator(f"#carte-{follow_up.pk} .sf-detail").first
    start.scroll_into_view_if_needed()
    began, led = start.bounding_box(), page.locator("ol[data-column=SUIVI_EN_COURS]").bounding_box()
    assert began is not None
    assert led is not None
    finger = context.new_cdp_session(page)

    def touch(kind: str, *at: tuple[float, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in at]})

    x, y = began["x"] + 5, began["y"] + 5
    to_x, to_y = led["x"] + led["width"] / 2, led["y"] + 10
    touch("touchStart", (x, y))
    page.wait_for_timeout(400)  # a card is taken by a finger that stays, so that a list still scrolls
    for step in range(1, 11):
        touch("touchMove", (x + (to_x - x) * step / 10, y + (to_y - y) * step / 10))
        page.wait_for_timeout(30)
    with page.expect_response(lambda answer: answer.url.endswith(f"/cartes/{follow_up.pk}/deplacement")):
        touch("touchEnd")
    expect(page.locator(f"ol[data-column=SUIVI_EN_COURS] #carte-{follow_up.pk}")).to_be_visible()
    expect(page.locator("#message-kanban")).to_be_empty()
    context.close()
    follow_up.refresh_from_db()
    assert follow_up.column == "SUIVI_EN_COURS"


def test_a_card_opens_in_a_drawer(already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp) -> None:
    page = already_in(CRP)
    page.goto(live_server.url + BOARD)
    page.get_by_role("link", name=ATELIERS.name).click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Dominique (DGFiP)")
    check_accessible(page)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_dispositif_seen_in_the_data_is_dismissed_or_confirmed_in_one_act(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, by: str
) -> None:
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/accompagnements/{follow_up.pk}")

    def press(name: str) -> None:
        button = page.get_by_role("button", name=name)
        if by == "mouse":
            button.click()
        else:
            button.focus()
            page.keyboard.press("Enter")

    press("Écarter Activité partielle")
    expect(page.get_by_role("form", name="Activité partielle, vu dans les données")).to_have_count(0)
    press("Confirmer Délai ou sursis Urssaf")
    expect(page.get_by_role("listitem").filter(has_text="Délai ou sursis Urssaf : activé")).to_be_visible()
    page.get_by_text("Les mêmes dates en tableau").click()
    expect(page.get_by_role("row", name="Délai ou sursis Urssaf")).to_have_count(2)
    check_accessible(page)


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_colleague_is_cited_and_notified(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, actor: Callable[[str], Actor], by: str
) -> None:
    cited = actor(CRP)
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/accompagnements/{follow_up.pk}")
    circle = page.get_by_role("region", name="Réseau CODEFI")
    circle.get_by_text("Commenter", exact=True).click()
    field = circle.get_by_role("textbox", name="Texte")
    field.press_sequentially("Merci @Cam")
    option = circle.get_by_role("option", name="Camille (DREETS)")
    expect(option).to_be_visible()
    check_accessible(page)
    if by == "mouse":
        option.click()
    else:
        page.keyboard.press("Enter")
    expect(field).to_have_value("Merci @Camille (DREETS) ")
    circle.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Merci @Camille (DREETS)")).to_be_visible()
    assert [one.kind.name for one in news_of(cited)] == ["MENTIONS"]
