"""Words that say the same: the groups are in order, and a question finds the words beside its own."""

from vectorstore.synonyms import other_words, read_synonyms


def test_no_group_names_a_word_twice_and_none_is_a_single_word() -> None:
    for group in read_synonyms():
        assert len(group) == len(set(group)) > 1, group


def test_a_term_gets_the_other_words_of_its_group() -> None:
    assert "医生" in other_words("大夫今天坐诊吗")["大夫"]


def test_the_terms_inside_a_longer_word_get_its_others() -> None:
    others = other_words("行政复议的结果")
    assert "申请复议" in others["复议"]


def test_a_word_within_a_longer_known_one_is_no_word_of_its_own() -> None:
    # 申请复议 is known as a whole; 申请 alone would bring in everything about applications.
    assert "信息公开申请" not in other_words("申请复议")["申请"]


def test_a_text_of_unknown_words_has_no_others() -> None:
    assert other_words("量子纠缠 xyz 2023") == {}
