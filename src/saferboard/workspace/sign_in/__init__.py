"""Who is it: passwords, second factors, the partnership's provider, sessions and devices. The work
is django-allauth's; the rules, the pages and the record are ours."""
