"""System checks of the machine: what fails quietly is said aloud."""

from typing import Any

from django.core.checks import CheckMessage, Info, Tags, Warning, register

from common import fonts


@register(Tags.compatibility)
def portraits_can_be_made(**kwargs: Any) -> list[CheckMessage]:
    """Warnings only, so that an ordinary command stays quiet on a healthy machine."""
    problems: list[CheckMessage] = []
    if not fonts.in_use().complete:
        hint = f"{fonts.INSTALL} fonts-noto-cjk fontconfig"
        problems.append(Warning("找不到中文字体，检察印迹无法排版。", hint=hint, id="common.W001"))
    if not fonts.cuts_quickly():
        hint = f"{fonts.INSTALL} libharfbuzz-subset0"
        problems.append(Warning("缺少 libharfbuzz-subset，制作检察印迹会慢约 15 倍。", hint=hint, id="common.W002"))
    return problems


@register(Tags.compatibility, deploy=True)
def which_faces(**kwargs: Any) -> list[CheckMessage]:
    """Told by ``check --deploy`` only: good to know, nothing to mend."""
    found = fonts.in_use()
    if not found.complete:
        return []
    hint = None if found.built else "manage.py build_fonts 可制作更小更快的字体（约两分钟，一次即可）。"
    return [Info(f"检察印迹使用{found.words}。", hint=hint, id="common.I001")]
