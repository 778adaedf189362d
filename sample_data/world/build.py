"""Puts the parts of an organisation's world together, in the order in which they depend."""

from collections import defaultdict

from sample_data.world import audits, closing, contacts, documents, outcomes, reviews, staff
from sample_data.world.caseload import list_trajectories
from sample_data.world.records import World
from sample_data.world.settings import Organisation


def build_world(organisation: Organisation) -> World:
    """Everything that happened in ``organisation`` up to the date its files know."""
    world: World = defaultdict(list)
    for team in organisation.teams:
        world["team"].append(
            {
                "team_id": team.team_id,
                "name": team.name,
                "setting": team.setting,
                "start_date": team.start,
                "end_date": None,
            }
        )
    staff.add_staff(world, organisation)
    for team in organisation.teams:
        trajectories = list_trajectories(organisation, team, world)
        world["trajectory"].extend(trajectories)
        for trajectory in trajectories:
            documents.add_documents(world, organisation, team, trajectory)
            closing.add_closing(world, organisation, team, trajectory)
            contacts.add_contacts(world, organisation, team, trajectory)
            outcomes.add_outcomes(world, organisation, team, trajectory)
        reviews.add_reviews(world, organisation, team, trajectories)
        audits.add_audits(world, organisation, team)
    staff.add_supervision(world, organisation)
    reviews.add_quality_ratings(world, organisation)
    return world
