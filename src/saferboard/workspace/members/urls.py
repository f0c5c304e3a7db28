"""Addresses of agencies, people, invitations, roles and the access review."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.members.views import agencies, invitations, people, reviews

app_name = "members"
urlpatterns = [
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies.csv", agencies.agencies_csv, name="agencies_csv"),
    path("agencies/add", agencies.add, name="agency_add"),
    path("agencies/<uuid:key>", agencies.agency, name="agency"),
    path("agencies/<uuid:key>/change", agencies.change, name="agency_change"),
    path("agencies/<uuid:key>/end", agencies.end, name="agency_end"),
    path("agencies/<uuid:key>/seat", agencies.seat_add, name="seat_add"),
    path("agencies/<uuid:key>/invite", invitations.invitation, name="invite"),
    path("seats/<uuid:key>/holder", agencies.seat_hold, name="seat_hold"),
    path("seats/<uuid:key>/end", agencies.seat_end, name="seat_end"),
    path("people/", people.people, name="people"),
    path("people/<uuid:key>", people.person, name="person"),
    path("people/<uuid:key>/role", people.role_give, name="role_give"),
    path("memberships/<uuid:key>/end", people.leave, name="leave"),
    path("memberships/<uuid:key>/keep", people.stay, name="stay"),
    path("roles/", people.roles, name="roles"),
    path("roles.csv", people.roles_csv, name="roles_csv"),
    path("roles/<uuid:key>/end", people.role_end, name="role_end"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<uuid:key>/revoke", invitations.revoke, name="revoke"),
    path("join/<str:token>", invitations.join, name="join"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/open", reviews.review_open, name="review_open"),
    path("reviews/<uuid:key>", reviews.review, name="review"),
    path("reviews/people/<uuid:key>", reviews.answer, name="answer"),
]
