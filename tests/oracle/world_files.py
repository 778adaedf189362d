"""Random client files: everything that hangs on one trajectory."""

from datetime import date

from tests.oracle.world import Draft, days

REASON_CODES = ("19",) * 8 + ("20", "37", "21", "2", "36", "99", None, None)
DOMAINS = tuple(f"L{number:02}" for number in range(1, 11))
TASKS = tuple(f"BT{number}" for number in range(1, 8))
ELEMENTS = ("exit_interview", "safety_plan", "final_evaluation", "network_meeting", "final_report")
MODES = ("face_to_face",) * 6 + ("phone", "video", "message", "group")
PLACES = ("home", "home", "community", "community", "facility", "other")


class File:
    """The client file of one trajectory."""

    def __init__(self, draft: Draft, trajectory: dict):
        self.draft, self.rng = draft, draft.rng
        self.trajectory_id, self.programme = trajectory["trajectory_id"], trajectory["programme"]
        self.start, self.end = trajectory["start_date"], trajectory["end_date"]
        self.quality = draft.quality or draft.rng.choice((0.1, 0.5, 0.9, 1.0))

    def write(self, names_tasks: bool) -> None:
        for number in range(self.rng.choice((1, 2, 3) if self.draft.is_punctual else (0, 2, 3, 4))):
            self._write_contact(number, names_tasks)
        day = None
        for number in range(self._pick_count()):
            day = self._write_assessment(number, day)
        for number in range(self._pick_count()):
            self._write_plan(number)
        for number in range(2 if self.draft.is_punctual else self._pick_count()):
            self._write_evaluation(number)
        if self.draft.chance(self.quality):
            day = self._pick_event_day("focus_days")
            review_id = f"{self.trajectory_id}-z"
            self._add("self_regulation_review", day, review_id=review_id, review_date=day)
        self._write_closure()
        self._write_cases()

    def _add(self, kind: str, day: date | None, /, **fields) -> bool:
        return self.draft.add(kind, day, trajectory_id=self.trajectory_id, **fields)

    def _pick_count(self) -> int:
        return self.rng.choice((1, 1, 2)) if self.draft.chance(self.quality) else 0

    def _yes(self) -> bool | None:
        return self.draft.maybe(self.draft.chance(self.quality))

    def _pick_event_day(self, setting: str, is_first: bool = False) -> date:
        """On and beside the limits of ``within``, or anywhere."""
        limit = self.draft.setting(self.programme, setting)
        if self.draft.is_punctual and self.draft.chance(0.9):
            if is_first or setting in ("focus_days", "plan_days"):
                return self.start + days(self.rng.choice((0, limit, limit - 1)))
            return self.draft.known_until - days(self.rng.randrange(limit))
        chance = self.rng.random()
        if chance < 0.4:
            return self.start + days(
                self.rng.choice((-32, -31, -1, 0, limit - 1, limit, limit + 1))
            )
        if chance < 0.5:
            # Exactly N days before the last known day, and one day later: limits of ``current``.
            return self.draft.known_until - days(limit - self.rng.choice((0, 1)))
        if chance < 0.8:
            return self.draft.uniform_day(self.start, self.start + days(limit))
        return self.draft.pick_day(self.start, self.draft.known_until + days(3))

    def _write_contact(self, number: int, names_tasks: bool) -> None:
        day = self.start + days(self.rng.choice((-1, 0, 3, 30, 60, 91, 92)))
        if self.draft.chance(0.4):
            day = self.draft.pick_day(self.start, (self.end or self.draft.known_until) + days(32))
        place, moments = self.rng.choice(PLACES), self.rng.choice((0, 1, 1, 1, 2, 3))
        if self.draft.chance(0.1):
            # 37 of 100, 16 of 25, 1 of 10, 9 of 10 when they meet.
            place, moments = self.rng.choice((("home", 37), ("facility", 63), ("home", 9)))
        is_early = self.draft.is_punctual and number == 0
        if is_early:
            # On the last day and with the last moment that early contact (CTI) needs.
            day, place, moments = self.start + days(self.rng.choice((0, 30, 91))), "home", 3
        task = self.rng.choice(TASKS) if names_tasks and self.draft.chance(0.6) else None
        self._add(
            "contact",
            day,
            contact_id=f"{self.trajectory_id}-c{number}",
            contact_date=day,
            contact_count=moments,
            mode="face_to_face" if is_early else self.rng.choice(MODES),
            place=self.draft.maybe(place),
            counterpart=self.draft.maybe(self.rng.choice(("client",) * 5 + ("network",))),
            basic_task=task,
            no_show=self.draft.chance(0.08),
        )

    def _write_assessment(self, number: int, previous: date | None) -> date:
        """Returns its day, so that the next one can fall on the same day."""
        setting = "assessment_refresh_days" if self.draft.chance(0.3) else "focus_days"
        day = self._pick_event_day(setting)
        if previous and self.draft.chance(0.4):
            day = previous
        assessment_id = f"{self.trajectory_id}-k{number}"
        added = self._add(
            "strengths_assessment",
            day,
            assessment_id=assessment_id,
            version=self.rng.choice((None, 1, 2, 10)),
            assessment_date=day,
            own_words=self.draft.maybe(self.rng.choice(("yes", "yes", "partly", "no"))),
            client_agreed=None,
        )
        if added and self.draft.chance(0.85):
            size = self.rng.choice((1, 4, 9, 10))
            for domain in DOMAINS[:size]:
                self.draft.add(
                    "strengths_assessment_domain",
                    day,
                    assessment_id=assessment_id,
                    life_domain=domain,
                    filled=self.draft.chance(self.quality),
                    item_count=None,
                )
        return day

    def _write_plan(self, number: int) -> None:
        day, plan_id = self._pick_event_day("plan_days"), f"{self.trajectory_id}-p{number}"
        status = self.rng.choice(("active", "active", "closed", "draft"))
        if not self._add(
            "action_plan", day, plan_id=plan_id, version=1, plan_date=day, status=status
        ):
            return
        for goal_number in range(self.rng.choice((0, 1, 2))):
            goal_id = f"{plan_id}-g{goal_number}"
            start = day + days(self.rng.choice((-7, 0, 0, 7)))
            added = self.draft.add(
                "goal",
                start,
                goal_id=goal_id,
                plan_id=plan_id,
                from_strengths=self._yes(),
                own_words=self._yes(),
                start_date=start,
                status="open",
            )
            for action_number in range(self.rng.choice((0, 1, 2)) if added else 0):
                self.draft.add(
                    "action",
                    start,
                    action_id=f"{goal_id}-a{action_number}",
                    goal_id=goal_id,
                    owner=self.draft.maybe("client"),
                    due_date=self.draft.maybe(start + days(30)),
                    resource=self.draft.maybe("informal" if self.draft.chance(0.6) else "formal"),
                )

    def _write_evaluation(self, number: int) -> None:
        planned = self.draft.maybe(self.start + days(self.rng.choice((10, 91, 183))))
        held = None
        if self.draft.holds_evaluations and self.draft.chance(self.quality):
            held = self._pick_event_day("evaluation_days", is_first=number == 0)
        self._add(
            "evaluation",
            held or planned,
            evaluation_id=f"{self.trajectory_id}-e{number}",
            kind=self.rng.choice(("interim", "final")),
            planned_date=planned,
            held_date=held,
            client_present=self._yes(),
        )

    def _write_closure(self) -> None:
        """Mostly on the end; sometimes without an end of its own, early, late or missing."""
        if not self.draft.chance(0.85 if self.end else 0.25):
            return
        day = self.end or self.draft.pick_day(self.start, self.draft.known_until + days(10))
        if self.draft.chance(0.2):
            day += days(self.rng.choice((-5, 1, 31, 32)))
        planned = None if self.draft.chance(0.7) else self.draft.chance(0.6)
        self._add(
            "closure",
            day,
            closure_date=day,
            reason_code=self.rng.choice(REASON_CODES),
            planned=planned,
            without_contact=self.draft.maybe(self.draft.chance(0.15)),
            housing_after=None,
            **{name: self._yes() for name in ELEMENTS},
        )

    def _write_cases(self) -> None:
        """Discussed by its own team or another one, in held and cancelled reviews."""
        reviews = [
            row
            for row in self.draft.world.records["team_review"]
            if row["organisation_id"] == self.draft.organisation_id
        ]
        for review in self.rng.sample(reviews, min(len(reviews), self.rng.choice((0, 1, 3)))):
            day = review["held_date"] or review["planned_date"] or self.draft.begin
            self._add(
                "team_review_case",
                day,
                review_id=review["review_id"],
                strengths_assessment_present=self.draft.chance(self.quality),
                idea_count=None,
                chosen_count=None,
            )
