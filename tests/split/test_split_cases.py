"""Cases of our own, by class: `|` marks the ends, a missing space is marked `^`; every other place must not end."""

from __future__ import annotations

import pytest

from pipeline.split import split_sentences

FRENCH = {
    "guillemets": [
        "« Nous partons demain. | Le bateau attend. » | Personne ne répondit.",
        "Elle cria : « Attention ! | La branche casse ! » | Trop tard.",
        "« Viens tout de suite ! » ordonna la vieille dame.",
        "« Tu crois ? » demanda Luc. | « Bien sûr. »",
        "« Non… », souffla-t-elle en pâlissant.",
        "« Est-ce loin ? », demanda le voyageur.",
        "“Quelle chance !” fit la marquise. | “Oui.”",
        'Il répéta : "Je ne sais rien." | Puis il se tut.',
        '"Je reviendrai." | "Quand ?" | "Demain."',
        "Le juge a parlé d'une « erreur grave ». | L'avocat se taisait.",
        "A-t-il vraiment dit « jamais » ? | Nul ne le sait.",
        "Il a lu « Que faire ? » en une nuit.",
        "« Il m'a dit : “Pars !” et je suis parti. » | Elle se tut.",
        "«\u00a0Entrez\u00a0!\u00a0» dit la voix. | «\u00a0Merci.\u00a0»",
        "«\u202fC'est fini.\u202f» | Le silence tomba.",
        "Il demanda : « Où vas-tu ? | Quand rentres-tu ? » puis il partit.",
        "La phrase « C'est la vie. » revient trois fois.",
        "« Le roi est mort. » (cité par un témoin) | On cria.",
        '"Il pleut encore ! " | Marthe ferma la fenêtre.',
        "Elle a chanté « Ah ! ça ira » devant la foule. | On applaudit.",
    ],
    "ellipsis": [
        "Je ne sais pas… | Peut-être viendra-t-il.",
        "Il hésita... puis il ouvrit la porte.",
        "C'était… comment dire… étrange.",
        "Il y avait des pommes, des poires... | Tout était mûr.",
        "… Et le vent se leva.",
        "Attends... je viens.",
        "Elle parlait de la… Comtesse.",
        "Le passage [...] Manque dans l'original.",
        "Le rapport (…) reste secret. | On le cherche.",
        "Quoi… ? | Tu pars… !",
        "Il en reste... 12 ou 13.",
        "Allons, la petite ! … | Du courage.",
    ],
    "strong marks": [
        "Quoi ?! | Vous partez ?",
        "Jamais !!! | Jamais de la vie !",
        "Ah ! c'est toi.",
        "Eh bien ! que dites-vous ?",
        "Hélas ! il était trop tard. | La porte était close.",
        "Où donc ? demanda-t-elle.",
        "Victoire ! cria la foule. | On dansa.",
        "Ah ! Marie ! que je suis content.",
        "Oh ! Monsieur, quelle surprise !",
        "Vraiment ? | Oui, vraiment.",
        "Est-ce lui ? est-ce un autre ? | Nul ne répond.",
        "Le prix (12 euros !) est juste.",
        "Qui vive ? | 3 hommes sortirent du bois.",
    ],
    "titles": [
        "M. Dubois et Mme Le Goff sont arrivés.",
        "Mgr. Le Tellier bénit la foule. | On s'agenouilla.",
        "MM. Petit et Grand signent.",
        "Le Dr. Lefort et le Pr. Blanc opèrent.",
        "Me. Garçon plaide demain.",
        "Mlle. Rose attend St. Nicolas.",
        "Je dois tout à M. de La Fayette.",
        "Le maréchal reçut M. Un tel.",
    ],
    "numbers after": [
        "Voir l'art. 5 et la p. 12 du vol. 3.",
        "La fig. 4 et le chap. XII sont clairs.",
        "Selon l'art. L. 121-1 du code, c'est permis.",
        "C'est au n° 7, pp. 30 à 35.",
        "Il compte d'env. 30 à 40 arbres.",
        "Le tél. 01 23 45 67 89 sonne.",
        "Né le 3 janv. 1950, il mourut en sept. 2001.",
        "Cf. al. 2 de l'art. 9.",
        "Il aime l'art. | Elle préfère la danse.",
        "C'était en mars. | Le 5 avril, tout changea.",
    ],
    "abbreviations inside": [
        "Des agrumes, p. ex. Les oranges, mûrissent.",
        "Le soir, c.-à-d. Après dix heures, on ferme.",
        "Des villes (cf. Lyon) et des champs.",
        "En 52 av. J.-C., Alésia tomba.",
        "Il mourut en 14 apr. J.-C. | Tibère lui succéda.",
        "Du pain, du vin, etc. pour tous.",
        "Du pain, du vin, etc. | Personne n'avait faim.",
        "Il loge au 3, bd. Voltaire, près de l'av. Foch.",
        "La 2e éd. La Découverte est épuisée.",
        "La 2e éd. | Elle est épuisée.",
        "Le gén. Leclerc et le col. Fabien se saluent.",
        "L'env. Martin est parti.",
        "Prix H.T. et T.T.C. | Les frais sont en sus.",
        "Le sté. Dupont, cie. comprise, ferme.",
        "Il vit au Nord-Ouest (dép. du Finistère). | Elle aussi.",
    ],
    "initials": [
        "J.-P. Sartre et S. de Beauvoir écrivent.",
        "A. de Saint-Exupéry vole. | B. Vian chante.",
        "Le roman de J. Le Goff paraît.",
        "La S.N.C.F. | Elle recrute.",
        "L'U.R.S.S. de Staline et les U.S.A. de Truman.",
        "Il travaille à l'O.N.U. | Ses amis aussi.",
        "Prenez de la vitamine C. | Elle fait du bien.",
        "T. S. Eliot et J. R. R. Tolkien se lisent.",
        "Le plan B. | Il est prêt.",
        "C'est signé P. D. James.",
    ],
    "numbers": [
        "Il mesure 1.85 m et pèse 80.5 kg.",
        "La ville compte 12.500 habitants. | La région, 3.000.000.",
        "Le 14.07.1789, le peuple se lève.",
        "Le train de 10.30 est parti. | Le suivant aussi.",
        "Il a gagné en 1998. | 20 ans après, il recommence.",
        "La version 3.11.2 est stable. | Installez-la.",
        "1. Tout citoyen vote. | 2. Tout citoyen paie.",
        "a) Le loyer. | b) Les charges.",
        "A. Le contexte. | B. Le projet.",
        "IV. Les conclusions du rapport.",
        "Article 3. Le bail est résilié.",
        "Art. 12. - Le maire préside.",
        "Chapitre II. Une rencontre.",
        "François Ier. | Il régna longtemps.",
        "Louis XIV. | Son règne dura.",
        "Chacun a droit au repos ; 2. Chacun a droit au travail.",
        "Rendez-vous à 8 h. | Soyez là.",
        "Il court 10 km. | Elle nage.",
        "Il reste 20 min. | Vite !",
        "Le § 3. dit tout.",
        "P.-S. N'oublie pas le pain. | N.B. Il ferme tôt.",
        "Il a payé 30 €. | C'est cher.",
        "C'est à 100 m. | Tournez à droite.",
        "Score final : 3-2. | Le public exulte.",
    ],
    "missing space": [
        "Le ministre Gérard Collomb.^Paris hésite.",
        "Il est parti.^Elle pleure.",
        "Est-ce vrai ?^Oui, dit-il.",
        "Non!^Jamais.",
        "C'est la «fin».^Elle sourit.",
        "Tout a changé en 2018.^Depuis, rien.",
        "Il rit.^L'autre pleure.",
        "Fini.^« Partons. »",
        "Le site www.Exemple.com et le fichier Notes.Txt existent.",
        "On utilise Node.js et ASP.NET ici.",
        "Écrivez à Jean.Dupont@Exemple.org ou visitez https://Exemple.org/Un.Deux?Q=Oui.",
        "Le fichier README.Linux et la classe System.Out.Print.",
        "La version 2.0.Beta et le site Wikipédia.org.",
        "Le n°5.Voir 3.A.",
        "Rendez-vous sur Allociné.Fr ce soir.",
        "M.Dupont et J.-P.Sartre parlent.",
        "La S.N.C.F.recrute.",
    ],
    "dialogue": [
        "— Où vas-tu ? | — À Paris.",
        "— Partez ! cria-t-il. | — Jamais !",
        "– Vous ici ? fit la dame. | – Mais oui.",
        "— Viens, dit-elle. | — Non. | — Pourquoi ?",
        "— Où vas-tu ?\n| — Nulle part.\n| — Menteur !",
        "Il entra – quelle surprise ! – et s'assit.",
        "(Il sort.) | Le rideau tombe.",
        "LE ROI. | (Il se lève.) | Assez !",
        "Elle sourit. | (Applaudissements.) | Le débat reprend.",
        "Il viendra (c'est sûr !) demain.",
        "Il viendra (c'est sûr.) demain.",
        "Tout est dit.¹ | On passe à autre chose.",
        "Tout est terminé.1 | On passe à autre chose.",
        "Tout est dit.(2) | On passe à autre chose.",
        "Tout est dit.[3] | On passe à autre chose.",
        "Bravo ! 😀 | On continue.",
        "Merci :) et à demain. 👍 | Bises.",
    ],
    "brands": [
        "Yahoo! Inc. a publié ses comptes.",
        "Le moteur Yahoo! recule.",
        "Elle joue à Jeopardy! Paris adore.",
        "Elle a utilisé « Joomla! » hier.",
        "Il a quitté Yahoo! | Il cherche un emploi.",
    ],
    "lower": [
        "Il est sorti hier. | iPhone et iPad sont en vente.",
        "Je suis arrivé tard. | demain je repars.",
        "LA SÉANCE EST LEVÉE. | LES DÉPUTÉS SORTENT.",
        "Il part. | Évidemment. | Œuvrons. | Ça ira. | À bientôt.",
        "Le cap. Haddock jure.",
    ],
    "lines": [
        "Le marché du matin\n| Dès six heures, les étals se montent sur la place.",
        "Les députés ont adopté hier soir en première lecture\n"
        "le projet de loi sur le logement. | Il sera examiné par le\n"
        "Sénat au mois de juin, a précisé le président de la\nCommission des lois.",
        "Il faut :\n| - du pain ;\n| - du vin ;\n| - du sel.",
        "Programme :\n| 1. Accueil\n| 2. Débat\n| 3. Vote",
        "Titre\n\n| Un paragraphe sans fin\n\n| Un autre.",
        "Le vent se lève et la mer gronde,\nLes voiles claquent dans le soir,\n"
        "Et le marin, perdu au monde,\nN'a plus que son vieux désespoir.",
        "Accueil\n| Actualités\n| Sports\n| Météo",
        "Il rencontra M.\nDupont à la gare.",
        "Voici ce qu'il répondit :\n| Je ne viendrai pas.",
        "Il portait une valise et un\nParapluie noir.",
        "date 2018-01 | Alors que la ville dort, il marche.",
        "Premier point ;\n| deuxième point ;\n| troisième point.",
        "Ligne un.\r\n| Ligne deux.\r\n\r\n| Ligne trois.",
    ],
}
ENGLISH = {
    "quotes": [
        "“Come in,” she said. | “Sit down.”",
        '"Come here!" he shouted. | Nobody moved.',
        '"Come here!" John said.',
        "“Where is it?” asked Mr. Hyde.",
        'He said, "I am tired." | Then he left.',
        "She called it “a mess.” | Nobody argued.",
        "'Is it far?' the boy asked.",
    ],
    "abbreviations": [
        "Mr. Smith met Mrs. Jones and Dr. Brown on Main St. | They talked.",
        "The U.S. Army left. | The U.S. | He stayed.",
        "Meet me at 5 p.m. | Bring the map.",
        "It opens at 9 a.m. and closes at 5 p.m. on Mondays.",
        "See Fig. 3, No. 7 and pp. 12-15, i.e. the whole chapter.",
        "Fruit, e.g. Apples, is cheap.",
        "Apples, pears, etc. | We ate them.",
        "J. K. Rowling and George W. Bush met. | So did I. | They left.",
        "Acme Inc. announced results. | Acme Co. | It closed.",
        "Gov. Brown and Sen. Lee spoke in Washington, D.C. on Jan. 5.",
        "He has a Ph.D. in physics. | She has none.",
        "Oh no. | Not again.",
        "The show is at 6 p.m. Eastern. | The one at 5 p.m. | It was fun.",
        "She got a Ph.D. | She left. | O.K. | Let's go.",
        "P.S. Bring the bread.",
        "Smith vs. Jones began in Sept. 2001.",
    ],
    "numbers": [
        "It cost $3.50. | Cheap!",
        "1. Open the box. | 2. Read the manual.",
        "In 1999. | 20 years later he came back.",
        "Version 2.0.1 is out. | Get it.",
        "Chapter 3. The journey.",
    ],
    "marks": [
        "What?! | You left!",
        "Well... | I don't know. | Maybe...",
        "Oh! how nice.",
        'He stopped. | "Why?" | Nobody knew.',
        "Yahoo! Inc. grew. | Did it? | Yes.",
        "He left.^She stayed.",
        "Visit www.Example.com or Node.js.",
        "Wait… | What?",
        "(He left.) | She stayed.",
        "A heading\n| The text begins here. | It goes on.",
    ],
}
GERMAN = [
    "Am 3. Oktober feiern sie. | Danach ruhen sie.",
    "Das kostet z. B. 5 Euro, d. h. wenig.",
    "Dr. Meier wohnt in der Karl-Str. 5. | Er ist Arzt.",
    "„Komm!“ rief er. | Sie ging.",
    "Äpfel, Birnen usw. | Das reicht.",
]
ELSEWHERE = ["Hola. | Adiós.", "他走了。^她来了。", "Ciao! | Come va? | Bene.", "Это дом. | Он стар."]


def expected(case: str) -> tuple[str, list[str]]:
    text = case.replace("^", "").replace("| ", "")
    marked = case.replace("^", "|")
    return text, [" ".join(part.split()) for part in marked.split("|")]


def cases() -> list[object]:
    tables = [("fr", FRENCH), ("en", ENGLISH), ("de", {"small": GERMAN}), ("xx", {"any": ELSEWHERE})]
    return [
        pytest.param(language, case, id=f"{language}-{kind}-{number}")
        for language, table in tables
        for kind, rows in table.items()
        for number, case in enumerate(rows)
    ]


@pytest.mark.parametrize(("language", "case"), cases())
def test_case(language: str, case: str) -> None:
    text, wanted = expected(case)
    assert [" ".join(sentence.text.split()) for sentence in split_sentences(text, language)] == wanted
