"""The languages that share a script, and where text and words of each come from."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Language:
    code: str
    declarations: tuple
    words: str
    pairs: tuple = ()
    names: str = ""
    share_of_list: float = 0.5


@dataclasses.dataclass(frozen=True)
class Group:
    script: str
    letter: str
    grams: int
    languages: tuple


def group(script, letter, grams, rows):
    return Group(script, letter, grams, tuple(
        Language(code, tuple(files.split("+")), words, PAIRS.get(code, ()), NAMES.get(code, code), SHARES.get(code, 0.5))
        for code, files, words in (row.split() for row in rows.strip().splitlines())))


PAIRS = {"en": ("en-de",), "de": ("en-de",), "fr": ("en-fr",)}

NAMES = {"nb": "no", "tl": "fil"}

# The Danish and the Norwegian word list hold much of each other.
SHARES = {"da": 0.1, "nb": 0.1}

GROUPS = [
    group("LATIN", "a", 13000, """
        af afr afr
        az azj_latn aze
        ca cat cat
        cs ces ces
        cy cym cym
        da dan dan
        de deu_1996 deu
        en eng eng
        eo epo epo
        es spa spa
        et est est
        eu eus eus
        fi fin fin
        fr fra fra
        ga gle gle
        gl glg glg
        hr hrv hrv
        hu hun hun
        id ind ind
        is isl isl
        it ita ita
        la lat+lat_1 lat
        lb ltz ltz
        lt lit lit
        lv lav lav
        mt mlt mlt
        nb nob nor
        nl nld nld
        pl pol pol
        pt por_BR+por_PT por
        ro ron_2006 ron
        sk slk slk
        sl slv slv
        sq als sqi
        sv swe swe
        sw swh swa
        tl tgl fil
        tr tur tur
        vi vie vie
    """),
    group("CYRILLIC", "а", 4000, """
        be bel bel
        bg bul bul
        kk kaz kaz
        ky kir kir
        mk mkd mkd
        mn khk mon
        ru rus rus
        sr srp_cyrl srp
        tg tgk tgk
        uk ukr ukr
    """),
    group("ARABIC", "ا", 2500, """
        ar arb ara
        fa pes_1+pes_2 fas
        ps pbu pus
        ug uig_arab uig
        ur urd+urd_2 urd
    """),
    group("DEVANAGARI", "अ", 1500, """
        hi hin hin
        mr mar mar
        ne nep nep
    """),
    group("HEBREW", "א", 600, """
        he heb heb
        yi ydd yid
    """),
    group("ETHIOPIC", "አ", 600, """
        am amh amh
        ti tir tir
    """),
]
