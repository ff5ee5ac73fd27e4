"""French sentences of news length, made from parts with a fixed order of combination: as many as are wanted."""

from __future__ import annotations

WHO = """Le président de la République
La ministre de la Santé
Le maire de Calais
Un porte-parole du gouvernement
La Commission européenne
Une association de défense des consommateurs
Le directeur général de l'entreprise
Plusieurs députés de l'opposition
Les habitants du quartier
Un groupe de chercheurs français
La présidente du Parlement européen
Le secrétaire général du syndicat
L'avocat de la famille
Des centaines de manifestants
Le tribunal administratif
La Banque centrale
Les autorités britanniques
Le conseil municipal
L'agence régionale
Le chef de la police""".splitlines()
DID = """a annoncé
a critiqué
souhaite défendre
a finalement rejeté
veut examiner
a présenté
n'accepte plus
demande depuis longtemps
a voté
refuse de commenter
doit encore approuver
a proposé de modifier""".splitlines()
WHAT = """la réforme des retraites
le budget de l'année prochaine
une nouvelle politique de l'immigration
les mesures contre le chômage
l'accord signé avec le Royaume-Uni
la construction d'un centre pour les réfugiés
le rapport sur la qualité de l'eau
la fermeture de l'usine
un projet de loi sur la sécurité
la hausse des prix de l'énergie
les conditions de travail dans les hôpitaux
le développement des transports publics
la protection des données personnelles
le programme de recherche sur le climat
la vente de l'ancien théâtre
l'aide aux pays les plus pauvres
les résultats de l'enquête""".splitlines()
WHEN = """lundi matin
à la fin de la semaine
pendant une conférence de presse à Paris
devant les membres de la commission
malgré les critiques de ses propres partenaires
après plusieurs mois de négociations
en 2018
lors d'une visite dans le nord de la France
pour la troisième fois cette année
avec le soutien de 27 pays
sans consulter les régions concernées""".splitlines()
WHY = """.
, parce que la situation économique reste très difficile.
, ce qui a provoqué de nombreuses réactions.
, alors que les élections auront lieu dans deux mois.
et a rappelé que la sécurité des citoyens était sa première priorité.
, tandis que les syndicats demandent une véritable discussion.
, mais le vote a été reporté au 15 mars.
, selon un document que nous avons pu consulter.
; « nous ne pouvons plus attendre », a-t-elle ajouté.
afin que chacun puisse vivre dans la dignité, quels que soient son âge et son origine.
, dont le coût est estimé à 3,5 millions d'euros.
: il s'agit d'une décision historique pour l'Union.
, et personne ne sait ce qui se passera ensuite.""".splitlines()


def news(count: int) -> list[str]:
    """The first `count` of the combinations, each one different from the others (20 × 12 × 17 × 11 × 13 there are)."""
    made = []
    for number in range(count):
        parts, rest = [], number * 104729  # a prime: neighbours have no part in common
        for choices in (WHO, DID, WHAT, WHEN, WHY):
            parts.append(choices[rest % len(choices)])
            rest //= len(choices)
        *words, end = parts
        made.append(" ".join(words) + (end if end[0] in ".," else f" {end}"))
    return made
