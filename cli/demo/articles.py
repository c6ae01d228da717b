"""The articles of the demo publisher: everything around the texts in pages/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoArticle:
    """One article; its text is the file `body` in pages/."""

    path: str
    title: str
    dek: str
    section: str
    published_at: datetime
    body: str  # file in pages/
    layout: str | None = "modern"  # file in pages/layouts/; None if the body is a whole page
    caption: str = ""
    language: str = "en"
    in_feed: bool = True

    @property
    def direction(self) -> str:
        """`rtl` for Arabic, otherwise `ltr`."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def image_path(self) -> str:
        """The path of its picture."""
        return f"/images/{self.path.rsplit('/', 1)[-1]}.svg"


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, 30, tzinfo=UTC)


_ISTANBUL = timezone(timedelta(hours=3))

TRT_WORLD = DemoArticle(
    path="/article/5c1f0a7be942",
    title="Afghan Taliban hold talks with opponent group in Iran",
    dek="The Afghan delegation led by Taliban-appointed foreign minister Amir Khan Muttaqi, told the opponent "
    "alliance leaders they could return to Afghanistan, promising them safety.",
    section="World",
    published_at=datetime(2022, 1, 11, 9, 5, tzinfo=_ISTANBUL),
    body="trtworld.html",
    layout=None,
    in_feed=False,
)

ARTICLES: tuple[DemoArticle, ...] = (
    DemoArticle(
        path="/science/leap-years-10001",
        title="How leap years keep the calendar in step",
        dek="A quarter of a day is easily corrected. The eleven minutes that were left took another sixteen centuries.",
        section="Science",
        published_at=_at(2026, 11, 20),
        body="leap-years.html",
        caption="The Earth's path around the Sun",
    ),
    DemoArticle(
        path="/technology/sitemaps-10002",
        title="Why web sites publish lists of their own pages",
        dek="A sitemap tells a crawler what is new, and spares the site thousands of questions.",
        section="Technology",
        published_at=_at(2026, 11, 18),
        body="sitemaps.html",
        layout="social",
        caption="A list of addresses, as a machine reads it",
    ),
    DemoArticle(
        path="/technology/warc-files-10003",
        title="What a WARC file is",
        dek="Archives of the web keep more than pages: they keep what was asked, what was answered, and when.",
        section="Technology",
        published_at=_at(2026, 11, 12),
        body="warc-files.html",
        caption="Records stand one after the other",
    ),
    DemoArticle(
        path="/science/tides-10004",
        title="How tides work",
        dek="Two bulges of water, a turning Earth, and coasts that make the most of it.",
        section="Science",
        published_at=_at(2026, 11, 5),
        body="tides.html",
        layout="microdata",
        caption="Low water on a flat coast",
    ),
    DemoArticle(
        path="/culture/why-the-sea-rises-10005",
        title="Why the sea rises twice a day",
        dek="The Moon does most of the work; the shape of the coast does the rest.",
        section="Culture",
        published_at=_at(2026, 11, 6, 14),
        body="tides.html",  # the same text as another site would print it: a near-duplicate
        layout="social",
        caption="Low water on a flat coast",
    ),
    DemoArticle(
        path="/world/metric-system-10006",
        title="The long way to the metre",
        dek="A measure taken from the Earth is now taken from the speed of light.",
        section="World",
        published_at=_at(2025, 5, 20),
        body="metric-system.html",
        layout="table",
        caption="A rule divided by tens",
        in_feed=False,
    ),
    DemoArticle(
        path="/science/cold-chain-10007",
        title="How vaccines are kept cold",
        dek="From factory to syringe, a few degrees decide whether a vaccine still protects.",
        section="Science",
        published_at=_at(2026, 10, 14),
        body="cold-chain.html",
        caption="A box with ice packs, open",
    ),
    DemoArticle(
        path="/business/container-ships-10008",
        title="Container ships: the box that changed trade",
        dek="Two sizes of steel box carry most manufactured goods between continents.",
        section="Business",
        published_at=_at(2026, 9, 30),
        body="container-ships.html",
        caption="Boxes on a quay",
    ),
    DemoArticle(
        path="/culture/bread-10009",
        title="What happens in bread dough",
        dek="An elastic net, a gas that fills it, and heat at the right moment.",
        section="Culture",
        published_at=_at(2026, 9, 2),
        body="bread.html",
        layout="social",
        caption="A loaf, cut open",
    ),
    DemoArticle(
        path="/science/earthquakes-10010",
        title="Magnitude and intensity: how earthquakes are measured",
        dek="One number says how large an earthquake was, another how hard a place was shaken.",
        section="Science",
        published_at=_at(2026, 8, 17),
        body="earthquakes.html",
        layout="microdata",
        caption="The trace of a seismograph",
    ),
    DemoArticle(
        path="/sport/marathon-10011",
        title="Why a marathon is 42.195 kilometres long",
        dek="The distance was settled by a castle, a stadium and a federation.",
        section="Sport",
        published_at=_at(2026, 7, 4),
        body="marathon.html",
        caption="A blue line marks the shortest way",
    ),
    DemoArticle(
        path="/world/time-zones-10012",
        title="Why the world's clocks do not agree",
        dek="Twenty-four zones would be simple. Countries have made it nearly forty.",
        section="World",
        published_at=_at(2026, 6, 21),
        body="time-zones.html",
        caption="Clocks for five cities",
    ),
    DemoArticle(
        path="/science/night-sky-10013",
        title="Why stars twinkle and planets hardly do",
        dek="The answer is in the air above us, and large telescopes have learned to undo it.",
        section="Science",
        published_at=_at(2026, 2, 8),
        body="night-sky.html",
        caption="Stars over a dark horizon",
        in_feed=False,
    ),
    DemoArticle(
        path="/science/bogaz-akintilari-10014",
        title="İstanbul Boğazı'nda su neden iki yöne akar?",
        dek="Yüzeyde Karadeniz'in az tuzlu suyu güneye, dipte Akdeniz'in tuzlu suyu kuzeye gider.",
        section="Science",
        published_at=_at(2026, 10, 29),
        body="bogaz-akintilari.html",
        caption="Boğaz'da üst ve alt akıntı",
        language="tr",
    ),
    DemoArticle(
        path="/technology/ecluses-10015",
        title="Comment une écluse élève un bateau",
        dek="Ni pompe ni moteur : la pesanteur suffit, pourvu que l'eau arrive par le haut.",
        section="Technology",
        published_at=_at(2026, 7, 14),
        body="ecluses.html",
        layout="microdata",
        caption="Les portes d'un sas, fermées",
        language="fr",
    ),
    DemoArticle(
        path="/world/moon-phases-10016",
        title="لماذا تتغير أطوار القمر؟",
        dek="نصف القمر مضاء دائما، لكننا لا نرى منه كل ليلة القدر نفسه.",
        section="World",
        published_at=_at(2026, 3, 20),
        body="moon-phases.html",
        layout="social",
        caption="هلال بعد غروب الشمس",
        language="ar",
    ),
    TRT_WORLD,
)

SECTIONS = ("World", "Science", "Business", "Culture", "Sport", "Technology")

CORRECTED_AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # time of the demo's only correction
CORRECTABLE = "/business/container-ships-10008"
