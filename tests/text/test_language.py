"""Which texts are read as Arabic."""

from __future__ import annotations

import pytest

from kg.text.language import is_arabic

ARABIC = "قال وزير الخارجية إن المحادثات مع الوفد الزائر انتهت باتفاق على مواصلة التعاون."
PERSIAN = "وزیر امور خارجه گفت که گفتگوها با هیأت مهمان با توافق بر سر ادامه همکاری پایان یافت."
URDU = "وزیر خارجہ نے کہا کہ مہمان وفد کے ساتھ بات چیت تعاون جاری رکھنے کے معاہدے پر ختم ہوئی۔"


def test_arabic_is_arabic_with_foreign_names_in_it() -> None:
    assert is_arabic(ARABIC)
    assert is_arabic(ARABIC + " وقالت شركة Example Trading Corp إن گوگل وڤودافون شاركتا.")


@pytest.mark.parametrize("text", [PERSIAN, URDU, "The minister said that the talks had ended.", "", "2024 — 15"])
def test_other_languages_are_not(text: str) -> None:
    assert not is_arabic(text)


def test_the_source_is_believed_about_its_language() -> None:
    assert not is_arabic(ARABIC, "fa")
    assert is_arabic(ARABIC, "ar-SA")
    assert not is_arabic("The minister said so.", "ar")
