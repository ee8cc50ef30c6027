"""What agents write about a company, in the words and with the oddities of the applications before this one."""

from __future__ import annotations

from signaux_faibles.fictitious.agents.stories import Story

DIFFICULTIES = (
    "Baisse d'activité",
    "Problèmes de financement",
    "Dette sociale",
    "Dette fiscale",
    "Difficultés liées à l'approvisionnement",
    "Contentieux avec des partenaires",
)
ACTIONS = (
    "Mobilisation audit CODEFI",
    "Mise en place d'un délai URSSAF",
    "Aide à la recherche de financement public",
    "Intermédiation auprès des acteurs administratifs et judiciaires",
    "Maintien de l'emploi (Activité Partielle)",
)
INSTANCES = ("CIRI", "MRE", "DIRE", "URSSAF")
LABELS = ("AR-PB", "Sensible", "Tension sociale", "CVAP")
CRITICALITIES = ("Niveau rouge", "Niveau orange", "Niveau vert")
REASONS = (
    "Difficulté déjà connue",
    "Donnée erronée ou ancienne",
    "Dette soldée ou échéancier respecté",
    "Activité saisonnière",
)
"""Why an alert was useless."""
_CONTEXTS = (
    "Le premier client a réduit ses commandes de moitié.",
    "La hausse du prix de l'énergie n'a pas été répercutée.",
    "Le dirigeant prépare une transmission qui tarde.",
    "Un chantier impayé pèse sur la trésorerie.",
)
_FOLLOWING = (
    "Échange avec le dirigeant : plan de trésorerie attendu.",
    "Échéancier accepté, part salariale à jour.",
    "Le cabinet comptable transmettra une situation intermédiaire.",
    "Visite sur place, effectif stable 👍",
)
POSTPONED = "Rappeler après la clôture des comptes."
"""Why a call was put off."""
HTML_IN = 0.1
"""Share of the comments that hold HTML, pasted from a mail."""


def synthesis(story: Story) -> str:
    """The synthesis of an accompagnement, after the template of three parts."""
    difficulty, action = story.chosen(0, DIFFICULTIES), story.chosen(1, ACTIONS)
    return f"**Contexte**\n{story.chosen(2, _CONTEXTS)}\n\n**Difficultés**\n{difficulty}\n\n**Actions**\n{action}"


def comment(story: Story) -> str:
    """A comment; one in ten is in HTML."""
    text = story.chosen(3, _FOLLOWING)
    return f"<p>{text}</p><p>Cordialement&nbsp;</p>" if story.draws[4] < HTML_IN else text


def spelled_siret(story: Story) -> str:
    """The siret as it was typed: with spaces now and then."""
    siret = story.siret
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}" if story.draws[4] > 1 - HTML_IN else siret
