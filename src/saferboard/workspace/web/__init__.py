"""Requests and answers: who asks, the frame around a page, errors that help, lists, downloads."""
