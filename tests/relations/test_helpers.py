"""What the common API of the engines lacks, on both engines."""

from datetime import date

import narwhals.stable.v2 as nw

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations import helpers
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.schema import Kind, table

FACTS = table(
    "facts", ("siren", "day", "rank"),
    siren=Kind.TEXT, day=Kind.DATE, rank=Kind.INTEGER, amount=Kind.AMOUNT, note=Kind.TEXT,
)  # fmt: skip
NUMBERS = """
    siren | day        | rank | amount | note
    X     | 2024-01-31 | 1    | 0.1    | first
    X     | 2024-02-29 | 2    | 0.2    |
    X     | 2024-12-01 | 3    | -0.3   | last
    Y     | 2023-02-28 |      |        | unranked
    Y     | 2023-02-28 | 1    |        | ranked
"""


def check_facts(engine, rule, output, expected):
    """Check a rule on the table of numbers above."""
    check(engine, rule, [case("facts", facts=NUMBERS, expected=expected)], inputs={"facts": FACTS}, output=output)


@on_every_engine
def test_the_last_row_of_a_key_null_being_first(engine):
    check_facts(
        engine,
        lambda facts: helpers.last_per(facts, "siren", ["rank", "day"]),
        FACTS,
        """
        siren | note
        X     | last
        Y     | ranked
        """,
    )


@on_every_engine
def test_different_rows_unknown_being_a_value(engine):
    days = table("days", ("siren", "day"), siren=Kind.TEXT, day=Kind.DATE, amount=Kind.AMOUNT)
    check_facts(
        engine,
        lambda facts: helpers.distinct(facts.select("siren", "day", "amount")),
        days,
        """
        siren | day        | amount
        X     | 2024-01-31 | 0.1
        X     | 2024-02-29 | 0.2
        X     | 2024-12-01 | -0.3
        Y     | 2023-02-28 |
        """,
    )


RECORDS = table(
    "records", ("siren", "periode", "line"),
    siren=Kind.TEXT, periode=Kind.DATE, file=Kind.TEXT, line=Kind.BIGINT, effectif=Kind.INTEGER,
)  # fmt: skip
WIDE = [
    case(
        "a company that one record reports keeps its months",
        records="""
            siren | periode    | file | line | effectif
            X     | 2024-01-01 | a    | 2    | 10
            X     | 2024-02-01 | a    | 2    | 11
        """,
        expected="siren | effectif\nX | 10\nX | 11",
    ),
    case(
        "of two records the last reports the months that both report",
        records="""
            siren | periode    | file | line | effectif
            X     | 2024-01-01 | a    | 2    | 10
            X     | 2024-01-01 | a    | 9    | 99
            X     | 2024-02-01 | a    | 2    | 11
        """,
        expected="siren | effectif\nX | 11\nX | 99",
    ),
    case(
        "two files may number their lines alike",
        records="""
            siren | periode    | file | line | effectif
            X     | 2024-01-01 | b    | 2    | 20
            X     | 2024-01-01 | a    | 2    | 10
        """,
        expected="siren | effectif\nX | 20",
    ),
]


@on_every_engine
def test_the_last_record_of_a_wide_file(engine):
    values = table("values", ("siren", "effectif"), siren=Kind.TEXT, effectif=Kind.INTEGER)

    def rule(records):
        return helpers.last_record_per(records, records, "siren", ["siren", "periode"], ["file", "line"])

    check(engine, rule, WIDE, inputs={"records": RECORDS}, output=values)


@on_every_engine
def test_sums_are_exact_and_report_nothing_from_unknown(engine):
    sums = table("sums", ("siren",), siren=Kind.TEXT, amount=Kind.AMOUNT, known=Kind.AMOUNT)
    check_facts(
        engine,
        lambda facts: facts.group_by("siren").agg(helpers.total("amount"), known=helpers.sum_or_null("amount")),
        sums,
        """
        siren | amount | known
        X     | 0      | 0
        Y     | 0      |
        """,
    )


@on_every_engine
def test_quantiles_of_a_group_are_linear_between_ranks_and_come_as_one_list(engine):
    shares = [0.0, 0.1, 0.5, 1.0]
    columns = {f"at_{rank}": Kind.REAL for rank in range(len(shares))}

    def spread(facts):
        values = facts.with_columns(value=nw.col("amount").cast(nw.Float64)).group_by("siren")
        lists = values.agg(found=helpers.quantiles(nw.col("value"), shares))
        return lists.select("siren", *(nw.col("found").list.get(n).alias(f"at_{n}") for n in range(len(shares))))

    check_facts(
        engine,
        spread,
        table("spread", ("siren",), siren=Kind.TEXT, **columns),
        """
        siren | at_0 | at_1  | at_2 | at_3
        X     | -0.3 | -0.22 | 0.1  | 0.2
        Y     |      |       |      |
        """,
    )


@on_every_engine
def test_the_rows_before_and_after_within_a_key(engine):
    rows = table(
        "rows", ("siren", "day", "rank"),
        siren=Kind.TEXT, day=Kind.DATE, rank=Kind.INTEGER, before=Kind.DATE, after=Kind.DATE, running=Kind.AMOUNT,
        latest=Kind.BOOLEAN,
    )  # fmt: skip
    order = ["day", "rank"]
    check_facts(
        engine,
        lambda facts: facts.with_columns(
            before=helpers.previous("day", "siren", order),
            after=helpers.following("day", "siren", order),
            running=helpers.running_total("amount", "siren", order),
            latest=helpers.is_latest("day", "siren"),
        ),
        rows,
        """
        siren | day        | rank | before     | after      | running | latest
        X     | 2024-01-31 | 1    |            | 2024-02-29 | 0.1     | false
        X     | 2024-02-29 | 2    | 2024-01-31 | 2024-12-01 | 0.3     | false
        X     | 2024-12-01 | 3    | 2024-02-29 |            | 0       | true
        Y     | 2023-02-28 |      |            | 2023-02-28 |         | true
        Y     | 2023-02-28 | 1    | 2023-02-28 |            |         | true
        """,
    )


@on_every_engine
def test_the_months_of_dates(engine):
    months = table(
        "months", ("siren", "day", "rank"),
        siren=Kind.TEXT, day=Kind.DATE, rank=Kind.INTEGER, month=Kind.DATE, days=Kind.BIGINT, index=Kind.BIGINT,
        number=Kind.BIGINT,
    )  # fmt: skip
    day = nw.col("day")
    check_facts(
        engine,
        lambda facts: facts.with_columns(
            month=helpers.month_of(day),
            days=helpers.days_in_month(day),
            index=helpers.month_index(day),
            number=helpers.day_number(day),
        ),
        months,
        """
        siren | day        | month      | days | index | number
        X     | 2024-01-31 | 2024-01-01 | 31   | 24288 | 738916
        X     | 2024-02-29 | 2024-02-01 | 29   | 24289 | 738945
        X     | 2024-12-01 | 2024-12-01 | 31   | 24299 | 739221
        Y     | 2023-02-28 | 2023-02-01 | 28   | 24277 | 738579
        Y     | 2023-02-28 | 2023-02-01 | 28   | 24277 | 738579
        """,
    )


@on_every_engine
def test_the_rows_of_the_companies_kept(engine):
    establishments = table("establishments", ("siret",), siret=Kind.TEXT, note=Kind.TEXT)
    companies = table("companies", ("siren",), siren=Kind.TEXT)
    both = [
        case(
            "an establishment follows its company",
            establishments="""
                siret | note
                X     | one
                X.2   | two
                Y     | other
            """,
            companies="""
                siren
                X
            """,
            expected="""
                siret | note
                X     | one
                X.2   | two
            """,
        )
    ]
    inputs = {"establishments": establishments, "companies": companies}
    check(
        engine,
        lambda establishments, companies: helpers.within(establishments, companies),
        both,
        inputs=inputs,
        output=establishments,
    )


INTERVALS = table("intervals", ("siren", "start"), siren=Kind.TEXT, start=Kind.BIGINT, stop=Kind.BIGINT)
SPREAD = table("spread", ("siren", "periode"), siren=Kind.TEXT, periode=Kind.DATE)
SPREADS = [
    case(
        "from the first month to the one before the last",
        relation="""
            siren | start | stop
            X     | 24289 | 24291
        """,
        expected="""
            siren | periode
            X     | 2024-02-01
            X     | 2024-03-01
        """,
    ),
    case(
        "only the months of the calendar; no stop is its end",
        relation="""
            siren  | start | stop
            BEFORE | 24000 | 24289
            AFTER  | 24290 |
            NEVER  | 24290 | 24290
            LATE   | 24999 |
            EARLY  | 24000 | 24001
        """,
        expected="""
            siren  | periode
            BEFORE | 2024-01-01
            AFTER  | 2024-03-01
            AFTER  | 2024-04-01
        """,
    ),
]


@on_every_engine
def test_one_row_for_each_month_of_an_interval(engine):
    calendar = Calendar.between(engine, date(2024, 1, 20), date(2024, 4, 2))
    check(
        engine,
        lambda relation: helpers.spread_months(relation, "start", "stop", calendar),
        SPREADS,
        inputs={"relation": INTERVALS},
        output=SPREAD,
    )


@on_every_engine
def test_the_known_texts_joined(engine):
    texts = table("texts", ("siren", "day", "rank"), siren=Kind.TEXT, day=Kind.DATE, rank=Kind.INTEGER, text=Kind.TEXT)
    first = nw.when(nw.col("rank") == 1).then(nw.lit("un"))
    check_facts(
        engine,
        lambda facts: facts.with_columns(text=helpers.joined([first, nw.col("note")], " ; ")),
        texts,
        """
        siren | day        | rank | text
        X     | 2024-01-31 | 1    | un ; first
        X     | 2024-02-29 | 2    |
        X     | 2024-12-01 | 3    | last
        Y     | 2023-02-28 |      | unranked
        Y     | 2023-02-28 | 1    | un ; ranked
        """,
    )
