"""Commands of foresight: learn the risk, check it, estimate, forecast, try other staffing."""

import argparse
from datetime import date, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress

if TYPE_CHECKING:
    from motcua.reporting.foresight.staffing import Change
    from motcua.reporting.rules import Period


def _period_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", default="", metavar="KỲ", help="2025Q3, 2025-07, 2025")
    parser.add_argument("--since", type=date.fromisoformat, metavar="NGÀY", help="từ (2025-07-01)")
    parser.add_argument("--until", type=date.fromisoformat, metavar="NGÀY", help="đến hết ngày")


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    _period_arguments(parser)
    parser.add_argument("--seed", type=int, default=None, metavar="SỐ", help="số gieo")
    parser.add_argument(
        "--simulated", action="store_true", help="nói là số liệu mô phỏng (không ghi: hỏi sổ cái)"
    )
    parser.add_argument("--anyway", action="store_true", help="nhận cả khi kém mô hình đang dùng")
    parser.add_argument(
        "--ship", action="store_true", help="ghi thành mô hình đi kèm (dành cho người viết mã)"
    )


def _eval_arguments(parser: argparse.ArgumentParser) -> None:
    _period_arguments(parser)
    parser.add_argument("--seed", type=int, default=None, metavar="SỐ", help="số gieo")


def _period(arguments: Arguments, at: datetime) -> "Period":
    from motcua.kernel.refused import Refused
    from motcua.reporting import rules

    if arguments.since or arguments.until:
        first = arguments.since or at.date().replace(day=1)
        return rules.period("custom", at=at, first=first, last=arguments.until or at.date())
    found = rules.named(arguments.period, at=at) if arguments.period else None
    if arguments.period and found is None:
        raise Refused(f"Không hiểu kỳ {arguments.period!r}; viết như 2025Q3, 2025-07, 2025.")
    return found or rules.period("quarter", at=at)


@command(
    "foresight train",
    help="học nguy cơ trễ hạn từ sự kiện của một kỳ; nhận khi không kém mô hình đang dùng",
    arguments=_train_arguments,
)
def train(arguments: Arguments, progress: Progress) -> Answer:
    """Learn the risk; what is not worse than the model that holds is taken (or shipped)."""
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.reporting.foresight.learning import SEED
    from motcua.reporting.services import foresight_learning as learning

    at = timezone.localtime()
    period = _period(arguments, at)
    progress.say("Đang học…")
    begun = perf_counter()
    values: dict[str, Any] = {
        "first": period.first, "last": period.last, "at": at,
        "is_simulated": True if arguments.simulated else None,
        "seed": SEED if arguments.seed is None else arguments.seed,
    }  # fmt: skip
    if arguments.ship:
        facts = _shipped(values)
        return _judged(facts, perf_counter() - begun)
    found = learning.learn_risk(**values, by=SYSTEM, anyway=arguments.anyway)
    said = (
        f"Brier {found.brier:.4f}, mô hình đang dùng trên cùng lát: {found.held:.4f}. "
        + ("Đã nhận." if found.taken else "Kém hơn nên không nhận; mô hình cũ vẫn dùng.")
    )  # fmt: skip
    facts = dict(found.risk.facts) | {"taken": found.taken}
    answer = _judged(facts, perf_counter() - begun)
    return Answer(answer.document, (*answer.lines, said), table=answer.table)


def _shipped(values: dict[str, Any]) -> dict[str, Any]:
    """Learn and write the model that is shipped, with the weeks of the same period foretold."""
    import json

    from motcua.reporting.foresight import model
    from motcua.reporting.services import foresight_learning as learning

    risk, _held = learning.learned_from(**values)
    asked = {key: values[key] for key in ("first", "last", "at", "seed")}
    told = learning.foretold_weekly(**asked)
    facts = {key: one for key, one in risk.facts.items() if key != "held"} | {"weekly": told}
    document = model.as_document(model.Risk(risk.start, risk.terms, facts))
    model.SHIPPED.parent.mkdir(exist_ok=True)
    model.SHIPPED.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return facts


@command(
    "foresight eval",
    help="đã hứa gì và điều gì đã xảy ra; ghi kỳ: học lại trước mỗi tuần rồi đối chiếu tuần đó",
    arguments=_eval_arguments,
)
def evaluate(arguments: Arguments, progress: Progress) -> Answer:
    """Show how the model that holds did when it was learned; of a period, week by week anew."""
    from django.utils import timezone

    from motcua.reporting.foresight.learning import SEED
    from motcua.reporting.queries import foresight
    from motcua.reporting.services import foresight_learning as learning

    if not (arguments.period or arguments.since or arguments.until):
        return _judged(dict(foresight.holding().risk.facts), 0.0)
    at, begun = timezone.localtime(), perf_counter()
    period = _period(arguments, at)
    progress.say("Đang học lại trước mỗi tuần…")
    seed = SEED if arguments.seed is None else arguments.seed
    told = learning.foretold_weekly(first=period.first, last=period.last, at=at, seed=seed)
    rows = tuple(
        (str(one["first"]), str(one["count"]), f"{100 * one['promised']:.1f} %",
         f"{100 * one['base']:.1f} %", f"{one['ece']:.3f}", f"{one['auc']:.3f}")
        for one in told["weeks"]
    )  # fmt: skip
    whole = told["whole"]
    said = (
        f"Cả kỳ: {whole['count']} hồ sơ, mỗi hồ sơ một lần; ECE {whole['ece']:.3f}, "
        f"AUC {whole['auc']:.3f}, Brier {whole['brier']:.4f} ({whole['brier_base']:.4f})"
    )
    document = told | {"seconds": round(perf_counter() - begun, 2)}
    head = ("Tuần từ", "Hồ sơ", "Hứa", "Xảy ra", "ECE", "AUC")
    return Answer(document, (said,), table=Table(head, rows))


def _judged(facts: dict[str, Any], seconds: float) -> Answer:
    judged, reference = facts["judged"], facts["reference"]
    rows = tuple(
        (
            f"{100 * one['low']:.1f}–{100 * one['high']:.1f} %", str(one["count"]),
            f"{100 * one['promised']:.1f} %", f"{100 * one['observed']:.1f} %",
        )
        for one in judged["bins"]
    )  # fmt: skip
    whose = "dữ liệu mô phỏng" if facts.get("is_simulated") else "dữ liệu của tỉnh"
    lines = (
        (
            f"Học từ {whose}, {facts.get('first')} đến {facts.get('last')}: "
            f"{facts.get('dossiers')} hồ sơ; số lần nhìn: {facts['rows']}."
        ),
        f"Những tuần cuối: {judged['count']} lần nhìn, {100 * judged['base']:.1f} % trễ.",
        (
            f"Brier {judged['brier']:.4f} (nói tỷ lệ chung: {judged['brier_base']:.4f}; "
            f"theo phần thời gian đã dùng: {reference['brier']:.4f})"
        ),
        (
            f"AUC {judged['auc']:.3f} (phần thời gian đã dùng: {reference['auc']:.3f}), "
            f"ECE {judged['ece']:.4f}"
        ),
    )
    document = facts | {"seconds": round(seconds, 2)}
    return Answer(document, lines, table=Table(("Đã hứa", "Lần nhìn", "Hứa", "Xảy ra"), rows))


@command("foresight refresh", help="ước nguy cơ trễ hạn của mọi hồ sơ đang mở")
def refresh(arguments: Arguments, progress: Progress) -> Answer:
    """Estimate every open dossier at this moment."""
    from dataclasses import asdict

    from django.utils import timezone

    from motcua.reporting.services import foresight

    begun = perf_counter()
    done = foresight.refresh_risks(at=timezone.now())
    document = asdict(done) | {"seconds": round(perf_counter() - begun, 2)}
    said = (
        f"{done.open} hồ sơ đang mở: ước {done.estimated}, quá hạn {done.overdue}; ghi "
        f"{done.written}, cảnh báo {done.warned}, rút {done.calmed}; {document['seconds']} giây"
    )
    return Answer(document, (said,))


@command("foresight forecast", help="dự báo số hồ sơ đến trong bốn tuần tới")
def forecast(arguments: Arguments, progress: Progress) -> Answer:
    """Forecast arrivals of the next four weeks."""
    from django.utils import timezone

    from motcua.reporting.services import foresight_kept

    begun = perf_counter()
    kept = foresight_kept.forecast_arrivals(at=timezone.now())
    document = kept.document | {"seconds": round(perf_counter() - begun, 2)}
    whole = document["series"][0]
    rows = tuple(
        (kind or "toàn tỉnh", f"{100 * one['error']:.1f} %", f"{100 * one['naive']:.1f} %",
         f"{100 * one['inside']:.1f} %", f"{100 * one['wide']:.1f} %")
        for kind, one in document["checks"].items()
    )  # fmt: skip
    mean, low, high = whole["whole"]
    lines = (
        (
            f"{len(document['series'])} dãy số, {document['seconds']} giây. Bốn tuần tới, toàn tỉnh: "
            f"{mean:.0f} hồ sơ (8 trên 10 lần từ {low:.0f} đến {high:.0f})."
        ),
    )
    head = ("Loại", "Sai số", "Như tuần trước", "Trong dải 80 %", "Trong dải 95 %")
    return Answer(document, lines, table=Table(head, rows))


def _whatif_arguments(parser: argparse.ArgumentParser) -> None:
    _period_arguments(parser)
    parser.add_argument("--agency", default="", metavar="MÃ", help="mã cơ quan; bỏ trống: cả tỉnh")
    parser.add_argument("--appraisers", type=int, default=0, help="thêm (bớt) chuyên viên mỗi nơi")
    parser.add_argument("--counters", type=int, default=0, help="thêm (bớt) quầy mỗi nơi")
    parser.add_argument("--couriers", type=int, default=None, help="số chuyến giao nhận mỗi ngày")
    parser.add_argument("--saturday", action="store_true", help="quầy mở sáng thứ Bảy")
    parser.add_argument("--limit-of", default="", metavar="MÃ", help="thủ tục đổi thời hạn")
    parser.add_argument(
        "--limit-days", type=float, default=None, help="thời hạn mới, ngày làm việc"
    )
    parser.add_argument("--seeds", type=int, default=12, help="số lần mô phỏng")


@command(
    "foresight whatif", help="thử phương án nhân lực bằng mô phỏng", arguments=_whatif_arguments
)
def whatif(arguments: Arguments, progress: Progress) -> Answer:
    """Simulate a change of staffing beside what is."""
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.directory.queries import cards
    from motcua.reporting.services import foresight_kept

    at = timezone.localtime()
    period = _period(arguments, at)
    begun = perf_counter()
    kept = foresight_kept.what_if(
        change=_change(arguments),
        agency=cards.card_by_code(arguments.agency) if arguments.agency else None,
        first=period.first,
        last=period.last,
        by=SYSTEM,
        at=at,
        seeds=arguments.seeds,
    )
    result = kept.result | {"seconds": round(perf_counter() - begun, 2)}
    names = (("on_time", "Đúng hạn, %"), ("median_days", "Thời gian giữa, ngày"),
             ("open", "Tồn cuối kỳ"), ("overdue", "Quá hạn cuối kỳ"),
             ("wait_counter", "Chờ ở quầy, phút"), ("load", "Bận, %"))  # fmt: skip
    rows = tuple(
        (word, *(f"{result[part][key]['mean']:.2f}" for part in ("base", "variant")),
         "{mean:+.2f} ({low:+.2f} … {high:+.2f})".format(**result["difference"][key]))
        for key, word in names
    )  # fmt: skip
    lines = _told(result)
    head = ("", "Như hiện nay", "Theo phương án", "Thay đổi (8 trên 10 lần)")
    return Answer({"inputs": kept.inputs, **result}, lines, table=Table(head, rows))


def _told(result: dict[str, Any]) -> tuple[str, ...]:
    """Say how far the answer is to be trusted."""
    return (
        (
            f"Đúng hạn đã thấy {100 * (result['observed'] or 0):.2f} %, mô phỏng lại "
            f"{100 * (result['simulated'] or 0):.2f} %; {result['seeds']} lần, {result['seconds']} giây"
        ),
        _held_out(result["check"]),
        (
            "Nếu chỉ trễ vì thiếu người (nhiều nhất có thể): bảng dưới. "
            "Nếu hồ sơ nằm chờ vì lý do khác: đúng hạn {mean:+.2f}".format(
                **result["lying"]["difference"]["on_time"]
            )
        ),
    )


def _held_out(check: dict[str, Any] | None) -> str:
    if check is None:
        return "Kỳ ngắn quá: không thử riêng được trên những ngày chưa thấy."
    return (
        f"Thử riêng, từ {check['since']}: đoán đúng hạn {100 * check['on_time']:.1f} %, thật "
        f"{100 * check['observed']:.1f} %; một nửa xong trong {check['median_days']:.2f} ngày, thật "
        f"{check['observed_days']:.2f} ngày"
    )


def _change(arguments: Arguments) -> "Change":
    from motcua.reporting.foresight.staffing import Change

    return Change(
        appraisers=arguments.appraisers,
        counters=arguments.counters,
        courier_runs=arguments.couriers,
        open_saturday=arguments.saturday or None,
        limit_of=arguments.limit_of,
        limit_days=arguments.limit_days,
    )
