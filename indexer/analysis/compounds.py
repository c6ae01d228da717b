"""English words written both as one and as two: what one desk calls an airstrike is an air strike to another.

Only queries ask for the other form; a text is indexed as it stands. Of the pairs that occur in both forms, at least
three times, in the corpora's 21,000 English texts, these mean the same in both; similar news words were added. Left
out are pairs that more often mean something else (turn out, by law), and co-operation, for "Motor Co operates".
"""

from __future__ import annotations

_WRITTEN_BOTH_WAYS = """
    air-base air-field air-flow air-lift air-space air-strike back-up bail-out bench-mark black-out blood-shed
    book-keeping book-runner break-down break-even break-through break-up build-up buy-back buy-out car-maker
    carry-over cease-fire charge-off check-point child-care chip-maker city-wide clamp-down clean-up count-down
    country-wide cover-up crack-down cross-flow cut-back cut-off cyber-attack cyber-crime cyber-security data-base
    day-care desk-top down-stream down-time draw-down drop-out drug-maker end-point fall-out film-maker fire-arm
    fire-fight fire-fighter five-fold follow-up foot-hold free-fall full-time ground-water gun-battle gun-fire
    half-time hand-gun hand-held hand-over hard-core hard-line hard-liner health-care home-grown home-land
    hydro-electric industry-wide jet-stream kick-off land-mine land-slide lap-top law-maker lay-off lease-back
    left-wing life-style light-weight line-up link-up live-stream lock-down long-standing long-term macro-economic
    main-stream mark-down mark-up market-place melt-down micro-chip nation-wide north-east north-eastern north-west
    north-western off-line off-shore on-board on-line on-shore on-site part-time pay-back pay-out peace-keeper
    peace-keeping peace-maker phase-out policy-maker policy-making pull-back pull-out push-back rain-forest
    real-time right-wing roll-back roll-out roll-over round-up run-off sea-bed sea-floor sell-off set-back shake-out
    share-holder share-holding ship-building show-down shut-down side-line sign-up skin-care slow-down smart-phone
    socio-economic south-east south-eastern south-west south-western spin-off stake-holder stand-off start-up
    steel-maker stock-pile stop-gap sub-committee super-computer take-off take-over tele-communications time-frame
    touch-screen trade-off trans-atlantic trans-national turn-around under-way walk-out war-plane war-ship war-time
    web-site wild-fire work-force work-place world-wide write-down write-off
"""
_FIRST_LETTERS = {pair.replace("-", ""): pair.index("-") for pair in _WRITTEN_BOTH_WAYS.split()}


def parted(word: str) -> str | None:
    """The word written as two words; None if it is not one of these.

    >>> parted("Airstrikes"), parted("airport")
    ('Air strikes', None)
    """
    first = _first_letters(word)
    return f"{word[:first]} {word[first:]}" if first else None


def joined(one: str, other: str) -> str | None:
    """The two words written as one; None if they are not one of these.

    >>> joined("air", "strikes"), joined("air", "port")
    ('airstrikes', None)
    """
    return one + other if _first_letters(one + other) == len(one) else None


def _first_letters(word: str) -> int:
    """How many letters the first of the two words has; 0 if the word is not one of these."""
    lower = word.lower()
    return _FIRST_LETTERS.get(lower) or _FIRST_LETTERS.get(lower.removesuffix("s")) or 0
