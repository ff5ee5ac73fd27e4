"""A term is kept to where the words linked with it are its name: through the checks, the function, filter and job."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.cli import main
from pipeline.documents.judging import judge_between
from pipeline.glossary import Glossary, Term
from pipeline.glossary.keeping import is_kept
from pipeline.text import Note

TERMS = Glossary(
    [
        Term("pourvoi", "appeal"),
        Term("chat", "kitty"),
        Term("société mère", "parent company"),
        Term("l’État", "the State"),
        Term("arrêt", "judgment | ruling"),
    ]
)
JUDGE = judge_between("fr", "en", glossary=TERMS)


def missing(source: str, target: str, *notes: Note) -> str:
    return "; ".join(flag.detail for flag in JUDGE(source, target, notes) if flag.name == "term-missing")


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("La cour d'appel a rejeté le pourvoi.", "The Court of Appeal rejected the charge.", "pourvoi → appeal"),
        ("La cour d'appel a rejeté le pourvoi.", "The Court of Appeal rejected the appeal.", ""),
        ("Le pourvoi contre l'arrêt est rejeté.", "The appeal against the ruling is dismissed.", ""),
        ("Le  pourvoi contre l’arrêt est rejeté.", "The appeal against the judgment is dismissed.", ""),
        ("Le chat dort et le chat mange.", "The kitty sleeps and it eats.", ""),
        ("Le chat dort et le chat mange.", "The kitty sleeps and the cat eats.", "chat → kitty"),
        ("Les sociétés mères paient l'État.", "The parent companies pay the State.", ""),
    ],
)
def test_a_name_counts_for_the_word_it_is_linked_with(source, target, lost):
    assert missing(source, target) == lost


def test_a_term_set_in_its_place_needs_no_link():
    source, target = "La cour d'appel a rejeté le pourvoi.", "The Court of Appeal rejected the charge."
    assert missing(source, target, Note("term-inserted")) == ""
    assert missing(source, target, Note("term-inserted"), Note("piece-lost", "1")) != ""


spans = st.tuples(st.integers(0, 20), st.integers(1, 5)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(spans, min_size=1, max_size=3), st.lists(spans, max_size=3), st.lists(st.tuples(spans, spans)))
def test_names_without_any_link_count_and_no_name_never_does(places, names, links):
    texts = ("abcdefgh " * 4, "zyxwvuts " * 4)
    assert is_kept(places, names, [], texts) == bool(names)
    assert not is_kept(places, [], links, texts)


def test_function_filter_and_command_keep_to_a_glossary_alike(tmp_path: Path, monkeypatch, capfdbinary):
    monkeypatch.chdir(tmp_path)
    line = "La cour d'appel a rejeté le pourvoi."
    Path("terms.tsv").write_text("source\ttarget\npourvoi\tappeal\n", encoding="utf-8")
    (made,) = pipeline.translate_sentences([line], glossary="terms.tsv")
    assert made.text.lower().count("appeal") == 2
    assert pipeline.translate_sentences([line], glossary=TERMS)[0].text == made.text
    assert pipeline.translate_sentences([line])[0].text != made.text
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode()), encoding="utf-8"))
    assert main(["translate", "--glossary", "terms.tsv"]) == 0
    assert capfdbinary.readouterr().out.decode().strip() == made.text
    Path("a.txt").write_text(line, encoding="utf-8")
    assert main(["translate", "a.txt", "-q", "-o", "a.tsv", "--glossary", "terms.tsv"]) == 0
    assert made.text in Path("a.tsv").read_text(encoding="utf-8")
