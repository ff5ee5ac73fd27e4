"""A glossary finds its terms in a sentence, wants them in the target, and touches no other sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.glossary import Glossary, Term, read_glossary
from pipeline.glossary.terms import Pattern, plain

LEGAL = Glossary(
    [
        Term("tribunal", "court"),
        Term("crédit agricole", "Crédit Agricole", case=True),
        Term("crédit", "loan | credit"),
        Term("l’État", "the State"),
        Term("société mère", "parent company"),
        Term("clé", "key", exact=True),
        Term("anti", "anti", whole_word=False),
        Term("€", "€|euro"),
        Term("C++", "C++"),
    ]
)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Le tribunal juge.", ["tribunal"]),
        ("LES TRIBUNAUX jugent.", ["tribunal"]),
        ("Le crédit agricole prête.", ["crédit agricole"]),
        ("Le Crédit agricole prête.", ["crédit"]),
        ("Un crédit du crédit agricole.", ["crédit agricole", "crédit"]),
        ("Les sociétés  mères paient.", ["société mère"]),
        ("L'état, c'est moi ; l'État aussi.", ["l’État"]),
        ("De l’E\u0301tat", ["l’État"]),
        ("accrédité, discrédit", []),
        ("des clés", []),
        ("la clé", ["clé"]),
        ("antirouille", ["anti"]),
        ("5 €", ["€"]),
        ("En C++ ou en C", ["C++"]),
        ("", []),
    ],
)
def test_terms_are_found_in_a_sentence(source, found):
    assert [term.source for term in LEGAL.relevant(source)] == found


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("Le tribunal juge.", "The Court judges.", 0),
        ("Les tribunaux jugent.", "The courts judge.", 0),
        ("Le tribunal juge.", "The courtyard judges.", 1),
        ("Le crédit", "The credit", 0),
        ("Le crédit", "The loans", 0),
        ("Le crédit agricole", "the crédit agricole", 1),
        ("Les sociétés mères", "The parent companies", 0),
        ("5 €", "5 euros", 0),
        ("Le tribunal et la société mère", "The judge and the mother", 2),
        ("Rien", "Nothing", 0),
        ("Le tribunal", "", 1),
    ],
)
def test_targets_are_wanted_by_one_of_their_names(source, target, missing):
    found = LEGAL.missing(source, target)
    assert len(found) == missing
    assert all(" → " in one for one in found)


def test_a_changed_row_changes_the_digest_of_its_sentences_only():
    before = Glossary([Term("chat", "cat"), Term("chien", "dog")])
    after = Glossary([Term("chien", "hound"), Term("chat", "cat"), Term("cheval", "horse")])
    assert before.digest("Le chat dort.") == after.digest("Le chat dort.") != ""
    assert before.digest("Le chien dort.") != after.digest("Le chien dort.")
    assert before.digest("Le cheval dort.") == "" != after.digest("Le cheval dort.")
    assert before.digest("La vache dort.") == after.digest("La vache dort.") == ""
    assert before.version != after.version
    assert before.version == Glossary(before.terms).version


WORDS = st.text(st.sampled_from("abélsx'+€ -"), min_size=1, max_size=8).filter(str.strip)


@given(st.lists(WORDS, unique=True, max_size=8), st.text(st.sampled_from("abélsx'+€ -"), max_size=40), st.booleans())
def test_the_index_finds_what_a_plain_search_finds(words, text, whole):
    """Every term alone in a glossary is found or not as it is among others, but for those inside longer ones."""
    terms = [Term(word, "x", whole_word=whole, exact=True) for word in words]
    together = {term.source for term in Glossary(terms).relevant(text)}
    alone = {term.source for term in terms if Glossary([term]).relevant(text)}
    assert together <= alone
    for lost in alone - together:
        assert any(len(" ".join(other.split())) > len(" ".join(lost.split())) for other in together)


def write(tmp_path, text: str):
    path = tmp_path / "terms.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_glossary_is_read_with_and_without_a_header(tmp_path):
    plain = read_glossary(write(tmp_path, "# ours\n\nchat\tcat|kitty\tyes\tno\r\nchien\tdog\n"))
    assert plain.terms == (Term("chat", "cat|kitty", case=True, whole_word=False), Term("chien", "dog"))
    assert plain.terms[0].targets == ("cat", "kitty")
    ordered = read_glossary(write(tmp_path, "\ufeffTarget\tSource\tword\ncat\tchat\texact\nsource\ttarget\n"))
    assert ordered.terms == (Term("chat", "cat", exact=True), Term("target", "source"))
    assert read_glossary(write(tmp_path, "")).terms == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("chat\n", "terms.tsv:1: no tab between source and target in 'chat'"),
        ("# c\nchat\tcat\n\tdog\n", "terms.tsv:3: the source is empty"),
        ("chat\t|\n", "terms.tsv:1: the target is empty"),
        ("chat\tcat\tperhaps\n", "terms.tsv:1: case is 'perhaps', expected yes, no"),
        ("chat\tcat\tno\tperhaps\n", "terms.tsv:1: word is 'perhaps', expected yes, no, exact"),
        ("chat\tcat\tno\tno\tx\n", "terms.tsv:1: 5 columns, expected at most 4"),
        ("chat\tcat\nChat\tkitty\n", "terms.tsv:2: 'Chat' has another rule in line 1"),
        ("chat\nchien\n", "(and 1 more)"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, text, fault):
    with pytest.raises(InputError) as caught:
        read_glossary(write(tmp_path, text))
    assert fault in caught.value.problem
    assert caught.value.remedy


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "binary.tsv").write_bytes(b"\xff\xfe\x00")
    for name in ("binary.tsv", "absent.tsv", ""):
        with pytest.raises(InputError, match="cannot be read"):
            read_glossary(tmp_path / name)


def test_five_thousand_terms_are_an_index_not_a_search():
    many = Glossary(Term(f"mot{n} composé", f"word{n}") for n in range(5000))
    assert [term.target for term in many.relevant("Le mot17 composé et le mot4999 composé.")] == ["word17", "word4999"]
    compiled = [one for several in many._by_words.values() for one in several if "source" in vars(one)]
    assert len(compiled) == 2


def test_terms_of_one_first_word_are_not_tried_one_by_one():
    many = Glossary([*(Term(f"chef mot{n}", "x") for n in range(3000)), Term("chefs locaux", "local chiefs")])
    assert [term.target for term in many.relevant("Le chef mot17 et les chefs locaux, un chef local.")] == [
        "x", "local chiefs",
    ]  # fmt: skip
    assert sum("source" in vars(one) for several in many._by_words.values() for one in several) == 2
    inside = Glossary(
        [*(Term(f"abc{n}", "x", whole_word=False) for n in range(3000)), Term("é", "y", whole_word=False)]
    )
    assert [term.source for term in inside.relevant("Le préabc17fixe.")] == ["abc17", "é"]
    assert sum("source" in vars(one) for several in inside._by_text.values() for one in several) == 3  # and abc1


@given(st.lists(st.text("aelsux -'é", min_size=1, max_size=7), max_size=6), st.text("aelsux -'éA", max_size=40),
       st.booleans(), st.booleans())  # fmt: skip
def test_terms_are_found_as_when_each_is_tried(names, text, whole_word, exact):
    terms = [Term(name.strip(), "x", whole_word=whole_word, exact=exact) for name in names if name.strip()]
    each = [term for term in terms if Pattern(0, term).source.search(plain(text))]
    assert list(Glossary(terms).held(text)) == each
