"""The text before section one: on what basis, of which period, and whom to ask."""

from dataclasses import dataclass

from assistant.drafting.overview import Material
from assistant.drafting.phrases import OPENING
from assistant.drafting.prose import Origin, Prose, joined, number_prose, placeholder, quoted
from ingest.forms import form_of


@dataclass(frozen=True, slots=True)
class Profile:
    """What stays the same from year to year: how to reach the agency, where it publishes."""

    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    platforms: tuple[str, ...] = ()


def preamble(material: Material, profile: Profile) -> Prose:
    """One paragraph: basis, parts, period and contact."""
    year = material.facts.year
    origin = Origin("year", year=year)
    period = {
        "first_month": number_prose(1, origin),
        "first_day": number_prose(1, origin),
        "last_month": number_prose(12, origin),
        "last_day": number_prose(31, origin),
    }
    return joined(
        (
            material.say(OPENING, "basis", form=_form(material)),
            material.say(OPENING, "parts"),
            material.say(OPENING, "period", **period),
            material.say(OPENING, _contact_key(material), contact=_contact(material, profile)),
        )
    )


def _form(material: Material) -> Prose:
    """The document that prescribes the form, by its number."""
    source = form_of(material.facts.edition).source
    return quoted(source, Origin("form", quote=source))


def _contact_key(material: Material) -> str:
    """A government's report does not say 与我县联系."""
    return "contact.government" if material.voice.is_government else "contact"


def _contact(material: Material, profile: Profile) -> Prose:
    entries = (
        ("地址", profile.address),
        ("电话", profile.phone),
        ("电子邮箱", profile.email),
        ("网址", profile.website),
    )
    known = [
        joined((f"{name}：", quoted(entry, Origin("profile", quote=entry))))
        for name, entry in entries
        if entry
    ]
    said = "".join(prose.text for prose in known)
    noted = [prose.cut(0, len(prose.text.rstrip("。；"))) for prose in material.noted("contact")]
    known += [prose for prose in noted if not _is_said(prose, said)]
    return joined(known, "；") if known else placeholder("联系地址和联系电话")


def _is_said(prose: Prose, said: str) -> bool:
    """Whether the profile gives the same number or name already."""
    return prose.text.split("：")[-1].strip() in said or any(
        prose.text[b.start : b.end] in said for b in prose.bounds
    )
