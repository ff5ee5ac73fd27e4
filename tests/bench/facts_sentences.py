# ruff: noqa: E501 - sentences and patterns stand one a line
"""Sentences with something that must not change, from patterns of our own: a class, a source, what its English must hold.

Each class has templates and fillers; the sentences of every second template are held out (`held`), for the last look only.
`wanted` are regular expressions of which the English must match all; `bare` is the same sentence without the sign, where
that makes sense: with and without it the other words should be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence of the bench."""

    kind: str
    source: str
    wanted: tuple[str, ...]
    held: bool
    bare: str = ""


def facts() -> list[Fact]:
    """All sentences, in a fixed order."""
    made = [
        fact for kind in (_thousands, _decimals, _money, _units, _times, _ordinals, _spelled, _ids) for fact in kind()
    ]
    made += [fact for kind in (_placeholders, _tags, _emoji, _symbols, _scripts, _lookalikes) for fact in kind()]
    made += [fact for kind in (_headings, _labels, _wrapped, _names, _hyphens, _english, _addresses) for fact in kind()]
    made += [fact for kind in (_formulas, _references, _letters, _capitals, _shortened, _quoted) for fact in kind()]
    return made


def _filled(kind: str, templates: list[str], fillers: list[tuple[str, str]], least: int = 24) -> Iterator[Fact]:
    """Fillers (French form, regular expression of the English) put into templates in turn."""
    count = max(least, len(templates) * 2)
    for number, (template, filler) in zip(range(count), cycle(product(templates, [None])), strict=False):
        del filler
        french, wanted = fillers[number % len(fillers)]
        held = bool((number % len(templates)) % 2)
        yield Fact(kind, template.replace("#", french), (wanted,), held)


def _thousands() -> Iterator[Fact]:
    numbers = [(3200, " "), (12500, "\u00a0"), (640000, "\u202f"), (1200, "\u00a0"), (2345678, "\u202f"), (98000, " "),
               (47250, "\u202f"), (1030, " "), (7900, "\u00a0"), (15060, " "), (250000, "\u00a0"), (8400, "\u202f")]  # fmt: skip
    fillers = [(f"{number:,}".replace(",", space), rf"(?<![\d.,]){number:,}(?![\d,])") for number, space in numbers]
    yield from _filled("thousands", [
        "La ville compte # habitants.", "Le rapport fait état de # cas depuis janvier.",
        "Plus de # personnes ont manifesté samedi.", "L'usine produit # pièces par jour.",
        "Ils ont vendu # billets en une semaine.", "Environ # logements seront construits d'ici la fin de l'année.",
        "La bibliothèque possède # ouvrages anciens.", "Nous avons reçu # réponses à notre questionnaire.",
    ], fillers)  # fmt: skip


def _decimals() -> Iterator[Fact]:
    values = ["3,5", "12,75", "0,8", "98,6", "1,25", "47,3", "2,05", "19,9", "6,4", "33,33", "5,1", "0,03"]
    fillers = [(value, rf"(?<![\d.,]){re.escape(value.replace(',', '.'))}(?![\d,])") for value in values]
    yield from _filled("decimals", [
        "La croissance atteint # % cette année.", "Le taux est passé à # pour cent.",
        "La moyenne est de # points.", "Il mesure # mètres de haut.", "La température a augmenté de # degrés.",
        "Le score moyen était de # sur vingt.", "La distance est de # kilomètres.", "L'indice a perdu # points hier.",
    ], fillers)  # fmt: skip


def _money() -> Iterator[Fact]:
    euro = r"(?:€\s?{0}|{0}\s?(?:€|euros?))"
    fillers = [
        ("19,99 €", euro.format(r"19\.99")), ("30 000 €", euro.format("30,000")), ("850 €", euro.format("850")),
        ("1 234,56 euros", euro.format(r"1,234\.56")), ("12\u00a0500\u00a0€", euro.format("12,500")),
        ("3,2 Md€", r"€\s?3\.2\s?(?:billion|bn)|3\.2\s?billion\s?(?:€|euros?)"),
        ("45 M€", r"€\s?45\s?(?:million|m\b)|45\s?million\s?(?:€|euros?)"),
        ("2,5 milliards d'euros", r"€\s?2\.5\s?(?:billion|bn)|2\.5\s?billion\s?(?:€|euros?)"),
        ("7 millions de dollars", r"\$\s?7\s?million|7\s?million\s?(?:\$|(?:US )?dollars?)"),
        ("500 $", r"\$\s?500|500\s?(?:\$|dollars?)"), ("120 £", r"£\s?120|120\s?(?:£|pounds?)"),
        ("60 k€", r"€\s?60(?:k|,000)|60(?:k|,000)\s?(?:€|euros?)|60 thousand euros"),
    ]  # fmt: skip
    yield from _filled("money", [
        "Le projet coûte # au total.", "Elle a payé # pour ce billet.", "La subvention s'élève à #.",
        "Il faut compter # par mois.", "Le déficit a atteint # en 2019.", "L'amende peut aller jusqu'à #.",
        "Ils ont investi # dans cette entreprise.", "Le loyer est fixé à #.",
    ], fillers)  # fmt: skip


def _units() -> Iterator[Fact]:
    fillers = [
        ("3 km", r"\b3\s?(?:km|kilomet)"), ("12,5 kg", r"\b12\.5\s?(?:kg|kilo)"), ("−5 °C", r"[−-]5\s?°\s?C|minus 5"),
        ("40 m²", r"\b40\s?(?:m²|m2|square met)"), ("250 ml", r"\b250\s?(?:ml|mL|milli)"),
        ("90 km/h", r"\b90\s?(?:km/h|kph|kilomet)"), ("2,4 GHz", r"\b2\.4\s?GHz"), ("15 %", r"\b15\s?(?:%|per ?cent)"),
        ("1 500 kWh", r"\b1,500\s?kWh"), ("50 cm", r"\b50\s?(?:cm|centimet)"), ("8 Go", r"\b8\s?(?:GB|Go\b|giga)"),
        ("0,5 °C", r"\b0\.5\s?°\s?C|0\.5 degree"),
    ]  # fmt: skip
    yield from _filled("units", [
        "La valeur mesurée est de #.", "Il faut prévoir # au minimum.", "L'appareil affiche #.",
        "La limite est fixée à #.", "On a noté une différence de #.", "Le maximum autorisé est de #.",
    ], fillers)  # fmt: skip


def _times() -> Iterator[Fact]:
    times = [("5h45", r"\b0?5[:.]45(?!\s*p)"), ("17 h 30", r"\b17[:.]30|\b5[:.]30\s*p"), ("8 h", r"\b8(?::00)?\s*(?:a\.?m|o'clock|h\b)|\b0?8:00"),
             ("14h", r"\b14[:h]|\b2(?::00)?\s*p\.?m|2 o'clock"), ("20 h 15", r"\b20[:.]15|\b8[:.]15\s*p"), ("9h05", r"\b0?9[:.]05(?!\s*p)"),
             ("22 h", r"\b22:00|\b10(?::00)?\s*p\.?m"), ("11h20", r"\b11[:.]20(?!\s*p)"), ("6 h 50", r"\b0?6[:.]50(?!\s*p)"),
             ("18h45", r"\b18[:.]45|\b6[:.]45\s*p")]  # fmt: skip
    yield from _filled("times", [
        "Le train part à #.", "La réunion commence à # précises.", "Elle est arrivée vers # hier.",
        "Le magasin ouvre à #.", "Rendez-vous demain à # devant la gare.", "Le match débute à #.",
    ], times)  # fmt: skip


def _ordinals() -> Iterator[Fact]:
    fillers = [("1er", r"\b(?:1st|first)\b"), ("2e", r"\b(?:2nd|second)\b"), ("3ème", r"\b(?:3rd|third)\b"),
               ("21e", r"\b(?:21st|twenty-first)\b"), ("12e", r"\b(?:12th|twelfth)\b"), ("103e", r"\b103rd\b"),
               ("11e", r"\b(?:11th|eleventh)\b"), ("42e", r"\b(?:42nd|forty-second)\b")]  # fmt: skip
    yield from _filled("ordinals", [
        "Il a terminé # de la course.", "C'est le # régiment d'infanterie.", "Elle habite au # étage.",
        "Nous fêtons le # anniversaire du musée.",
    ], fillers)  # fmt: skip
    for number, start in ((1, "Par"), (2, "Pour"), (3, "Dans"), (4, "Avec")):
        yield Fact("ordinals", f"{number}° {start} décision du conseil, la séance est levée.",
                   (rf"^{number}(?:°|\.|\))\s",), number % 2 == 0)  # fmt: skip


def _spelled() -> Iterator[Fact]:
    fillers = [
        ("dix-sept", r"\b(?:seventeen|17)\b"), ("soixante-douze", r"\b(?:seventy[- ]two|72)\b"),
        ("quatre-vingt-onze", r"\b(?:ninety[- ]one|91)\b"), ("vingt et un", r"\b(?:twenty[- ]one|21)\b"),
        ("trente-huit", r"\b(?:thirty[- ]eight|38)\b"), ("deux cents", r"\b(?:two hundred|200)\b"),
        ("soixante-dix", r"\b(?:seventy|70)\b"), ("quatre-vingts", r"\b(?:eighty|80)\b"),
        ("quarante-cinq", r"\b(?:forty[- ]five|45)\b"), ("mille cinq cents", r"\b(?:one thousand five hundred|fifteen hundred|1,?500)\b"),
        ("cinquante-trois", r"\b(?:fifty[- ]three|53)\b"), ("quatre-vingt-dix-neuf", r"\b(?:ninety[- ]nine|99)\b"),
    ]  # fmt: skip
    yield from _filled("spelled", [
        "Il y avait # élèves dans la classe.", "Elle a attendu # minutes.", "Le groupe compte # membres.",
        "Il a fêté ses # ans hier.", "Ils ont parcouru # kilomètres à pied.", "Le livre contient # pages.",
    ], [(a, "(?i)" + b) for a, b in fillers])  # fmt: skip


def _ids() -> Iterator[Fact]:
    values = ["978-2-07-036822-8", "FR76 3000 6000 0112 3456 7890 189", "01 42 68 53 00", "2018-01-17", "12/03/2021",
              "RX-750B", "CE 2016/679", "10.1000/182", "75008", "n° 45-2658", "192.168.1.10", "v2.13.0"]  # fmt: skip
    fillers = [(value, re.escape(value).replace(r"n°", r"(?:n°|[Nn]o\.?)")) for value in values]
    yield from _filled("ids", [
        "La référence est #.", "Indiquez le numéro # dans votre courrier.", "Voir # pour plus de détails.",
        "Le dossier porte la mention #.", "Notez bien : #.", "Le code # a été envoyé.",
    ], fillers)  # fmt: skip


def _placeholders() -> Iterator[Fact]:
    values = ["%1$s", "{0}", "%d", "{folder}", "{{prenom}}", "`ls -l`", "${user_name}", "%(count)d", "{% else %}",
              "$HOME", "%s", "<%= name %>", "[[lien]]", "@@total@@", ":user_id", "{name!r}"]  # fmt: skip
    templates = [
        "Le fichier # n'existe pas.", "Bonjour #, votre commande est prête.", "Impossible d'ouvrir # pour le moment.",
        "Il reste # à traiter.", "Cliquez sur # pour continuer.", "La valeur # doit être positive.",
        "Utilisez # afin de voir la liste.", "# a été supprimé.",
    ]  # fmt: skip
    for number in range(32):
        value, template = values[number % len(values)], templates[(number * 3 + number // 16) % len(templates)]
        yield Fact("placeholders", template.replace("#", value), (re.escape(value),), number % 2 == 1)


def _tags() -> Iterator[Fact]:
    pairs = [("<b>", "</b>"), ("<i>", "</i>"), ('<a href="x.html">', "</a>"), ("<strong>", "</strong>"), ("<g id=\"1\">", "</g>"),
             ("<code>", "</code>")]  # fmt: skip
    templates = [
        "Cliquez {}ici{} pour continuer.", "Le mot {}important{} est en gras.", "Voir la {}page suivante{} du rapport.",
        "Il a dit {}non{} trois fois.",
    ]  # fmt: skip
    for number, (template, (before, after)) in enumerate(product(templates, pairs)):
        wanted = rf"{re.escape(before)}[^<]*{re.escape(after)}"
        yield Fact("tags", template.format(before, after), (wanted,), number // len(pairs) % 2 == 1,
                   template.format("", ""))  # fmt: skip


def _signs(kind: str, signs: list[str], templates: list[str]) -> Iterator[Fact]:
    for number in range(max(24, len(templates) * 3)):
        sign, template = signs[number % len(signs)], templates[number % len(templates)]
        bare = re.sub(r" {2,}", " ", template.replace("#", "")).replace(" .", ".").replace(" ,", ",").strip()
        yield Fact(kind, template.replace("#", sign), (re.escape(sign),), bool(number % len(templates) % 2), bare)


def _emoji() -> Iterator[Fact]:
    yield from _signs("emoji", ["🚆", "❤️", "😀", "👍🏽", "🇫🇷", "👩‍👧", "🎉", "☀️", "⚽", "🍓"], [
        "Le train # part de la gare à midi.", "Merci # pour votre aide, mes amis.", "Ils arrivent # demain matin.",
        "La fête # commence ce soir.", "Nous sommes très heureux # de vous voir.", "Il fait beau # aujourd'hui à Nice.",
        "Elle adore # les fraises de son jardin.", "Bravo # à toute l'équipe.",
    ])  # fmt: skip


def _symbols() -> Iterator[Fact]:
    yield from _signs("symbols", ["→", "≥", "≠", "★", "✓", "∞", "⇒", "♥", "№", "©", "®", "‰"], [
        "Voir le chapitre suivant # pour la suite.", "La valeur obtenue # doit être vérifiée.",
        "Cette option # est recommandée par le fabricant.", "Le résultat # est affiché en bas de la page.",
        "Appuyez sur le bouton # et attendez.", "La marque # est déposée dans plusieurs pays.",
    ])  # fmt: skip


def _scripts() -> Iterator[Fact]:
    yield from _signs("scripts", ["東京", "α", "Москва", "Ω", "שלום", "مرحبا", "π", "日本語", "Ελλάδα", "β"], [
        "Le mot # figure sur la couverture du livre.", "On écrit # sur la première ligne.",
        "Le signe # est utilisé dans tout le texte.", "Elle a tracé # au tableau noir.",
    ])  # fmt: skip


def _lookalikes() -> Iterator[Fact]:
    cases = [
        ("Il fait −5 degrés ce matin.", r"[−-]5|minus 5|minus five", "Il fait -5 degrés ce matin."),
        ("C’est un chou‑fleur énorme.", r"(?i)cauliflower|cabbage|flower", "C'est un chou-fleur énorme."),
        ("L′homme est arrivé hier soir.", r"(?i)\bman\b", "L'homme est arrivé hier soir."),
        ("Elle a dit <<oui>> à tout le monde.", r"(?i)[\"“']yes[\"”',]|yes", 'Elle a dit "oui" à tout le monde.'),
        ("Un espace de 3 × 4 mètres suffit.", r"3\s?[×x]\s?4|3 by 4", ""),
        ("Œdipe roi est une tragédie.", r"(?:Œ|Oe)dip", ""), ("Son cœur bat très vite.", r"(?i)heart", ""),
        ("La préfecture du Puy‑de‑Dôme a confirmé.", r"Puy[-‑][dD]e[-‑][Dd][ôo]me", "La préfecture du Puy-de-Dôme a confirmé."),
        ("Les ﬁlles jouent dans la cour.", r"(?i)girls|daughters", "Les filles jouent dans la cour."),
        ("Il attend depuis 10 ‑ 15 minutes.", r"10\s?[-‑–]\s?15|10 to 15", ""),
        ("Le taux varie de −2 à +3 %.", r"[−-]2.*\+?3", ""), ("Il répond : « Non merci ».", r"(?i)no,? thank", ""),
    ]  # fmt: skip
    for number, (source, wanted, bare) in enumerate([*cases, *cases[:0]]):
        yield Fact("lookalikes", source, (wanted,), number % 2 == 1, bare)
    for number, (word, wanted) in enumerate([("rendez‑vous", "(?i)appointment|meeting|date|rendez"), ("vice‑président", "(?i)vice[- ]president"),
                                             ("grand‑père", "(?i)grandfather"), ("week‑end", "(?i)weekend"), ("sous‑sol", "(?i)basement|subsoil|underground|floor"),
                                             ("après‑midi", "(?i)afternoon"), ("porte‑parole", "(?i)spokes"), ("grand‑mère", "(?i)grandmother")]):  # fmt: skip
        source = f"Le {word} est à la une du journal."
        yield Fact("lookalikes", source, (wanted,), number % 2 == 1, source.replace("‑", "-").replace("’", "'"))


def _headings() -> Iterator[Fact]:
    cases = [
        ("Chapitre premier", r"^Chapter (?:One|1|I)$"), ("Chapitre I", r"^Chapter I$"), ("CHAPITRE II", r"^CHAPTER II$"),
        ("Chapitre 12", r"^Chapter 12$"), ("CHAPITRE DEUXIÈME", r"^CHAPTER (?:TWO|SECOND|2)$"), ("Première partie", r"^(?:Part One|First [Pp]art|Part 1|Part I)$"),
        ("Deuxième partie", r"^(?:Part Two|Second [Pp]art|Part 2|Part II)$"), ("Partie III", r"^Part III$"), ("Acte II", r"^Act II$"),
        ("ACTE PREMIER", r"^ACT (?:ONE|I|1)$"), ("Scène 4", r"^Scene 4$"), ("Scène première", r"^Scene (?:One|1|I)$"), ("Tome 2", r"^(?:Volume|Book) 2$"),
        ("Livre IV", r"^Book IV$"), ("LIVRE PREMIER", r"^BOOK (?:ONE|I|1)$"), ("Chapitre XIV", r"^Chapter XIV$"), ("Chapitre vingt-trois", r"^Chapter (?:Twenty-[Tt]hree|23)$"),
        ("Épilogue", r"^Epilogue$"), ("Prologue", r"^Prologue$"), ("Chapitre 3.", r"^Chapter 3\.?$"), ("CHAPITRE XXI", r"^CHAPTER XXI$"),
        ("Annexe B", r"^(?:Appendix|Annex) B$"), ("Section 2.1", r"^Section 2\.1$"), ("Leçon 5", r"^Lesson 5$"),
    ]  # fmt: skip
    for number, (source, wanted) in enumerate(cases):
        yield Fact("headings", source, (wanted,), number % 2 == 1)


def _labels() -> Iterator[Fact]:
    cases = [
        ("Remerciements", "Acknowledge?ments"), ("Fin", "(?:The )?[Ee]nd"), ("Non", "No"), ("Accueil", "Home"), ("Sommaire", "(?:Table of )?[Cc]ontents|Summary"),
        ("Table des matières", "(?:Table of )?[Cc]ontents"), ("Adresse", "Address"), ("Téléphone", "(?:Tele)?[Pp]hone(?: number)?"), ("Mot de passe", "Password"),
        ("Rechercher", "Search"), ("Nom", "(?:Last |Sur)?[Nn]ame"), ("Prénom", "(?:First|Given) name"), ("Date de naissance", "Date of birth"),
        ("Panier", "(?:Basket|Cart|Shopping (?:cart|basket))"), ("Mentions légales", "Legal (?:notice|information|notices|mentions)"), ("Lundi", "Monday"),
        ("Août", "August"), ("Oui", "Yes"), ("Enregistrer", "Save"), ("Annuler", "Cancel"), ("Bibliographie", "Bibliography"), ("Quantité", "Quantity"),
        ("Courriel", "E-?mail"), ("Préface", "Preface"),
    ]  # fmt: skip
    for number, (source, wanted) in enumerate(cases):
        yield Fact("labels", source, (f"^(?:{wanted})$",), number % 2 == 1)


def _wrapped() -> Iterator[Fact]:
    cases = [("« Adresse »", "Address"), ("[Adresse]", "Address"), ("(Fin)", "(?:The )?[Ee]nd"), ("« Oui »", "Yes"), ('"Non"', "No"), ("[Rechercher]", "Search"),
             ("« Merci »", "Thank(?:s| you)"), ("(Suite)", "(?i)continued|continuation|sequel|suite|more"), ("[Annuler]", "Cancel"), ("“Accueil”", "Home"),
             ("« Bonjour »", "(?:Hello|Good (?:morning|day))"), ("[Fermer]", "Close")]  # fmt: skip
    for number, (source, wanted) in enumerate([*cases, *cases]):
        open_, close = ("[", "]") if source[0] == "[" else (r"\(", r"\)") if source[0] == "(" else ('[“"‘«]', '[”"’»]')
        open_, close = (re.escape(open_), re.escape(close)) if source[0] == "[" else (open_, close)
        text = source if number < len(cases) else source + " "
        yield Fact(
            "wrapped", text.strip(), (rf"^{open_}\s?(?i:{wanted.removeprefix('(?i)')})\s?{close}$",), number % 2 == 1
        )


def _names() -> Iterator[Fact]:
    names = ["Sébastien Lefèvre", "Zoë Müller", "Hélène Ségara", "François Gérard", "Noémie Béranger", "Jérôme Cahuzac", "Anaïs Dupré", "Théo Çelik",
             "Éloïse Brême", "André Malraux", "Chloé Nuñez", "Loïc Prévôt"]  # fmt: skip
    yield from _filled("names", [
        "Selon #, la réunion a été utile.", "# a présenté son rapport hier.", "Le prix revient à #.",
        "La lettre est signée par #.", "Nous remercions # pour son aide.", "Le maire, #, a répondu.",
    ], [(name, re.escape(name)) for name in names])  # fmt: skip


def _hyphens() -> Iterator[Fact]:
    cases = [("L'auto-évaluation est obligatoire.", r"(?i)self-?\s?(?:assessment|evaluation)"), ("Envoyez un e-mail au service.", r"(?i)\be-?mail\b"),
             ("Le vice-président est absent.", r"(?i)vice[- ]president"), ("C'est un non-sens complet.", r"(?i)nonsense|non-?sense"),
             ("Le co-auteur a signé le contrat.", r"(?i)co-?author"), ("Une zone semi-rurale calme.", r"(?i)semi-?rural"),
             ("L'ex-ministre a parlé.", r"(?i)\bex-minister|former minister"), ("La demi-finale aura lieu samedi.", r"(?i)semi-?final|half-?final"),
             ("Un accord franco-allemand a été signé.", r"(?i)(?:Franco|French)-German"), ("Il a une auto-école à Lyon.", r"(?i)driving|auto-?school|car"),
             ("Les anti-inflammatoires sont efficaces.", r"(?i)anti-?inflammator"), ("Jean-Pierre est venu.", r"Jean-Pierre")]  # fmt: skip
    for number, (source, wanted) in enumerate([*cases, *cases]):
        text = (
            source
            if number < len(cases)
            else f"Hier, on a dit ceci : {source[0].lower() if not source.startswith('Jean') else source[0]}{source[1:]}"
        )
        yield Fact("hyphens", text, (wanted, r"^(?!.*\w- \w)"), number % 2 == 1)


def _english() -> Iterator[Fact]:
    lines = ["I couldn't help you with that request.", "The quick brown fox jumps over the lazy dog.", "Please read the manual before you start.",
             "We don't know what he wants from us.", "This page was not found on the server.", "She has never been to London before.",
             "All rights reserved by the authors.", "You should not leave the door open at night.", "There are three ways to do it.",
             "He said that it would not be possible.", "Click here to open the settings.", "Thank you for your patience and support."]  # fmt: skip
    for number, line in enumerate([*lines, *(line.replace(".", "!") for line in lines)]):
        yield Fact("english", line, (f"^{re.escape(line)}$",), number % 2 == 1)


def _addresses() -> Iterator[Fact]:
    for number in range(20):
        count = 1 + number % 8
        sites = [f"www.site{number}{k}.fr" for k in range(count)]
        listed = ", ".join(sites[:-1]) + (" et " if count > 1 else "") + sites[-1]
        yield Fact("addresses", f"Consultez {listed} avant de partir.", tuple(map(re.escape, sites)), number % 2 == 1)


def _formulas() -> Iterator[Fact]:
    fillers = [("p < 0,05", r"p < 0\.05"), ("n = 48", r"n = 48"), ("HR = 1,27", r"HR = 1\.27"), ("x² + 1 = 0", r"x² \+ 1 = 0"), ("4,2 mmol/L", r"4\.2 mmol/L"),
               ("9,81 m·s⁻²", r"9\.81 m·s⁻²"), ("C₆H₁₂O₆", "C₆H₁₂O₆"), ("10⁻⁹", "10⁻⁹"), ("≥ 18", "≥ 18"), ("± 0,5", r"± 0\.5"), ("§ 14", "§ 14"), ("¾", "¾")]  # fmt: skip
    yield from _filled("formulas", [
        "Le résultat donne # dans ce cas.", "On a mesuré # lors de l'essai.", "La valeur de # est confirmée par l'étude.",
        "Ce chapitre parle de # en détail.", "Les auteurs trouvent # (voir plus bas).", "Il faut noter # sur la feuille.",
    ], fillers)  # fmt: skip


def _references() -> Iterator[Fact]:
    fillers = [("n° 4471", "4471"), ("SIREN 732 829 320", "732 829 320"), ("2 69 05 49 588 157 80", "2 69 05 49 588 157 80"), ("l'article R. 412-6", r"R\. 412-6"),
               ("12 bis", "12 bis"), ("n° 3C 022 871 4409 1", "3C 022 871 4409 1"), ("RCS Paris 552 100 554", "552 100 554"), ("7 ter", "7 ter"),
               ("n° B2207", "B2207"), ("l'article L. 3121-27", r"L\. 3121-27"), ("n° 70012", "70012"), ("n° 81 202 3344", "81 202 3344")]  # fmt: skip
    yield from _filled("references", [
        "Le document porte la mention # en haut.", "Merci de rappeler # dans votre courrier.", "Nous avons bien reçu # hier.",
        "La décision cite # deux fois.", "Ils vivent près du # depuis longtemps.", "Tout est écrit sous # du registre.",
    ], fillers)  # fmt: skip


def _letters() -> Iterator[Fact]:
    names = ["Wałęsa", "Škoda", "Erdoğan", "Phạm Văn Đồng", "Ångström", "Dvořák", "Kraków", "Łukasz Żak", "Timișoara", "Bjørn Ødegård", "Šarūnas", "Gyula Kővári"]  # fmt: skip
    yield from _filled("letters", [
        "La lettre de # est arrivée hier.", "On parle de # dans tous les journaux.", "Elle a rencontré # pendant son voyage.",
        "Selon #, tout est prêt.", "Le nom de # est connu de tous.", "Ils pensent à # tous les jours.",
    ], [(name, re.escape(name)) for name in names])  # fmt: skip


def _capitals() -> Iterator[Fact]:
    cases = [("Ne partez SURTOUT pas sans moi.", r"(?i)\b(?:don't|not|never|above)"), ("C'est une URGENCE, appelez le médecin.", "EMERGENC"), ("Il est INTERDIT de fumer ici.", "(?:FORBIDDEN|PROHIBITED|BANNED|NOT ALLOWED)"),
             ("Le magasin est FERMÉ le lundi.", "CLOSED"), ("Merci de TOUJOURS fermer la porte.", "ALWAYS"), ("Ce produit est GRATUIT pour les enfants.", "FREE"),
             ("Lisez LENTEMENT la question.", "SLOWLY"), ("Ceci est un AVERTISSEMENT sérieux.", "WARNING"), ("L'entrée est au NORD de la place.", "NORTH"),
             ("Vous avez GAGNÉ un livre.", "WON"), ("Il faut signer AVANT la fin du mois.", "BEFORE"), ("Le prix est VRAIMENT bas.", "(?:REALLY|TRULY|VERY)"),
             ("[SUPPRIMÉ] Message de Paul.", r"\[(?:DELETED|REMOVED|DELETE|SUPPRESSED)\]"), ("Elle a dit NON deux fois.", r"\bNO\b")]  # fmt: skip
    for number, (source, wanted) in enumerate(cases):
        yield Fact("capitals", source, (wanted,), number % 2 == 1)


def _shortened() -> Iterator[Fact]:
    cases = [("Il y a env. 30 places.", "(?i)about|around|approximately|some"), ("La ville a 2 000 hab. en hiver.", "(?i)inhabitants|people|residents"), ("Ajoutez 3 c. à s. d'huile.", "3 tbsp|3 tablespoons"),
             ("Mettez 1 c. à c. de sel.", "1 tsp|1 teaspoon"), ("César est mort en 44 av. J.-C. à Rome.", "44 BC"), ("Le prix est de 12 € HT.", r"€12 excl\. VAT"),
             ("Cela coûte 90 € TTC par an.", r"€90 incl\. VAT"), ("Chers candidat(e)s, merci.", r"(?i)^(?!.*\().*candidates"), ("Venez le 3 sept. au matin.", "September"),
             ("Un menu pour 6 pers. est prévu.", "6 (?:people|persons)"), ("Merci d'apporter le(s) livre(s).", r"^(?!.*\(s\)).*(?:book)"), ("Rdv à midi svp.", "(?i)please"),
             ("Il mesure 1m75.", r"1\.75 m"), ("Le ticket vaut 2€10.", r"€2\.10")]  # fmt: skip
    for number, (source, wanted) in enumerate(cases):
        yield Fact("shortened", source, (wanted,), number % 2 == 1)


def _quoted() -> Iterator[Fact]:
    cases = [("> Je viens demain.", "^> I"), (">> Tu as raison.", "^>> You"), ("Merci beaucoup ;-)", r";-\)$"), ("Fichier > Ouvrir la page", ">"), ("Je suis triste :'(", r":'\($"),
             ("Cliquez ici -> pour continuer", "->"), ("Le signal va de A => vers la sortie.", "=>"), ("> > Il dort encore.", "^> > ")]  # fmt: skip
    for number, (source, wanted) in enumerate(cases):
        yield Fact("quoted", source, (wanted, "^(?!.*\N{REPLACEMENT CHARACTER})"), number % 2 == 1)
