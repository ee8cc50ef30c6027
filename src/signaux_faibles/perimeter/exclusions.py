"""Companies that the service does not follow: public bodies, education, finance… (import-chain §6.4)."""

LEGAL_CATEGORIES = (
    "4110", "4120", "4140", "4160", "7210", "7220", "7346", "7348", "7366", "7373", "7379", "7383", "7389", "7410",
    "7430", "7470", "7490",
)  # fmt: skip
"""Public bodies; labels in the reference table `categories_juridiques`."""

NAF_REV2 = (
    "84.11Z", "84.12Z", "84.13Z", "84.21Z", "84.22Z", "84.23Z", "84.24Z", "84.25Z", "84.30A", "84.30B", "84.30C",
    "85.10Z", "85.20Z", "85.31Z", "85.32Z", "85.41Z", "85.42Z",
    "94.11Z", "94.12Z", "94.20Z", "94.91Z", "94.92Z",
    "64.11Z", "64.19Z", "64.30Z", "64.91Z", "64.92Z", "64.99Z",
    "65.11Z", "65.12Z", "65.20Z", "65.30Z",
    "66.11Z", "66.12Z", "66.19A", "66.19B", "66.21Z", "66.22Z", "66.29Z", "66.30Z",
    "99.00Z",
)  # fmt: skip
"""Administration, education, organisations, finance, insurance, extraterritorial bodies."""

NAF_2025 = (
    "84.11Y", "84.12Y", "84.13Y", "84.21Y", "84.22Y", "84.23Y", "84.24Y", "84.25Y", "84.30G", "84.30H", "84.30J",
    "85.10Y", "85.20Y", "85.31Y", "85.32Y", "85.33Y", "85.40Y",
    "94.11Y", "94.12Y", "94.20Y", "94.91Y", "94.92Y",
    "64.11Y", "64.19Y", "64.31Y", "64.32Y", "64.91Y", "64.92Y", "64.99Y",
    "65.11Y", "65.12Y", "65.20Y", "65.30Y",
    "66.11Y", "66.12Y", "66.19G", "66.19H", "66.21Y", "66.22Y", "66.29Y", "66.30Y",
    "99.00Y",
)  # fmt: skip
"""The same activities in NAF 2025: same classes; 64.30 became 64.31 and 64.32, 85.4 became 85.33 and 85.40."""
