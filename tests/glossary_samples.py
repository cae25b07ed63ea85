"""Entries that use all of the model, and strategies that make up others."""

from dataclasses import replace

from hypothesis import strategies as st

from glossary import Entry, Form
from glossary import entry as model
from glossary.codec import tidy
from glossary.entry import Context

FULL = Entry(
    "whistle & report",
    (
        Form("民生吹哨、部门报到", term_type="full", contexts=(Context("各镇在用。", "县报"),)),
        Form("吹哨报到", "admitted", "short"),
        Form("民生吹哨、部門報到", "admitted", script="Hant", usage="in Taiwan"),
    ),
    (
        Form("people's well-being <whistle>", pos="noun", inflection="exact", source="Report, 2024",
             contexts=(Context('He said "whistle".', "Daily; News"), Context("No source."))),
        Form("whistle-and-report mechanism", "admitted", "phrase", inflection="plural"),
        Form("Whistle", "deprecated", "proper", pos="properNoun"),
        Form("blowing whistles", "forbidden", usage="too literal; \"blow\""),
    ),
    subject="grassroots-governance",
    definition="Towns call, and departments must come.",
    note="First tried in Beijing, 2018.",
    source="Beijing Daily",
    review="proposed",
    priority=-3,
    author="Lin Qiao",
    modified="2026-03-31T08:00:00Z",
)  # fmt: skip
PATTERN = Entry(
    "perseverances",
    (Form("{n}个持之以恒", term_type="pattern"),),
    (Form("the {n} perseverances", term_type="pattern"),),
)
AWKWARD = Entry("=1+1", (Form("“三个年”活动"),), (Form('"Three Years", a; campaign'),), note="#x")


TEXT = st.text(
    st.sampled_from("四下基层民生報到、“”\"';,|<>&=#{}\t áäa bcXYZ019_-.:\u3000𠀋"), max_size=12
)
NONEMPTY = TEXT.map(lambda t: f"x{t}y")
FORMS = st.builds(
    Form,
    NONEMPTY.map(lambda t: t.replace("{n", "{ n")),
    st.sampled_from(model.STATUSES),
    st.sampled_from([t for t in model.TERM_TYPES if t != "pattern"]),
    st.sampled_from(model.PARTS_OF_SPEECH),
    st.sampled_from(model.INFLECTIONS),
    usage=TEXT,
    source=TEXT,
    contexts=st.lists(st.builds(Context, NONEMPTY, TEXT), max_size=2).map(tuple),
)
ZH_FORMS = st.tuples(FORMS, st.sampled_from(["", "Hant"])).map(lambda p: replace(p[0], script=p[1]))
ENTRIES = st.builds(
    Entry,
    NONEMPTY,
    st.lists(ZH_FORMS, min_size=1, max_size=3).map(tuple),
    st.lists(FORMS, min_size=1, max_size=3).map(tuple),
    subject=TEXT,
    definition=TEXT,
    note=TEXT,
    source=TEXT,
    review=st.sampled_from(model.REVIEWS),
    priority=st.integers(-5, 5),
    author=TEXT,
    modified=st.sampled_from(["", "2026-03-31", "2024-02-29T23:59:59Z"]),
).map(tidy)
