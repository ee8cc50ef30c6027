"""The tables made of the notices of BODACC."""

from signaux_faibles.relations.schema import Kind, Schema, table

TEXT, DATE, BOOLEAN, INTEGER, BIGINT = Kind.TEXT, Kind.DATE, Kind.BOOLEAN, Kind.INTEGER, Kind.BIGINT

BODACC_VERDICTS: Schema = table(
    "bodacc_verdicts",
    ("id", "siren"),
    "each notice of a company, once, with the rule that reads it and what it says",
    siren=TEXT,
    id=TEXT,
    date_parution=DATE,
    type_avis=TEXT,
    famille=TEXT,
    nature=TEXT,
    complement=TEXT,
    date_jugement=DATE,
    avis_precedent=TEXT,
    regle=INTEGER,
    effet=TEXT,
    action_procol=TEXT,
    stade_procol=TEXT,
    absorbe=TEXT,
    motif=TEXT,
)

BODACC_UNMATCHED: Schema = table(
    "bodacc_unmatched",
    ("famille", "nature"),
    "the wordings that no rule reads, or that say too little, with how many notices bear them",
    famille=TEXT,
    nature=TEXT,
    motif=TEXT,
    annonces=BIGINT,
    premiere_parution=DATE,
    derniere_parution=DATE,
    exemple_id=TEXT,
)

BODACC_EVENTS: Schema = table(
    "bodacc_events",
    ("siren", "date_effet", "action_procol", "stade_procol", "id"),
    "events of procedures published in BODACC, with the day each became known and the day it was withdrawn",
    siren=TEXT,
    id=TEXT,
    date_effet=DATE,
    date_assumee=BOOLEAN,
    action_procol=TEXT,
    stade_procol=TEXT,
    known_at=DATE,
    retire_le=DATE,
    retire_par=TEXT,
)

PROCEDURES_CHRONOLOGY: Schema = table(
    "procedures_chronology",
    ("siren", "date_effet", "action_procol", "stade_procol", "date_urssaf", "date_bodacc"),
    "events of procedures of a company, as Urssaf and BODACC tell them",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
    date_urssaf=DATE,
    date_bodacc=DATE,
    known_at_urssaf=DATE,
    known_at_bodacc=DATE,
    id_bodacc=TEXT,
    known_at=DATE,
    known_at_assumed=BOOLEAN,
    ecart_jours=INTEGER,
    source_unique=BOOLEAN,
    etat_oppose=TEXT,
)
