"""Components as tags: {% load ui %}. Each has one template in ui/ and is shown once on /ui/."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms, template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.kernel import worktime
from motcua.web.ui import icons, states, words
from motcua.web.ui.parts import Crumb, Event, PageLinks, Tab

register = template.Library()


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """{% icon "search" %}: always beside a word, so hidden from screen readers."""
    if name not in icons.names():
        raise template.TemplateSyntaxError(f"no icon named {name}")
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>',
        kind,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def state(key: str, word: str = "") -> SafeString:
    """{% state dossier.state %}: one of the ten states; `word` replaces the official one."""
    look = states.LOOKS[key]
    return format_html(
        '<span class="badge" data-state="{}">{}{}</span>',
        look.number,
        icon(look.icon),
        word or look.word,
    )


@register.simple_tag
def badge(word: str, tone: str = "", icon_name: str = "") -> SafeString:
    """{% badge "Không phải nộp" tone="sea" %}: tones are sea, gold, late and still ("")."""
    mark = icon(icon_name) if icon_name else ""
    return format_html('<span class="badge {}">{}{}</span>', tone, mark, word)


@register.simple_tag
def meter(percent: float, tone: str = "") -> SafeString:
    """{% meter 86 tone="soon" %}: how much of the time is used; tones are soon, late and plain."""
    return format_html(
        '<svg class="meter {}" aria-hidden="true"><rect width="{}%" height="100%"/></svg>',
        tone,
        f"{max(0.0, min(100.0, percent)):.0f}",
    )


@register.simple_block_tag
def card(
    content: SafeString, *, title: str = "", icon_name: str = "", key: str = ""
) -> SafeString:
    """{% card title=… icon_name=… key=… %} … {% endcard %}; key names the heading's id."""
    context = {"content": content, "title": title, "icon_name": icon_name, "key": key}
    return render_to_string("ui/card.html", context)


@register.simple_block_tag
def notice(
    content: SafeString, *, title: str = "", tone: str = "", icon_name: str = "info"
) -> SafeString:
    """{% notice title=… tone="turn" %} … {% endnotice %}: plain, turn (yours) or danger (late)."""
    context = {"content": content, "title": title, "tone": tone, "icon_name": icon_name}
    return render_to_string("ui/notice.html", context)


@register.simple_block_tag
def section(content: SafeString, *, title: str, key: str, aside: str = "") -> SafeString:
    """{% section title=… key=… %} … {% endsection %}: a region named by its heading."""
    context = {"content": content, "title": title, "key": key, "aside": aside}
    return render_to_string("ui/section.html", context)


@register.simple_block_tag
def table(
    content: SafeString, *, caption: str, heads: str, hide_caption: bool = False
) -> SafeString:
    """{% table caption=… heads="Thủ tục|Hẹn trả>" %} rows {% endtable %}; ">" sets numbers right."""
    columns = [
        {"word": head.removesuffix(">"), "is_number": head.endswith(">")}
        for head in heads.split("|")
    ]
    context = {
        "content": content,
        "caption": caption,
        "columns": columns,
        "hide_caption": hide_caption,
    }
    return render_to_string("ui/table.html", context)


@register.simple_block_tag
def empty(content: SafeString, *, title: str, icon_name: str = "inbox") -> SafeString:
    """{% empty title=… %} what to do next {% endempty %}: an empty state says the next step."""
    context = {"content": content, "title": title, "icon_name": icon_name}
    return render_to_string("ui/empty.html", context)


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[Any]) -> dict[str, Any]:
    """{% steps items %}: numbered steps, each with `title` and `text`, or a plain string."""
    return {
        "items": [{"title": "", "text": item} if isinstance(item, str) else item for item in items]
    }


@register.inclusion_tag("ui/progress.html")
def progress(names: Sequence[str], current: int) -> dict[str, Any]:
    """{% progress names current %}: the steps of a wizard, `current` counted from 1."""
    return {"names": names, "current": current}


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Sequence[Event]) -> dict[str, Any]:
    """{% timeline events %}: facts, newest on top."""
    return {"events": events}


@register.inclusion_tag("ui/due_strip.html")
def due_strip(proof: worktime.Proof | worktime.ClockProof, now: datetime) -> dict[str, Any]:
    """{% due_strip proof now %}: the strip of days that proves a due date, then why in words."""
    if proof.due_at is None:
        return {"sentences": proof.words(lang=words.language())}
    strip = worktime.due_strip(
        proof.calendar, proof.days, proof.due_at, now, lang=words.language()
    )
    return {
        "strip": strip,
        "due_at": proof.due_at,
        "sentences": proof.words(lang=words.language()),
    }


@register.inclusion_tag("ui/stat.html")
def stat(label: str, value: str, of: str = "", href: str = "", small: str = "") -> dict[str, Any]:
    """{% stat "Đúng hẹn" "96,2%" of="53.044 trên 55.127" href=… %}."""
    return {"label": label, "value": value, "of": of, "href": href, "small": small}


@register.inclusion_tag("ui/pager.html")
def pager(page: PageLinks) -> dict[str, Any]:
    """{% pager links %}: links to pages, made by parts.page_links."""
    return {"page": page}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Tab], label: str) -> dict[str, Any]:
    """{% tabs items "Lọc theo hạn" %}."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/crumbs.html")
def crumbs(items: Sequence[Crumb], here: str) -> dict[str, Any]:
    """{% crumbs items "Đăng ký thường trú" %}."""
    return {"items": items, "here": here}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*shown: forms.BaseForm) -> dict[str, Any]:
    """{% error_summary form %}: every error with a link to its field; takes the focus by script."""
    return {"forms": [form for form in shown if form.is_bound and form.errors]}


@register.inclusion_tag("ui/search_box.html")
def search_box(
    action: str, value: str = "", label: str = "", placeholder: str = "", suggest: str = ""
) -> dict[str, Any]:
    """{% search_box action value label placeholder suggest=url %}: the one question."""
    return {
        "action": action,
        "value": value,
        "label": label,
        "placeholder": placeholder,
        "suggest": suggest,
    }


@register.inclusion_tag("ui/display_switches.html", takes_context=True)
def display_switches(context: Context) -> dict[str, Any]:
    """{% display_switches %}: large type, dark and language, as one form that needs no script."""
    request = context.get("request")
    cookies = request.COOKIES if request else {}
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "is_large": cookies.get("co_chu") == "lon",
        "is_dark": cookies.get("nen") == "toi",
        "language": getattr(request, "LANGUAGE_CODE", "vi"),
        "here": request.get_full_path() if request else "/",
    }
