# Two doors: `make run` (set up, demo shop, web on :8000) and `make test` (set up, everything but the campaigns).
.PHONY: engine pictures run test quick check bench long catalogues migration api locks clean
STRATE = .venv/bin/strate
PYTEST = .venv/bin/python -m pytest

run: .venv/.run-ready
	@exec $(STRATE) run --demo

# Two processes: while one waits for a machine to inert, the other types in a browser.
test: .venv/.test-ready
	@tools/check.sh
	@$(PYTEST) -q -n 2 --dist loadfile -m "not long and not journey and not peer" --ignore tests/house
	@$(PYTEST) -q -m "peer and not long" >.peers.log 2>&1 & peers=$$!; \
		$(PYTEST) -q -m "journey and not long"; journeys=$$?; \
		wait $$peers; machines=$$?; echo "Machines and foreign servers:"; cat .peers.log; rm -f .peers.log; \
		[ $$journeys = 0 ] && [ $$machines = 0 ]
	@echo "The same tests of the workshop on PostgreSQL:"
	@tools/with-postgresql.sh $(PYTEST) -q -n 2 --dist loadfile -m "not long and not journey" tests/workshop

quick: .venv/.test-ready
	@tools/check.sh
	@$(PYTEST) -q -n 2 --dist loadfile -m "not long and not journey and not peer" --ignore tests/house -x tests/kernels tests/workshop/journal tests/workshop/people tests/workshop/feedstock tests/workshop/builds

check: .venv/.test-ready
	@tools/check.sh

bench: .venv/.test-ready
	@.venv/bin/python -m benchmarks

long: .venv/.test-ready
	@$(PYTEST) -q -s -m long --durations=0 --durations-min=5

# For those who change the house.
engine: .venv/.run-ready
	@.venv/bin/python setup.py -q build_ext --inplace

pictures: .venv/.test-ready
	@STRATE_PICTURES=1 $(PYTEST) -q tests/journeys/test_one_production.py

migration: .venv/.test-ready
	@.venv/bin/python tools/migration.py

api: .venv/.test-ready
	@.venv/bin/python -m tools.api_snapshot

catalogues: .venv/.test-ready
	@.venv/bin/python -m tools.catalogues extract

locks: .venv/.test-ready
	@tools/locks.sh

clean:
	rm -rf .venv node_modules var src/strate/web/static/vendor

ENGINE = setup.py $(wildcard src/strate/kernels/geometry/native/*.[ch])
ISLANDS = tools/assets.py $(wildcard src/strate/web/islands/*.js src/strate/web/islands/*/*.js)

.venv/.run-ready: requirements/run.lock package-lock.json pyproject.toml tools/setup.sh $(ENGINE) $(ISLANDS)
	@tools/setup.sh run

.venv/.test-ready: requirements/dev.lock package-lock.json pyproject.toml tools/setup.sh $(ENGINE) $(ISLANDS)
	@tools/setup.sh test
